// The controls of a picture's address in a real browser: a focus that is dragged, tapped and moved by keys; values with units; what came of it.
import type { Locator, Page } from "playwright-core";
import sharp from "sharp";
import { expect, inject, test } from "vitest";
import { fixture } from "../support/fixtures.ts";
import { listenToPages } from "../support/open-page.ts";

const origin = inject("origin");
const listening = listenToPages();
const soon = { timeout: 20_000 };

/** The rates of uploads and renders are an address's: each test comes from another one. */
let lastAddress = 0;

async function open(options: Parameters<typeof listening.open>[1] = {}): Promise<Page> {
  const page = await listening.open(`${origin}/`, {
    viewport: { width: 1280, height: 900 },
    extraHTTPHeaders: { "CF-Connecting-IP": `198.51.100.${200 + ++lastAddress}` },
    ...options,
  });
  await page.setInputFiles("#file", {
    name: "play.jpg",
    mimeType: "image/jpeg",
    buffer: Buffer.from(fixture("photo.jpg")),
  });
  await page.getByText("Try its sizes").click(soon);
  await page.waitForFunction(() => document.querySelector<HTMLImageElement>(".focus img")?.naturalWidth);
  return page;
}

const handleOf = (page: Page) => page.getByRole("slider", { name: /Focus of the cut/ });
const address = (page: Page) => page.getByLabel("Its address", { exact: true }).inputValue();
const queryOf = async (page: Page) => new URL(await address(page)).search;
const told = (page: Page) => page.locator(".told").textContent();

async function boxOf(locator: Locator) {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (!box) throw new Error("It is not shown.");
  return box;
}

/** A point of the whole picture, in the window's pixels. */
async function pointOf(page: Page, x: number, y: number) {
  const box = await boxOf(page.locator(".focus img"));
  return { x: box.x + box.width * x, y: box.y + box.height * y };
}

/** The focus as the address has it. */
async function gravityOf(page: Page) {
  const gravity = new URL(await address(page)).searchParams.get("gravity") ?? "";
  return gravity.split("x").map(Number);
}

test("the focus is dragged: a cut begins around it, the address grows, and the picture comes so", async () => {
  const page = await open();
  const [from, to] = [await pointOf(page, 0.5, 0.5), await pointOf(page, 0.8, 0.3)];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
  await expect.poll(() => queryOf(page)).toContain("fit=cover");
  const [x = 0, y = 0] = await gravityOf(page);
  expect(Math.abs(x - 0.8)).toBeLessThan(0.03);
  expect(Math.abs(y - 0.3)).toBeLessThan(0.03);
  expect(await queryOf(page)).toMatch(/^\?w=640&h=640&fit=cover&gravity=0\.\d\dx0\.\d\d$/);
  await expect.poll(() => told(page), soon).toMatch(/^640 × 640, \d+ kB of JPEG, \d+ % smaller$/);
});

test("what is cut away is dimmed: what stays bright is what comes", async () => {
  const page = await open();
  await page.getByLabel("Width, pixels").fill("300");
  await page.getByLabel("Height, pixels").fill("100");
  await page.getByLabel("Fit").selectOption("cover");
  await handleOf(page).focus();
  for (let step = 0; step < 4; step++) await page.keyboard.press("Shift+ArrowDown");
  await expect.poll(() => queryOf(page)).toBe("?w=300&h=100&fit=cover&gravity=0.50x0.90");
  const [cut, whole] = [await boxOf(page.locator(".cut")), await boxOf(page.locator(".focus img"))];
  const part = { top: (cut.y - whole.y) / whole.height, height: cut.height / whole.height };
  await expect.poll(() => told(page), soon).toMatch(/^300 × 100/);
  const came = await rawOf(await bytesOf(await address(page)));
  const { width = 0, height = 0 } = await sharp(fixture("photo.jpg")).metadata();
  const top = Math.round(part.top * height);
  const expected = await sharp(fixture("photo.jpg"))
    .extract({ left: 0, top, width, height: Math.min(height - top, Math.round(part.height * height)) })
    .resize(300, 100, { fit: "fill" })
    .toBuffer();
  expect(meanDifference(came, await rawOf(expected))).toBeLessThan(8);
});

test("by keyboard the focus goes a step, ten with Shift, and to the edges; its place is told in words", async () => {
  const page = await open();
  const handle = handleOf(page);
  await handle.focus();
  const after = async (key: string) => {
    await page.keyboard.press(key);
    return handle.getAttribute("aria-valuetext");
  };
  expect(await after("ArrowRight")).toBe("51 % from the left, 50 % from the top");
  expect(await after("Shift+ArrowUp")).toBe("51 % from the left, 40 % from the top");
  expect(await after("Home")).toBe("0 % from the left, 40 % from the top");
  expect(await after("ArrowLeft")).toBe("0 % from the left, 40 % from the top");
  expect(await after("PageDown")).toBe("0 % from the left, 50 % from the top");
  await expect.poll(() => queryOf(page)).toContain("gravity=0.00x0.50");
  expect(await page.evaluate(() => window.scrollX)).toBe(0);
});

