// The src Worker's isolate dies under a request: whoever asked is told to come back, in the contract's words.
import { expect, test, vi } from "vitest";
import { errorSchema } from "../../schema/api.ts";
import { wireCode } from "../../schema/errors.ts";
import { call } from "../support/api.ts";

/** As a service binding fails when the isolate behind it has run out of memory. */
const dying = {
  fetch: async () => Promise.reject(new Error("Worker exceeded memory limit.")),
  purge: async () => true,
  look: async () => ({ outcome: "later" }),
};

test("a picture whose isolate died is answered 503 with the seconds to wait, not as a fault of ours", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const answer = await call("/7c1/aaaaaaaa.jpg?w=100", {}, { SRC: dying });
  expect(answer.status).toBe(503);
  const { error } = errorSchema.parse(await answer.json());
  expect(error.code).toBe(wireCode("overloaded"));
  expect(error.action).toEqual({ type: "wait", retry_after: Number(answer.headers.get("Retry-After")) });
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
  // The operator reads of it: somebody's picture may do it again.
  expect(JSON.stringify(log.mock.calls)).toContain("Worker exceeded memory limit.");
  log.mockRestore();
});
