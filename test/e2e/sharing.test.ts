// What people choose and take along besides the plain links: how long a picture stays, the address of each size, the device's own list.
import { expect, inject, test } from "vitest";
import { fixture } from "../support/fixtures.ts";
import { listenToPages } from "../support/open-page.ts";
import { upload } from "../support/upload.ts";

const origin = inject("origin");
const key = inject("key");
const listening = listenToPages();
const soon = { timeout: 20_000 };
const DAY_MILLISECONDS = 86_400_000;

test.each([true, false])(
  "a picture stays as long as was chosen on the front page (scripts: %s)",
  async (javaScriptEnabled) => {
    const page = await listening.open(`${origin}/`, {
      javaScriptEnabled,
      extraHTTPHeaders: { "CF-Connecting-IP": "198.51.100.141" },
    });
    await page.getByLabel("Pictures stay").selectOption("7 days");
    await page.setInputFiles("#file", {
      name: "week.jpg",
      mimeType: "image/jpeg",
      buffer: Buffer.from(fixture("coffee.jpg")),
    });
    if (!javaScriptEnabled) await page.getByRole("button", { name: "Upload", exact: true }).click();
    const until = await page.locator(".result time").getAttribute("datetime", soon);
    const days = (Date.parse(until ?? "") - Date.now()) / DAY_MILLISECONDS;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThanOrEqual(7);
  },
);

const photo = () =>
  upload(
    (path, order) => fetch(origin + path, order),
    new File([Uint8Array.from(fixture("photo.jpg"))], "photo.jpg", { type: "image/jpeg" }),
    { key },
  );

test.each([true, false])(
  "a picture's page has the link of each size (scripts: %s)",
  async (javaScriptEnabled) => {
    const { page_url, sizes } = await photo();
    const page = await listening.open(page_url, { javaScriptEnabled });
    await page.getByText("Links to smaller sizes").click();
    expect(await page.getByLabel("Small, 426 × 320", { exact: true }).inputValue()).toBe(sizes.small?.url);
    const copies = page.getByRole("button", { name: "Copy Large, 1440 × 1080" });
    expect(await copies.count()).toBe(javaScriptEnabled ? 1 : 0);
  },
);

test("where the device has a list to share with, the page offers it with its own address", async () => {
  const { page_url } = await photo();
  const page = await listening.open("about:blank");
  await page.addInitScript(() => {
    const share = async (data: ShareData) => void Object.assign(window, { shared: data.url });
    Object.defineProperty(navigator, "share", { value: share, configurable: true });
  });
  await page.goto(page_url);
  await page.getByRole("button", { name: "Share …" }).click();
  expect(await page.evaluate(() => Reflect.get(window, "shared"))).toBe(page_url);
});

/** The element that a key would act on. */
const FOCUSED = "document.activeElement";

test.each([true, false])(
  "by keyboard alone: upload, open its page, report it, take it back (scripts: %s)",
  async (javaScriptEnabled) => {
    listening.expected = /404/;
    const page = await listening.open(`${origin}/`, {
      javaScriptEnabled,
      extraHTTPHeaders: { "CF-Connecting-IP": "198.51.100.142" },
    });
    /** Goes on with Tab until the words are reached. */
    const reach = async (words: RegExp) => {
      for (let step = 0; step < 80; step++) {
        await page.keyboard.press("Tab");
        const text = await page.evaluate(
          `${FOCUSED}.getAttribute("aria-label") || ${FOCUSED}.labels?.[0]?.textContent || ${FOCUSED}.textContent || ${FOCUSED}.href`,
        );
        if (words.test(String(text))) return;
      }
      throw new Error(`${words} is not reached by Tab.`);
    };
    const choosing = page.waitForEvent("filechooser");
    await reach(/^Choose/);
    await page.keyboard.press("Enter");
    await (await choosing).setFiles({
      name: "keys.jpg",
      mimeType: "image/jpeg",
      buffer: Buffer.from(fixture("coffee.jpg")),
    });
    if (!javaScriptEnabled) {
      await reach(/^Upload$/);
      await page.keyboard.press("Enter");
    }
    const takeBack = await page.locator(".result .delete").getAttribute("href", soon);
    const pageUrl = (await page.locator(".result").getAttribute("data-page")) ?? "";
    await page.goto(pageUrl);
    await reach(/^Report this picture$/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Report this picture" }).waitFor();
    await reach(/^What is wrong/);
    await page.keyboard.press("ArrowDown");
    await reach(/^Send the report$/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Thank you for the report" }).waitFor();
    await page.goto(takeBack ?? "");
    await reach(/^Delete it$/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "The picture is gone" }).waitFor();
    expect((await fetch(pageUrl)).status).toBe(404);
  },
);
