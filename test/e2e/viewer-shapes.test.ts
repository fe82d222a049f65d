// Pictures of odd shapes on their pages: a long screenshot is read at its width, a panorama scrolls, an icon is no dot; nsfw waits.
import sharp from "sharp";
import { expect, inject, test } from "vitest";
import { listenToPages } from "../support/open-page.ts";
import { upload } from "../support/upload.ts";

const origin = inject("origin");
const key = inject("key");
const listening = listenToPages();

async function pageOf(width: number, height: number, fields: Readonly<Record<string, string>> = {}) {
  const colour = { create: { width, height, channels: 3 as const, background: "#3a7" } };
  const bytes = Uint8Array.from(await sharp(colour).png().toBuffer());
  const file = new File([bytes], "shape.png", { type: "image/png" });
  return upload((path, order) => fetch(origin + path, order), file, { key, fields });
}

const boxOn = async (url: string, viewport = { width: 1280, height: 800 }) => {
  const page = await listening.open(url, { viewport });
  const picture = page.locator(".picture img");
  const box = await picture.boundingBox();
  if (!box) throw new Error("The picture is not laid out.");
  const pageWidth = await page.evaluate(() => document.documentElement.scrollWidth);
  return { page, picture, box, pageWidth };
};

test("a screenshot of 1080x9000 is read at its width", async () => {
  const { page_url } = await pageOf(1080, 9000);
  const { box, pageWidth } = await boxOn(page_url);
  expect(box.width).toBeGreaterThan(1000);
  expect(box.height).toBeGreaterThan(8000);
  expect(pageWidth).toBe(1280);
});

test("in a large window a photograph is as large as its large size, and no larger file is fetched", async () => {
  const { page_url, sizes } = await pageOf(4000, 3000);
  const { box, picture, pageWidth } = await boxOn(page_url, { width: 2560, height: 1440 });
  expect([box.width, box.height]).toEqual([1440, 1080]);
  expect(pageWidth).toBe(2560);
  await expect
    .poll(() => picture.evaluate((img) => img instanceof HTMLImageElement && img.currentSrc))
    .toContain(sizes.large?.url);
});

test("a panorama of 9000x600 is as high as half a phone's window, and scrolls inside its stage", async () => {
  const { page_url } = await pageOf(9000, 600);
  const { page, box, pageWidth } = await boxOn(page_url, { width: 360, height: 800 });
  expect(box.height).toBeCloseTo(400, -1);
  expect(pageWidth).toBe(360);
  const scrolled = await page.locator(".picture").evaluate((stage) => {
    stage.scrollLeft = 500;
    return stage.scrollLeft;
  });
  expect(scrolled).toBe(500);
});

test("an icon of 16x16 is enlarged with hard pixels", async () => {
  const { page_url } = await pageOf(16, 16);
  const { box, picture } = await boxOn(page_url);
  expect([box.width, box.height]).toEqual([256, 256]);
  expect(await picture.evaluate((img) => getComputedStyle(img).imageRendering)).toBe("pixelated");
});

test.each([true, false])(
  "what is marked nsfw is fetched when it is asked for (scripts: %s)",
  async (scripts) => {
    const image = await pageOf(600, 400, { nsfw: "true" });
    const context = await listening.browser.newContext({ javaScriptEnabled: scripts });
    const page = await context.newPage();
    const fetched: string[] = [];
    page.on("request", (request) => void (request.resourceType() === "image" && fetched.push(request.url())));
    await page.goto(image.page_url, { waitUntil: "networkidle" });
    expect(fetched.filter((url) => url.includes(image.id))).toEqual([]);
    await page.getByRole("link", { name: "Show it" }).click();
    await page.locator(".picture img").waitFor({ state: "visible" });
    await expect.poll(() => fetched.filter((url) => url.includes(image.id)).length).toBeGreaterThan(0);
  },
);

test("a picture is saved in another format, by the form on its page", async () => {
  const { page_url } = await pageOf(60, 40);
  const page = await listening.open(page_url);
  await page.getByLabel("Download as").selectOption("webp");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("shape.webp");
});
