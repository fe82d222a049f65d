// A stranger reports a picture, the operator sees it and blocks it, and nobody sees it any more: in a real browser, with scripts and without.
import sharp from "sharp";
import { describe, expect, inject, test } from "vitest";
import { listenToPages } from "../support/open-page.ts";
import { signedIn } from "../support/signed-in.ts";
import { upload } from "../support/upload.ts";

const origin = inject("origin");
const key = inject("key");
const operator = inject("operator");
const listening = listenToPages({ isStrict: false });

let pictures = 0;
/** Each another picture. */
async function share(fields: Readonly<Record<string, string>> = {}) {
  const background = `#3a7${(++pictures + 99).toString(16).padStart(3, "0")}`;
  const colour = { create: { width: 600, height: 400, channels: 3 as const, background } };
  const bytes = Uint8Array.from(await sharp(colour).png().toBuffer());
  const file = new File([bytes], "field.png", { type: "image/png" });
  return upload((path, order) => fetch(origin + path, order), file, { key, fields });
}

describe.each([
  ["with scripts", true],
  ["without scripts", false],
])("%s", (_, javaScriptEnabled) => {
  test("a stranger reports a picture, the operator blocks it, and its page says so", async () => {
    const words = `Not theirs ${javaScriptEnabled}`;
    const image = await share({ caption: "A field" });
    const stranger = await listening.open(image.page_url, { javaScriptEnabled });
    await stranger.getByRole("link", { name: "Report this picture" }).click();
    await stranger.getByLabel("What is wrong with it?").selectOption("copyright");
    await stranger.getByLabel("In your words").fill(words);
    await stranger.getByRole("button", { name: "Send the report" }).click();
    expect(await stranger.getByRole("heading", { level: 1 }).textContent()).toBe("Thank you for the report");

    const context = await signedIn(listening.browser, { origin, secret: operator, javaScriptEnabled });
    const desk = await context.newPage();
    await desk.goto(`${origin}/account`);
    await desk.getByRole("link", { name: "Operator" }).click();
    const reported = desk
      .getByRole("listitem")
      .filter({ has: desk.getByText(words) })
      .first();
    const shown = reported.getByRole("img", { name: "A field" });
    await expect
      .poll(() => shown.evaluate((img) => "naturalWidth" in img && img.naturalWidth), { timeout: 30_000 })
      .toBeGreaterThan(0);
    await reported.getByRole("button", { name: `Block: ${image.id}` }).click();
    expect(await desk.getByRole("status").textContent()).toContain(`The picture ${image.id} is blocked.`);
    expect(await desk.getByText(words).count()).toBe(0);

    await stranger.goto(image.page_url);
    expect(await stranger.getByRole("heading", { level: 1 }).textContent()).toBe(
      "This picture was taken down",
    );
    expect((await fetch(image.page_url)).status).toBe(403);
    expect((await fetch(image.url)).status).toBe(404);
    await context.close();
    await listening.hush();
  });
});

test("the form can be filled and sent with the keyboard alone, and says what is missing", async () => {
  const image = await share();
  const page = await listening.open(`${image.page_url}/report`);
  await page.getByLabel("What is wrong with it?").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await page.keyboard.type("by keyboard");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Thank you for the report" }).waitFor();
  expect(await listening.hush()).toEqual([]);
});

test("markup in a report's words stays text before the operator", async () => {
  const payload = `<script>tripped()</script><img src=x onerror=tripped()>"><svg onload=tripped()></textarea><b id=bold>`;
  const image = await share({ caption: payload });
  const body = new URLSearchParams({ reason: "other", words: payload, email: "" });
  const headers = { Origin: origin, "CF-Connecting-IP": "198.51.100.9" };
  expect((await fetch(`${image.page_url}/report`, { method: "POST", body, headers })).status).toBe(200);
  const context = await signedIn(listening.browser, { origin, secret: operator, bypassCSP: true });
  const page = await context.newPage();
  let tripped = 0;
  await page.exposeFunction("tripped", () => void tripped++);
  for (const path of [
    "/operator",
    `/operator/images/${image.id}`,
    `/operator/accounts?find=${encodeURIComponent(payload)}`,
  ]) {
    await page.goto(origin + path);
    if (!path.includes("accounts"))
      expect(await page.getByText("onerror=tripped()").count()).toBeGreaterThan(0);
    expect(await page.locator("#bold").count()).toBe(0);
  }
  // The form itself, when it comes back.
  await page.goto(`${image.page_url}/report`);
  await page.getByLabel("In your words").fill(payload);
  await page.evaluate(() => document.querySelector("form[action$=report]")?.setAttribute("novalidate", ""));
  await page.getByRole("button", { name: "Send the report" }).click();
  await page.getByRole("alert").waitFor();
  expect(await page.getByLabel("In your words").inputValue()).toBe(payload);
  expect(tripped).toBe(0);
  await context.close();
});

test.each([360, 1280, 2560])("nothing is wider than a window of %d pixels", async (width) => {
  const image = await share({ caption: "w".repeat(200) });
  const headers = { Origin: origin, "CF-Connecting-IP": `198.51.100.${width % 250}` };
  const body = new URLSearchParams({ reason: "other", words: "m".repeat(1_000), email: "" });
  await fetch(`${image.page_url}/report`, { method: "POST", body, headers });
  const context = await signedIn(listening.browser, {
    origin,
    secret: operator,
    viewport: { width, height: 900 },
  });
  const page = await context.newPage();
  const paths = [
    "/operator",
    `/operator/images/${image.id}`,
    "/operator/accounts",
    "/operator/accounts/e2e",
    "/operator/figures",
  ];
  for (const path of [...paths, `/${image.id}/report`]) {
    await page.goto(origin + path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
  }
  await context.close();
});
