// What is used of a plan, in a real browser: an upload moves the meters, and the plan is marked among all.
import sharp from "sharp";
import { expect, inject, test } from "vitest";
import { listenToPages } from "../support/open-page.ts";
import { upload } from "../support/upload.ts";

const origin = inject("origin");
const member = inject("members")[5];
if (!member) throw new Error("There is no member for these tests.");
const { key, session } = member;
const listening = listenToPages();

test.each([true, false])(
  "an upload is counted on the page of what is used (scripts: %s)",
  async (javaScriptEnabled) => {
    const page = await listening.open(`${origin}/usage`, { session, javaScriptEnabled });
    const uploads = page.getByRole("meter", { name: "Uploads this month" });
    const storage = page.getByRole("meter", { name: "Storage" });
    const held = async (meter: typeof uploads) => Number(await meter.getAttribute("value"));
    const before = [await held(uploads), await held(storage)] as const;
    const colour = {
      create: {
        width: 60,
        height: 40,
        channels: 3 as const,
        background: javaScriptEnabled ? "#357" : "#753",
      },
    };
    const bytes = Uint8Array.from(await sharp(colour).png().toBuffer());
    await upload(
      (path, order) => fetch(origin + path, order),
      new File([bytes], "a.png", { type: "image/png" }),
      { key },
    );
    await page.reload();
    expect(await held(uploads)).toBe(before[0] + 1);
    expect(await held(storage)).toBeGreaterThan(before[1]);
    expect(await page.getByRole("row").count()).toBeGreaterThanOrEqual(12);
    await page.getByRole("link", { name: "Compare the plans" }).click();
    expect(
      await page
        .getByRole("row", { name: /your plan/ })
        .getByRole("rowheader")
        .textContent(),
    ).toContain("Pro");
  },
);

test.each([360, 2560])("no page of what is used is wider than a window of %i pixels", async (width) => {
  for (const path of ["/usage", "/plans", "/account"]) {
    const page = await listening.open(origin + path, { session, viewport: { width, height: 800 } });
    expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, width]);
  }
});
