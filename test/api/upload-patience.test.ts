// An upload that hangs or never ends is ended, and nothing of it is kept.
import { expect, test } from "vitest";
import { errorSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf, nothing } from "../support/leftovers.ts";

const account = await makeAccount();
const jpeg = await fixtureBytes("coffee.jpg");
const text = (value: string) => new TextEncoder().encode(value);
const large = new Uint8Array(6_000_000);
large.set(jpeg);

/** Sends the chunks with a pause behind each; what is left out of `ends` never ends. */
function slowly(chunks: readonly Uint8Array[], pauseMilliseconds: number, ends = true) {
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      for (const chunk of chunks) {
        controller.enqueue(chunk);
        await scheduler.wait(pauseMilliseconds);
      }
      if (ends) controller.close();
    },
  });
}

async function send(
  body: ReadableStream<Uint8Array>,
  type: string,
  bindings: Readonly<Record<string, string>>,
) {
  const headers = { ...authorization(account.key), "Content-Type": type };
  const start = Date.now();
  const response = await call("/v1/images", { method: "POST", body, headers }, bindings);
  return { response, milliseconds: Date.now() - start };
}

const formHead = '--x\r\nContent-Disposition: form-data; name="caption"\r\n\r\n';
const fileHead = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n';

test.each([
  ["nothing at all", [], "image/jpeg"],
  ["a few bytes", [jpeg.slice(0, 20)], "image/jpeg"],
  ["half of a small file", [jpeg.slice(0, 50_000)], "image/jpeg"],
  ["6 MB, with a part in R2", [large], "image/jpeg"],
  ["6 MB of a form", [text(fileHead), large], "multipart/form-data; boundary=x"],
  ["half of a field", [text(`${formHead}hi`)], "multipart/form-data; boundary=x"],
  ["half of some JSON", [text('{"url":')], "application/json"],
  ["half of an SVG", [text('<svg xmlns="http://www.w3.org/2000/svg"><g>')], "image/svg+xml"],
] as const)(
  "POST /v1/images ends an upload that sends %s and then hangs, and keeps nothing",
  async (_, chunks, type) => {
    const body = slowly(chunks, 0, false);
    const { response, milliseconds } = await send(body, type, { UPLOAD_IDLE_SECONDS: "0.4" });
    expect(response.status).toBe(400);
    const { error } = errorSchema.parse(await response.json());
    expect(error).toMatchObject({ code: "bad_request", type: "invalid_request_error" });
    expect(error.message).toContain("Nothing came for 0.4 seconds");
    expect(milliseconds).toBeGreaterThanOrEqual(390);
    expect(await leftoversOf(account)).toEqual(nothing);
  },
);

test("POST /v1/images ends an upload that never falls silent and never ends", async () => {
  const crumbs = Array.from({ length: 100 }, (_, index) => jpeg.slice(index * 600, index * 600 + 600));
  const bindings = { UPLOAD_IDLE_SECONDS: "0.4", UPLOAD_TIMEOUT_SECONDS: "0.9" };
  const { response, milliseconds } = await send(slowly(crumbs, 50), "image/jpeg", bindings);
  expect(response.status).toBe(400);
  expect(errorSchema.parse(await response.json()).error.message).toContain("took longer than 0.015 minutes");
  expect(milliseconds).toBeGreaterThanOrEqual(890);
  expect(milliseconds).toBeLessThan(3_000);
  expect(await leftoversOf(account)).toEqual(nothing);
});

test("POST /v1/images takes an upload that pauses, but not for too long, and ends in time", async () => {
  const quarters = [0, 1, 2, 3].map((at) => jpeg.slice((at * jpeg.length) / 4, ((at + 1) * jpeg.length) / 4));
  const bindings = { UPLOAD_IDLE_SECONDS: "1", UPLOAD_TIMEOUT_SECONDS: "5" };
  const { response, milliseconds } = await send(slowly(quarters, 300), "image/jpeg", bindings);
  expect(response.status).toBe(201);
  expect(milliseconds).toBeGreaterThan(1_000);
});
