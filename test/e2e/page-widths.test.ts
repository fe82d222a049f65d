// Nothing scrolls sideways, on a phone or on a wall, for who is signed in and for who is not: no page, and nothing on it but the few things that are meant to.
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startBrowser } from "../support/browser.ts";
import { everyPage } from "../support/every-page.ts";
import { signedIn } from "../support/signed-in.ts";
import { upload } from "../support/upload.ts";

const origin = inject("origin");
const key = inject("key");
const operator = inject("operator");
/** Fields whose text is longer than they are, the strip of the reference's pages, and a panorama. */
const MAY_SCROLL = "input, textarea, .docs-nav ul, .picture.wide";
let browser: Browser;
let pages: Readonly<Record<string, string>>;

beforeAll(async () => {
  browser = await startBrowser();
  const long = await upload(
    (path, order) => fetch(origin + path, order),
    new File(['<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'], `${"W".repeat(120)}.svg`),
    {
      key,
      fields: {
        caption: "w".repeat(300),
        metadata: JSON.stringify({
          author: "A".repeat(200),
          source_url: `https://example.com/${"s".repeat(300)}`,
        }),
      },
    },
  );
  pages = {
    ...(await everyPage(browser, { origin, key, operator })),
    "viewer of a picture with long words": `/${long.id}`,
    "gallery, searched for a long word": `/gallery?q=${"q".repeat(200)}`,
    "front page, with a long address": `/?url=https://example.com/${"u".repeat(300)}`,
    "sign-in that leads back far": `/sign-in?next=/${"n".repeat(300)}`,
  };
});
afterAll(() => browser?.close());

for (const width of [360, 2560]) {
  for (const who of ["an operator", "nobody"]) {
    test(`no page is wider than a window of ${width} pixels, for ${who}`, { timeout: 240_000 }, async () => {
      const options = {
        viewport: { width, height: 800 },
        extraHTTPHeaders: { "CF-Connecting-IP": `198.51.100.${width % 251}` },
      };
      const context =
        who === "nobody"
          ? await browser.newContext(options)
          : await signedIn(browser, { origin, secret: operator, ...options });
      expect(await widerThan(width, context)).toEqual({});
      await context.close();
    });
  }
}

/** The pages that are wider, with what stands out the most. */
async function widerThan(width: number, context: BrowserContext): Promise<Readonly<Record<string, string>>> {
  const page = await context.newPage();
  const wide: Record<string, string> = {};
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(origin + path, { waitUntil: "load" });
    const told = await page.evaluate((mayScroll) => {
      const root = document.documentElement;
      for (const details of document.querySelectorAll("details")) details.open = true;
      const within = [...document.body.querySelectorAll(`*:not(${mayScroll})`)].find(
        (element) =>
          /auto|scroll/.test(getComputedStyle(element).overflowX) &&
          element.scrollWidth > element.clientWidth + 1,
      );
      if (within) return `${within.tagName.toLowerCase()}.${within.className} scrolls within`;
      if (root.scrollWidth <= root.clientWidth) return null;
      const rights = [...document.body.querySelectorAll("*")].map((element) => ({
        right: element.getBoundingClientRect().right,
        name: `${element.tagName.toLowerCase()}.${element.className}`,
      }));
      const farthest = rights.reduce((most, one) => (one.right > most.right ? one : most));
      return `${root.scrollWidth} by ${farthest.name}`;
    }, MAY_SCROLL);
    if (told) wide[name] = told;
  }
  expect(page.viewportSize()?.width).toBe(width);
  return wide;
}
