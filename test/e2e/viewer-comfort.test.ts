// The page of an image as it feels: little beside the picture, nothing that jumps, and the picture at full size where one clicks.
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { beforeAll, expect, inject, test } from "vitest";
import type { Image } from "../../schema/api.ts";
import { listenToPages } from "../support/open-page.ts";
import { uploadOverHttp } from "./upload-over-http.ts";

const origin = inject("origin");
const window = { viewport: { width: 1280, height: 800 } };
const listening = listenToPages();
let image: Image;

beforeAll(async () => {
  image = await uploadOverHttp(origin, "photo.jpg", { fields: { caption: "A harbour" } });
});

test("all that comes beside the picture is under 15 kB, packed as it is sent", async () => {
  const context = await listening.browser.newContext(window);
  const page = await context.newPage();
  const sizes: Record<string, number> = {};
  page.on("response", async (response) => {
    if (response.request().resourceType() === "image") return;
    sizes[new URL(response.url()).pathname] = gzipSync(await response.body()).byteLength;
  });
  await page.goto(image.page_url, { waitUntil: "networkidle" });
  expect(Object.keys(sizes)).toEqual(expect.arrayContaining(["/page.css", "/zoom.js", `/${image.id}`]));
  expect(Object.values(sizes).reduce((sum, size) => sum + size)).toBeLessThan(15_000);
});

test("nothing moves while it loads, and the picture is what is painted largest", async () => {
  const page = await listening.open(image.page_url, window);
  const seen = await page.evaluate(async () => {
    const entriesOf = (type: string) =>
      new Promise<PerformanceEntryList>((resolve) => {
        const entries: PerformanceEntry[] = [];
        new PerformanceObserver((list) => void entries.push(...list.getEntries())).observe({
          type,
          buffered: true,
        });
        setTimeout(() => resolve(entries), 1_500);
      });
    const [shifts, paints] = await Promise.all([
      entriesOf("layout-shift"),
      entriesOf("largest-contentful-paint"),
    ]);
    const last = paints.at(-1);
    return { shifts: shifts.length, largest: last && "url" in last ? String(last.url) : "" };
  });
  expect(seen.shifts).toBe(0);
  expect(seen.largest).toContain(image.id);
});

test("the picture is fetched once, before the page is read to its end", async () => {
  const context = await listening.browser.newContext(window);
  const page = await context.newPage();
  const fetched: string[] = [];
  page.on(
    "request",
    (request) => void (request.url().includes(`/${image.id}.`) && fetched.push(request.url())),
  );
  await page.goto(image.page_url, { waitUntil: "networkidle" });
  expect(fetched).toHaveLength(1);
});

const zoomed = (page: Page) => page.getByRole("dialog", { name: "Picture at full size" });

test("a click on the house shows the house at full size, a drag moves, Escape leaves", async () => {
  const page = await listening.open(image.page_url, window);
  const box = await page.locator(".picture img").boundingBox();
  if (!box) throw new Error("The picture is not laid out.");
  await page.mouse.click(box.x + box.width * 0.8, box.y + box.height * 0.5);
  const picture = zoomed(page).getByRole("img");
  await expect.poll(() => picture.evaluate((img) => img.getBoundingClientRect().width)).toBe(4_000);
  const stage = zoomed(page).locator("div");
  const at = () => stage.evaluate(({ scrollLeft, scrollTop }) => [scrollLeft, scrollTop]);
  await expect
    .poll(at)
    .toEqual([0.8 * 4_000 - 640, 0.5 * 3_000 - 400].map((edge) => expect.closeTo(edge, -1)));
  const [left = 0, top = 0] = await at();
  await page.mouse.move(600, 400);
  await page.mouse.down();
  await page.mouse.move(500, 350, { steps: 4 });
  await page.mouse.up();
  expect(await at()).toEqual([left + 100, top + 50].map((edge) => expect.closeTo(edge, -1)));
  await page.keyboard.press("Escape");
  expect(await zoomed(page).count()).toBe(0);
});

test("by keyboard the picture opens, moves and closes, and the focus is where it was", async () => {
  const page = await listening.open(image.page_url, window);
  await page.locator("a.picture").focus();
  await page.keyboard.press("Enter");
  await zoomed(page).getByRole("img").waitFor();
  const top = () =>
    zoomed(page)
      .locator("div")
      .evaluate(({ scrollTop }) => scrollTop);
  await expect.poll(top).toBeGreaterThan(500);
  const before = await top();
  await page.keyboard.press("ArrowDown");
  await expect.poll(top).toBeGreaterThan(before);
  await page.getByRole("button", { name: "Close" }).click();
  expect(await page.evaluate(() => document.activeElement?.className)).toContain("picture");
});
