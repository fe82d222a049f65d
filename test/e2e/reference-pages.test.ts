// The reference in a real browser: languages without scripts, Copy buttons with them, live pictures, every width.
import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { pictureExamples } from "../../workers/api/reference/examples/pictures.ts";
import { docsPageList } from "../../workers/api/reference/pages/navigation.ts";
import { listenToPages } from "../support/open-page.ts";

const origin = inject("origin");
const listening = listenToPages();

const open = (path: string, javaScriptEnabled = true) =>
  listening.open(origin + path, {
    javaScriptEnabled,
    viewport: { width: 1280, height: 900 },
    // The rate of renders is an address's.
    extraHTTPHeaders: { "CF-Connecting-IP": "198.51.100.55" },
  });

/** The code that the first example shows. */
const shown = (page: Page) => page.locator(".example").first().locator("pre:visible").innerText();

test.each([true, false])(
  "the languages of an example are chosen by keyboard (scripts: %s)",
  async (scripts) => {
    const page = await open("/docs", scripts);
    expect(await shown(page)).toMatch(/^curl /);
    await page.getByRole("radio", { name: "curl" }).first().focus();
    await page.keyboard.press("ArrowRight");
    expect(await shown(page)).toContain("await fetch(");
    await page.keyboard.press("ArrowRight");
    expect(await shown(page)).toContain("urllib.request");
  },
);

test("the language that was chosen holds for every example, and on the next page", async () => {
  const page = await open("/docs/upload");
  await page.locator('label[for="upload-python"]').click();
  expect(await page.locator("input[value=python]:not(:checked)").count()).toBe(0);
  await page.goto(`${origin}/docs/delete`);
  expect(await shown(page)).toContain("urllib.request");
});

test("a piece of code is copied whole", async () => {
  const page = await open("/docs");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy Take a picture" }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe(`curl -o lake.jpg ${origin}/sample/k3f9x0qa.jpg`);
});

test("by keyboard the way past the navigation comes first", async () => {
  const page = await open("/docs/errors");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("Skip");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
});

test("every picture of the transforms is live, and of the size that is told", {
  timeout: 180_000,
}, async () => {
  const page = await open("/docs/transforms", false);
  const told = Object.values(pictureExamples).flat();
  const sizes: (readonly [string, number, number])[] = [];
  for (const figure of await page.locator(".pictures img").all()) {
    await figure.scrollIntoViewIfNeeded();
    const size = await figure.evaluate(async (image) => {
      if (!(image instanceof HTMLImageElement)) throw new Error("No picture.");
      if (!image.complete) await new Promise((resolve) => image.addEventListener("load", resolve));
      return [new URL(image.src).search.slice(1), image.naturalWidth, image.naturalHeight] as const;
    });
    sizes.push(size);
  }
  expect(sizes).toEqual(told.map(({ query, width, height }) => [query, width, height]));
});

test("the controls of the transforms make the sample at once, and its address grows", async () => {
  const page = await open("/docs/transforms");
  await expect.poll(() => page.locator(".told").textContent()).toBe("Nothing is changed yet.");
  await page.getByLabel("Width, pixels").fill("120");
  await expect
    .poll(() => page.getByLabel("Its address", { exact: true }).inputValue())
    .toBe(`${origin}/sample/k3f9x0qa.jpg?w=120`);
  await expect.poll(() => page.locator(".told").textContent()).toMatch(/^120 × 90/);
});

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  test.each([360, 1280, 2560])("nothing is wider than a window of %i pixels", async (width) => {
    for (const { path } of docsPageList.filter(({ path }) => path !== "/docs/transforms")) {
      const page = await listening.open(origin + path, { viewport: { width, height: 800 }, colorScheme });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect([path, wide]).toEqual([path, width]);
      await page.context().close();
    }
  });
});
