// What fails on our side is logged under the id of the request, and the log tells nobody where the picture is.
import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { errorSchema } from "../../schema/api.ts";
import Src from "../../workers/src/index.ts";
import { failingAt } from "../support/failing.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { storeImage } from "../support/stored-image.ts";

test("A picture that can't be read is answered and logged under one id, without its address or its caller's", async () => {
  const { path, id } = await storeImage(await fixtureBytes("coffee.jpg"));
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const src = new Src(createExecutionContext(), { ...env, ORIGINALS: failingAt(env.ORIGINALS, "get") });
  const requestId = crypto.randomUUID();
  const request = new Request(`https://src.example.com${path}?secret=x`, {
    headers: { "CF-Connecting-IP": "203.0.113.7", "X-Request-Id": requestId },
  });
  const answer = await src.fetch(request);
  expect(answer.status).toBe(500);
  expect(answer.headers.get("X-Request-Id")).toBe(requestId);
  expect(errorSchema.parse(await answer.json()).error.request_id).toBe(requestId);
  const lines = said.mock.calls.map(([line]) => String(line));
  said.mockRestore();
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "error", requestId });
  for (const secret of [id, "secret=x", "203.0.113.7", "src.example.com"])
    expect(lines[0]).not.toContain(secret);
});