test("on a phone the focus is tapped, and dragged by its handle", async () => {
  const page = await open({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  const tapped = await pointOf(page, 0.2, 0.7);
  await page.touchscreen.tap(tapped.x, tapped.y);
  await expect.poll(() => queryOf(page)).toMatch(/gravity=0\.(19|20|21)x0\.(69|70|71)/);
  const touch = await page.context().newCDPSession(page);
  const to = await pointOf(page, 0.6, 0.4);
  const sent = (type: "touchStart" | "touchMove" | "touchEnd", points: readonly { x: number; y: number }[]) =>
    touch.send("Input.dispatchTouchEvent", { type, touchPoints: [...points] });
  await sent("touchStart", [await pointOf(page, 0.2, 0.7)]);
  await sent("touchMove", [to]);
  await sent("touchEnd", []);
  await expect.poll(() => queryOf(page)).toMatch(/gravity=0\.(59|60|61)x0\.(39|40|41)/);
});

test("the focus of a turned picture is chosen on the turned picture", async () => {
  const page = await open();
  const before = await boxOf(page.locator(".focus img"));
  await page.getByLabel("Turn").selectOption("90");
  await expect
    .poll(async () => {
      const { width, height } = await boxOf(page.locator(".focus img"));
      return Math.round((100 * height) / width);
    }, soon)
    .toBe(Math.round((100 * before.width) / before.height));
  const end = await pointOf(page, 0.5, 0.98);
  await page.mouse.click(end.x, end.y);
  await expect.poll(() => told(page), soon).toMatch(/^640 × 640/);
  const came = await rawOf(await bytesOf(await address(page)), 64);
  const side = await sharp(fixture("photo.jpg")).rotate(90).resize(640).toBuffer();
  const { height = 0 } = await sharp(side).metadata();
  const bottom = await sharp(side)
    .extract({ left: 0, top: height - 640, width: 640, height: 640 })
    .toBuffer();
  expect(meanDifference(came, await rawOf(bottom, 64))).toBeLessThan(8);
});

test("every slider shows its value with a unit, to the eye and to a screen reader", async () => {
  const page = await open();
  const shown = page.locator(".choice:has(input[type=range])");
  const values = await shown.evaluateAll((choices) =>
    choices.map((choice) => {
      const name = choice.querySelector("label")?.textContent;
      const value = choice.querySelector("input")?.getAttribute("aria-valuetext");
      return [name, choice.querySelector(".readout")?.textContent, value];
    }),
  );
  for (const [name, seen, heard] of values) {
    expect(seen, String(name)).toMatch(/^\d+(\.\d+)? (of \d+|×|stops|pixels|°)$/);
    expect(heard).toBe(seen);
  }
  await page.getByLabel("Saturation").fill("0.5");
  expect(await shown.filter({ hasText: "Saturation" }).locator(".readout").textContent()).toBe("0.5 ×");
  await page.getByText("Light", { exact: true }).click();
  await page.getByLabel("Exposure").fill("1");
  expect(await shown.filter({ hasText: "Exposure" }).locator(".readout").textContent()).toBe("1 stop");
  await page.getByText("Colour", { exact: true }).click();
  const colour = page.locator(".retouching").filter({ hasText: "Colour" });
  expect(await colour.locator("label").allTextContents()).toEqual(["Temperature", "Tint", "Vibrance", "Hue"]);
});

test("before and after are told, and starting again forgets what was turned", async () => {
  const page = await open();
  expect(await page.locator(".before").textContent()).toMatch(
    /^As it was uploaded: 4000 × 3000, 1\.4 MB of JPEG/,
  );
  await expect.poll(() => told(page)).toBe("Nothing is changed yet.");
  const plain = await address(page);
  await page.getByLabel("Size").selectOption("s");
  await page.getByLabel("Blur").fill("12");
  await expect.poll(() => queryOf(page)).toBe("?size=s&blur=12");
  await expect.poll(() => told(page), soon).toMatch(/^426 × 320, \d+ kB of JPEG, 9\d % smaller$/);
  await page.getByRole("button", { name: "Start again" }).click();
  await expect.poll(() => address(page)).toBe(plain);
  expect(await told(page)).toBe("Nothing is changed yet.");
});

test("until something is turned nothing is fetched but a small picture", async () => {
  const page = await open();
  await expect.poll(() => told(page)).toBe("Nothing is changed yet.");
  const original = await address(page);
  const fetched = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  expect(fetched).not.toContain(original);
});

const bytesOf = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());
const rawOf = (bytes: Uint8Array, width = 300) => sharp(bytes).resize(width).removeAlpha().raw().toBuffer();

function meanDifference(one: Buffer, other: Buffer): number {
  expect(one.length).toBe(other.length);
  return one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;
}
