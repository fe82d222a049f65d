// Uploads from pages of other sites: what their libraries ask for in a preflight, and what their scripts may read.
import { expect, test } from "vitest";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call, form } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";

const { key } = await makeAccount();
const picture = new File([await fixtureBytes("coffee.jpg")], "coffee.jpg", { type: "image/jpeg" });

function preflight(path: string, headers: string, method = "POST") {
  return call(path, {
    method: "OPTIONS",
    headers: {
      Origin: "https://site.example",
      "Access-Control-Request-Method": method,
      "Access-Control-Request-Headers": headers,
    },
  });
}

test.each([
  ["Dropzone", "authorization,cache-control,x-requested-with"],
  ["Uppy", "authorization,content-type"],
  ["FilePond in chunks", "upload-length,upload-name,upload-offset"],
  ["a generated client", "authorization, content-type, idempotency-key, x-client-version"],
  ["a form of Laravel", "x-csrf-token,x-requested-with"],
  ["a tracer", "traceparent,baggage,sentry-trace"],
])("The preflight of %s is allowed what it asks for", async (_, asked) => {
  const answer = await preflight("/v1/images", asked);
  const { headers } = answer;
  expect(answer.status).toBe(204);
  expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
  const allowed = headers.get("Access-Control-Allow-Headers")?.split(", ") ?? [];
  expect(allowed).toEqual(expect.arrayContaining(asked.split(/, ?/)));
  expect(headers.get("Access-Control-Allow-Methods")).toContain("POST");
});

test("A preflight allows no credentials of another kind, and nothing that is no header's name", async () => {
  const { headers } = await preflight("/v1/usage", "cookie, proxy-authorization, cf-access-token, a b, é");
  expect(headers.get("Access-Control-Allow-Headers")).toBe("Authorization");
  expect(headers.has("Access-Control-Allow-Credentials")).toBe(false);
});

test("A preflight that asks for 5,000 headers is answered with 100 of them", async () => {
  const names = Array.from({ length: 5_000 }, (_, at) => `x-${at}`);
  const { status, headers } = await preflight("/v1/images", names.join());
  expect(status).toBe(204);
  expect(headers.get("Access-Control-Allow-Headers")?.split(", ")).toHaveLength(101);
});

test("A script of another site reads what an answer tells, of a picture kept and of one refused", async () => {
  const headers = { ...authorization(key), Origin: "https://site.example" };
  const kept = await call("/v1/images", { method: "POST", body: form(["file", picture]), headers });
  const refused = await call("/v1/images", { method: "POST", body: form(["file", "x"]), headers });
  expect([kept.status, refused.status]).toEqual([201, 422]);
  for (const answer of [kept, refused]) {
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
    const exposed = answer.headers.get("Access-Control-Expose-Headers")?.split(", ");
    const needed = ["Retry-After", "RateLimit", "RateLimit-Policy", "Idempotent-Replayed"];
    expect(exposed).toEqual(expect.arrayContaining([...needed, "X-Request-Id", "ETag", "Content-Length"]));
  }
});
