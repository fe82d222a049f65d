// The page of an image in a real browser: with and without scripts, on a phone and a desk, by mouse and by keyboard.
import type { BrowserContextOptions, Page } from "playwright-core";
import { beforeAll, describe, expect, inject, test } from "vitest";
import type { Image } from "../../schema/api.ts";
import { listenToPages } from "../support/open-page.ts";
import { uploadOverHttp } from "./upload-over-http.ts";

const origin = inject("origin");
const key = inject("key");
const caption = `The "harbour" <at> six & more`;
const listening = listenToPages();
let image: Image;

beforeAll(async () => {
  image = await uploadOverHttp(origin, "photo.jpg", { fields: { caption } });
});

const open = (url: string, options?: BrowserContextOptions) => listening.open(url, options);

describe.each([
  ["a phone", { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true }],
  ["a desk", { viewport: { width: 1280, height: 900 } }],
  ["a desk without scripts", { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false }],
])("on %s", (_, options) => {
  test("the picture is decoded, fits the window and keeps its shape", async () => {
    const page = await open(image.page_url, options);
    const picture = page.getByRole("img", { name: caption });
    const box = await picture.boundingBox();
    expect(box?.width).toBeLessThanOrEqual(options.viewport.width);
    expect(box?.height).toBeLessThanOrEqual(options.viewport.height);
    expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(4000 / 3000, 1);
    await expect
      .poll(() => picture.evaluate((img) => "naturalWidth" in img && img.naturalWidth))
      .toBeGreaterThan(0);
  });

  test("nothing is wider than the window", async () => {
    const page = await open(image.page_url, options);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.viewport.width);
  });

  test("every snippet can be read and selected", async () => {
    const page = await open(image.page_url, options);
    expect(await page.getByLabel("Page link").first().inputValue()).toBe(image.page_url);
    expect(await page.getByLabel("Image link").first().inputValue()).toBe(image.url);
  });
});

test("the browser picks the size it needs from srcset", async () => {
  const page = await open(image.page_url, { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1 });
  const chosen = await page
    .getByRole("img", { name: caption })
    .evaluate((img) => "currentSrc" in img && img.currentSrc);
  expect(chosen).toBe(`${image.sizes.small?.url}&format=auto`);
});

test("without scripts there are no Copy buttons, with them they copy", async () => {
  const still = await open(image.page_url, { javaScriptEnabled: false });
  expect(await still.getByRole("button", { name: /Copy/ }).count()).toBe(0);

  const page = await open(image.page_url, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.getByRole("button", { name: "Copy Markdown" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`](${image.page_url})`);
  expect(await page.getByRole("status").textContent()).toBe("Markdown copied.");
});

test("the keyboard reaches every link, snippet and button, and shows where it is", async () => {
  const page = await open(image.page_url);
  const seen: string[] = [];
  for (let step = 0; step < 20; step++) {
    await page.keyboard.press("Tab");
    const focused = page.locator(":focus");
    if ((await focused.count()) === 0) break;
    expect(await focused.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe("solid");
    seen.push(
      await focused.evaluate((element) => element.getAttribute("aria-label") ?? element.textContent ?? ""),
    );
  }
  expect(seen.filter((name) => name.startsWith("Copy "))).toHaveLength(5);
  expect(seen).toEqual(expect.arrayContaining(["Open full size", "Download"]));
});

test("chat apps find a preview of 1200x630 and the caption, unharmed", async () => {
  const page = await open(image.page_url, { javaScriptEnabled: false });
  const meta = (name: string) =>
    page.locator(`meta[property="${name}"], meta[name="${name}"]`).getAttribute("content");
  expect(await meta("og:title")).toBe(caption);
  expect(await meta("og:image")).toBe(`${image.url}?size=social`);
  expect([await meta("og:image:width"), await meta("og:image:height")]).toEqual(["1200", "630"]);
  expect(await meta("twitter:card")).toBe("summary_large_image");
  expect(await page.locator("link[rel=canonical]").getAttribute("href")).toBe(image.page_url);
});

test("an image that expires asks search engines to stay away, a lasting one does not", async () => {
  const lasting = await uploadOverHttp(origin, "coffee.jpg", { key });
  expect((await fetch(image.page_url)).headers.get("x-robots-tag")).toBe("noindex");
  expect((await fetch(lasting.page_url)).headers.get("x-robots-tag")).toBeNull();
});

test("a private image has no page for strangers", async () => {
  const hidden = await uploadOverHttp(origin, "coffee.jpg", { key, fields: { public: "false" } });
  expect((await fetch(hidden.page_url)).status).toBe(404);
});

test("an unknown address answers a page that leads home", async () => {
  expect((await fetch(`${origin}/zzzzzzzz`)).status).toBe(404);
  const context = await listening.browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/zzzzzzzz`);
  await page.getByRole("link", { name: "Go to the home page" }).click();
  expect(page.url()).toBe(`${origin}/`);
});

test.each(["light", "dark"] as const)("text has enough contrast in the %s scheme", async (colorScheme) => {
  const page = await open(image.page_url, { colorScheme });
  for (const selector of ["h1", ".facts dt", ".snippet label", ".snippet input", ".button"]) {
    expect(await contrast(page, selector), selector).toBeGreaterThanOrEqual(4.5);
  }
});

/** WCAG 2 contrast ratio of an element's text against the nearest opaque background. */
function contrast(page: Page, selector: string): Promise<number> {
  return page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const luminance = (colour: string) => {
        const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((channel) => {
          const share = Number(channel) / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      let ground: Element | null = element;
      while (ground?.parentElement && getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)")
        ground = ground.parentElement;
      const [one, other] = [
        luminance(getComputedStyle(element).color),
        luminance(getComputedStyle(ground ?? element).backgroundColor),
      ].sort((first, second) => second - first);
      return ((one ?? 0) + 0.05) / ((other ?? 0) + 0.05);
    });
}
