// The reference that the API serves about itself.
import { expect, test } from "vitest";
import { imageSchema } from "../../schema/api.ts";
import { parameterDocs } from "../../schema/transform.ts";
import { docsPageList } from "../../workers/api/reference/pages/navigation.ts";
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

const ownOrigins = {
  API_ORIGIN: "https://api.example.com",
  SRC_ORIGIN: "https://src.example.com",
  PAGE_ORIGIN: "https://example.com",
};

test.each(Object.keys(ownOrigins))(
  "what names the host that was asked, because %s is not set, is kept by no shared cache",
  async (name) => {
    for (const path of ["/openapi.json", "/llms.txt"]) {
      const answer = await call(path, {}, { ...ownOrigins, [name]: "" });
      expect(answer.headers.get("Cache-Control")).toBe("private, max-age=300");
    }
  },
);

test.each(["/openapi.json", "/llms.txt", "/llms-full.txt"])(
  "GET %s names only the deployment's own origins where they are set, and may be kept by all",
  async (path) => {
    const answer = await call(path, {}, ownOrigins);
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

test("GET /llms.txt names every parameter of image URLs", async () => {
  const text = await (await call("/llms.txt")).text();
  for (const { name } of parameterDocs) expect(text).toContain(`\`${name}\``);
});

test("GET /llms-full.txt holds the errors, the plans and the parameters of image URLs", async () => {
  const text = await (await call("/llms-full.txt")).text();
  for (const part of ["`quota_exceeded` | 403", "| scale | 100,000 |", "`brightness`", "`Idempotency-Key`"]) {
    expect(text).toContain(part);
  }
});

test("GET /docs/transforms tells every parameter of image URLs, with its aliases and its default", async () => {
  const page = (await (await call("/docs/transforms")).text()).replaceAll("&#39;", "'");
  for (const { name, aliases = [], byDefault } of parameterDocs) {
    const told = page.split(`<section id="${name}"`)[1]?.split("</section>")[0];
    expect(told).toContain(`<code>${[name, ...aliases].join(", ")}</code>`);
    expect(told).toContain(byDefault === undefined ? "Values: " : `, by default ${byDefault}`);
  }
});

const pageTexts = new Map(
  await Promise.all(docsPageList.map(async ({ path }) => [path, await (await call(path)).text()] as const)),
);

test.each(docsPageList)("GET $path stands in the navigation, which says where one is", ({ path, title }) => {
  const text = pageTexts.get(path) ?? "";
  expect(text.split('aria-current="page"')).toHaveLength(2);
  expect(text).toContain(`<a href="${path}" aria-current="page">${title}</a>`);
  expect(text).toContain('<a class="skip" href="#main">');
  for (const other of docsPageList) expect(text).toContain(`<a href="${other.path}"`);
});

test.each(docsPageList)("GET $path loads nothing from elsewhere and runs nothing within", ({ path }) => {
  const text = pageTexts.get(path) ?? "";
  for (const [, address = ""] of text.matchAll(/(?:src|href)="([^"]*)"/g))
    expect(address).toMatch(/^(\/|#|https:\/\/edgepix\.test\/)/);
  expect(text).not.toMatch(/<script(?![^>]* src=")|<style| style="| on[a-z]+="/);
});

test.each(docsPageList)("GET $path has its headings in order, and every id once", ({ path }) => {
  const text = pageTexts.get(path) ?? "";
  const levels = [...text.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  expect(levels[0]).toBe(1);
  expect(levels.filter((level, at) => level > (levels[at - 1] ?? 1) + 1)).toEqual([]);
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
  const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(ids).toHaveLength(new Set(ids).size);
});

test("every link within the reference leads to a page and a section that there are", () => {
  for (const [path, text] of pageTexts) {
    for (const [, href = ""] of text.matchAll(/href="((?:\/docs(?:\/[^"#]*)?)?(?:#[^"]+)?)"/g)) {
      const [page, section] = href.split("#");
      const target = pageTexts.get(page || path);
      expect([href, target !== undefined]).toEqual([href, true]);
      if (section) expect([href, target?.includes(` id="${section}"`)]).toEqual([href, true]);
    }
  }
});

test("every call and every object that is answered is explained on exactly one page", async () => {
  const document = await (await call("/openapi.json")).json<{
    paths: Record<string, Record<string, { operationId: string }>>;
    components: { schemas: object };
  }>();
  const operations = Object.values(document.paths)
    .flatMap((item) => Object.values(item))
    .map(({ operationId }) => operationId);
  for (const name of [...operations, ...Object.keys(document.components.schemas)]) {
    const pages = [...pageTexts].filter(([, text]) => text.includes(`<section id="${name}">`));
    expect([name, pages.length]).toEqual([name, 1]);
  }
});

test("the Image object's page has a row for every one of its fields", () => {
  const page = pageTexts.get("/docs/image") ?? "";
  for (const name of Object.keys(imageSchema.shape)) expect(page).toContain(`<dt><code>${name}</code>`);
});

test("GET /llms.txt begins with the quick start that /docs shows", async () => {
  const text = await (await call("/llms.txt")).text();
  const page = (pageTexts.get("/docs") ?? "").replaceAll("&#39;", "'").replaceAll("&quot;", '"');
  const titles = [...text.matchAll(/^## (\d\. .*)$/gm)].map(([, title = ""]) => title);
  expect(titles.length).toBeGreaterThan(3);
  for (const title of titles) expect(page).toContain(`<h2>${title}</h2>`);
  expect(text.indexOf("## 1.")).toBeLessThan(text.indexOf("## Every call"));
});

test("the limits on their page are this deployment's own", async () => {
  const asked = await call("/docs/limits", {}, { KEY_REQUESTS_PER_MINUTE: "77" });
  expect(await asked.text()).toContain("<strong>77 a minute</strong>");
});
