// Pages of other sites in a real browser: it asks before it lets a library's headers through, and hides what it is not told to show.
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startBrowser } from "../support/browser.ts";
import { fixture } from "../support/fixtures.ts";
import { uploadOverHttp } from "./upload-over-http.ts";

const origin = inject("origin");
const key = inject("key");
const site = createServer((_, answer) =>
  answer.setHeader("Content-Type", "text/html").end("<p>Another site"),
);
beforeAll(() => new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  site.close();
});

/** What Dropzone sends by itself, FilePond's note before the file, and Uppy's fields beside it. */
test("Dropzone, FilePond and Uppy upload from another site with their defaults, and read what an answer tells", async () => {
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    const address = site.address();
    await page.goto(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`);
    const { url } = await uploadOverHttp(origin, "coffee.jpg");
    const bytes = [...fixture("icon.ico")];
    const told = await page.evaluate(
      async ({ origin, key, bytes, url }) => {
        const bearer = { Authorization: `Bearer ${key}` };
        const libraries = {
          dropzone: {
            headers: {
              Accept: "application/json",
              "Cache-Control": "no-cache",
              "X-Requested-With": "XMLHttpRequest",
            },
            before: [],
          },
          filepond: { headers: {}, before: [["file", "{}"]] },
          uppy: {
            headers: {},
            before: [
              ["relativePath", "null"],
              ["name", "icon.ico"],
              ["type", "image/x-icon"],
            ],
          },
        };
        const results: unknown[] = [];
        for (const [name, { headers, before }] of Object.entries(libraries)) {
          const body = new FormData();
          for (const [field, value] of before) body.append(field ?? "", value ?? "");
          body.append("file", new Blob([new Uint8Array(bytes)]), "icon.ico");
          const answer = await fetch(`${origin}/v1/images`, {
            method: "POST",
            body,
            headers: { ...bearer, ...headers },
          });
          const seen = ["RateLimit", "X-Request-Id"].every((header) => answer.headers.has(header));
          results.push([name, answer.status, seen]);
        }
        const picture = await fetch(url, { headers: { "X-Requested-With": "a" } });
        const shown = ["ETag", "Content-Length", "X-Request-Id"].every((header) =>
          picture.headers.has(header),
        );
        const missing = await fetch(`${origin}/e2e/aaaaaaaa.jpg`, {
          headers: { "Cache-Control": "no-cache" },
        });
        return [
          ...results,
          ["picture", picture.status, shown],
          ["missing", missing.status, missing.headers.has("X-Request-Id")],
        ];
      },
      { origin, key, bytes, url },
    );
    expect(told).toEqual([
      ["dropzone", 201, true],
      ["filepond", 201, true],
      ["uppy", 201, true],
      ["picture", 200, true],
      ["missing", 404, true],
    ]);
  } finally {
    await browser.close();
  }
});
