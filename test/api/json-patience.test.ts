// JSON that hangs or never ends is ended as an upload is, and nothing is changed by it.
import { expect, test } from "vitest";
import { errorSchema, imageSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";

const account = await makeAccount();
const headers = { ...authorization(account.key), "Content-Type": "application/json" };
const token = "a-token-of-these-tests";
const operator = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
const made = await call("/v1/images", {
  method: "POST",
  body: await fixtureBytes("icon.ico"),
  headers: { ...headers, "Content-Type": "image/x-icon" },
});
const { id } = imageSchema.parse(await made.json());

const rows = [
  ["PATCH", `/v1/images/${id}`, headers],
  ["PATCH", "/v1/images/batch", headers],
  ["DELETE", "/v1/images/batch", headers],
  ["PATCH", `/v1/admin/images/${id}`, operator],
  ["PATCH", "/v1/admin/accounts/x", operator],
] as const;

/** The text, piece by piece with a pause behind each; without an end unless it is told to end. */
function slowly(pieces: readonly string[], pauseMilliseconds: number, ends = false) {
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      for (const piece of pieces) {
        controller.enqueue(new TextEncoder().encode(piece));
        await scheduler.wait(pauseMilliseconds);
      }
      if (ends) controller.close();
    },
  });
}

test.each(rows)("%s %s ends a body that begins and then hangs", async (method, path, withHeaders) => {
  const body = slowly(['{"caption":"ha'], 0);
  const bindings = { UPLOAD_IDLE_SECONDS: "0.3", ADMIN_TOKEN: token };
  const response = await call(path, { method, body, headers: withHeaders }, bindings);
  expect(response.status).toBe(400);
  const { error } = errorSchema.parse(await response.json());
  expect(error.code).toBe("bad_request");
  expect(error.message).toContain("Nothing came for 0.3 seconds");
});

test.each(rows)("%s %s ends a body that drips and never ends", async (method, path, withHeaders) => {
  const body = slowly(Array<string>(200).fill(" "), 20);
  const bindings = { UPLOAD_IDLE_SECONDS: "0.3", UPLOAD_TIMEOUT_SECONDS: "0.6", ADMIN_TOKEN: token };
  const response = await call(path, { method, body, headers: withHeaders }, bindings);
  expect(response.status).toBe(400);
  expect(errorSchema.parse(await response.json()).error.message).toContain("took longer than 0.01 minutes");
});

test("PATCH /v1/images/{id} takes a body that pauses, but not for too long", async () => {
  const body = slowly(['{"caption":', '"slow', 'ly \u00e9"}'], 100, true);
  const bindings = { UPLOAD_IDLE_SECONDS: "1" };
  const response = await call(`/v1/images/${id}`, { method: "PATCH", body, headers }, bindings);
  expect(response.status).toBe(200);
  expect(imageSchema.parse(await response.json()).caption).toBe("slowly \u00e9");
});

test.each(rows)(
  "%s %s refuses a body of 1.1 MB whose length nobody told",
  async (method, path, withHeaders) => {
    const body = slowly(Array<string>(11).fill(" ".repeat(100_000)), 0);
    const response = await call(path, { method, body, headers: withHeaders }, { ADMIN_TOKEN: token });
    expect(response.status).toBe(400);
    expect(errorSchema.parse(await response.json()).error.message).toContain("too large");
  },
);
