// The reference that the API serves about itself.
import { expect, test } from "vitest";
import { parameterDocs } from "../../schema/transform.ts";
import { call } from "../support/api.ts";

const expected = [
  ["get", "/v1/images"],
  ["post", "/v1/images"],
  ["post", "/v1/upload"],
  ["post", "/v1/import"],
  ["delete", "/v1/images/batch"],
  ["patch", "/v1/images/batch"],
  ["get", "/v1/images/{id}"],
  ["patch", "/v1/images/{id}"],
  ["delete", "/v1/images/{id}"],
  ["get", "/v1/usage"],
];

test("GET /openapi.json describes every endpoint of the contract, and no operator's", async () => {
  const response = await call("/openapi.json");
  const document = await response.json<{ openapi: string; paths: Record<string, object>; servers: object }>();
  const found = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => [method, path]),
  );
  expect(found.toSorted()).toEqual(expected.toSorted());
  expect(document.openapi).toBe("3.1.0");
  expect(document.servers).toEqual([{ url: "https://edgepix.test" }]);
  expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
});

test("GET /openapi.json names the API's own origin where one is set", async () => {
  const response = await call("/openapi.json", {}, { API_ORIGIN: "https://api.example.com/" });
  expect(await response.json()).toMatchObject({ servers: [{ url: "https://api.example.com" }] });
});

test.each(["/openapi.json", "/llms.txt", "/llms-full.txt", "/docs", "/"])(
  "GET %s is kept by no shared cache while it names the host that was asked",
  async (path) => {
    const asked = await call(path, { headers: { Host: "evil.example" } });
    expect(asked.headers.get("Cache-Control")).toMatch(/^private/);
  },
);

test.each(["/openapi.json", "/llms.txt", "/llms-full.txt"])(
  "GET %s names only the API's own origin where one is set, and may be kept by all",
  async (path) => {
    const answer = await call(path, {}, { API_ORIGIN: "https://api.example.com" });
    expect(answer.headers.get("Cache-Control")).toBe("public, max-age=300");
    expect(await answer.text()).not.toContain("edgepix.test");
  },
);

test.each([
  ["/llms.txt", "text/plain"],
  ["/llms-full.txt", "text/plain"],
  ["/docs", "text/html"],
])("GET %s names every endpoint", async (path, type) => {
  const response = await call(path);
  expect(response.status).toBe(200);
  expect(response.headers.get("Content-Type")).toContain(type);
  const text = await response.text();
  for (const [method = "", endpoint = ""] of expected)
    expect(text).toContain(`${method.toUpperCase()} ${endpoint}`);
});

test("GET /llms-full.txt holds the errors, the plans and the parameters of image URLs", async () => {
  const text = await (await call("/llms-full.txt")).text();
  for (const part of ["`quota_exceeded` | 403", "| scale | 100,000 |", "`brightness`", "`Idempotency-Key`"]) {
    expect(text).toContain(part);
  }
});

test("GET /docs tells every parameter of image URLs, with its aliases and its default", async () => {
  const page = (await (await call("/docs")).text()).replaceAll("&#39;", "'");
  const section = page.split('<section id="image-urls">')[1] ?? "";
  for (const { name, aliases = [], byDefault } of parameterDocs) {
    const told = section.split(`<code>${[name, ...aliases].join(", ")}</code>`)[1]?.split("</dt>")[0];
    expect(told).toContain(byDefault === undefined ? "<small>" : `, by default ${byDefault}`);
  }
});

test("GET /docs loads nothing from elsewhere", async () => {
  const text = await (await call("/docs")).text();
  expect(text).not.toMatch(/(?:src|href)="https?:/);
  expect(text).not.toContain("<script");
});
