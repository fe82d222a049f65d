// Strangers' markup in every field and every part of an address: none of it runs on any page, not even with the pages' policy switched off.
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startBrowser } from "../support/browser.ts";
import { upload } from "../support/upload.ts";

const origin = inject("origin");
const key = inject("key");
let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

/** Each calls `tripped()` if it is ever taken for more than text. */
const payloads: readonly string[] = [
  "<script>tripped()</script>",
  "<img src=x onerror=tripped()>",
  '"><svg onload=tripped()>',
  "'><svg/onload=tripped()>",
  '" onmouseover=tripped() autofocus onfocus=tripped() x="',
  "</title><script>tripped()</script>",
  "</textarea><script>tripped()</script>",
  "</script><script>tripped()</script>",
  "<!--<script>tripped()</script>",
  "--><script>tripped()</script>",
  "]]><script>tripped()</script>",
  "javascript:tripped()",
  "java\tscript:tripped()",
  "data:text/html,<script>tripped()</script>",
  "<iframe srcdoc='<script>parent.tripped()</script>'>",
  "<a href=javascript:tripped()>here</a>",
  '<math><mi//xlink:href="javascript:tripped()">',
  "<style>@import 'javascript:tripped()'</style>",
  "&lt;script&gt;tripped()&lt;/script&gt;",
  "&#60;img src=x onerror=tripped()&#62;",
  "\u003Cscript\u003Etripped()\u003C/script\u003E",
  "\u2028<script>tripped()</script>",
  "{{tripped()}}<%= tripped() %>",
];

test("in a picture's own fields", async () => {
  const colour = { create: { width: 60, height: 40, channels: 3 as const, background: "#3a7" } };
  const bytes = Uint8Array.from(await sharp(colour).png().toBuffer());
  const addresses: string[] = [];
  for (const payload of payloads) {
    const { id } = await upload(
      (path, order) => fetch(origin + path, order),
      new File([bytes], `${payload.replaceAll(/[/\\\s]/g, "")}.png`, { type: "image/png" }),
      {
        key,
        fields: {
          caption: payload,
          labels: JSON.stringify({ label: payload.replaceAll(/[\t\u2028,]/g, "_") }),
          metadata: JSON.stringify({ author: payload, license: payload, source_url: payload }),
        },
      },
    );
    addresses.push(`/${id}`, `/oembed?url=${encodeURIComponent(`${origin}/${id}`)}&format=xml`);
  }
  expect(await trippedOn(addresses)).toEqual([]);
});

/** What is written into an address; `*` is where. */
const addresses = [
  "/*",
  "/?*",
  "/?url=*",
  "/docs?lang=*",
  "/docs/errors?code=*",
  "/docs/*",
  "/plans?*",
  "/aaaaaaaa?show=*",
  "/aaaaaaaa/delete?token=*",
  "/oembed?url=*",
  "/oembed?url=*&format=*",
  "/sign-in?next=*",
  "/sign-in?email=*",
  "/sign-up?invite=*",
  "/setup?token=*",
  "/v1/images/*",
];

test("in addresses", async () => {
  // All at once, and those that only work at the beginning.
  const values = [payloads.join(" "), ...payloads.filter((payload) => /^(java|data|"|')/.test(payload))];
  const all = addresses.flatMap((address) =>
    values.map((value) => address.replaceAll("*", encodeURIComponent(value))),
  );
  expect(await trippedOn(all)).toEqual([]);
});

test("in an address that the form is told to fetch", async () => {
  const page = await openWithoutPolicy();
  for (const [index, payload] of payloads.filter((_, at) => at % 3 === 0).entries()) {
    await page.setExtraHTTPHeaders({ "CF-Connecting-IP": `198.51.100.${index}` });
    await page.goto(`${origin}/`);
    const answered = page.waitForEvent("load");
    await page.evaluate((value) => {
      const form = Object.assign(document.createElement("form"), { method: "post" });
      form.append(Object.assign(document.createElement("input"), { name: "url", value }));
      document.body.append(form);
      form.submit();
    }, payload);
    await answered;
    expect(await page.getByRole("alert").count(), payload).toBeGreaterThan(0);
  }
  expect(tripped).toEqual([]);
  await page.context().close();
});

test("the tripwire itself is stepped on by a page that is not as careful", async () => {
  const page = await openWithoutPolicy();
  for (const payload of ["<script>tripped()</script>", "<img src=x onerror=tripped()>"]) {
    await page.setContent(payload);
    await expect.poll(() => tripped.length, { timeout: 5_000 }).toBeGreaterThan(0);
    tripped.length = 0;
  }
  await page.context().close();
});

const tripped: string[] = [];

/** A page on which injected scripts would run: the policy that also holds them is another test's. */
async function openWithoutPolicy() {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.exposeFunction("tripped", () => void tripped.push(page.url()));
  page.on("dialog", (dialog) => dialog.dismiss());
  return page;
}

async function trippedOn(paths: readonly string[]): Promise<readonly string[]> {
  const page = await openWithoutPolicy();
  for (const path of paths) {
    await page.goto(origin + path, { waitUntil: "domcontentloaded" });
    // What waits for a pointer or for being followed is helped along.
    await page.evaluate(() => {
      for (const element of document.querySelectorAll("*")) element.dispatchEvent(new Event("mouseover"));
      for (const link of document.querySelectorAll("a[href]")) {
        if (/^\s*(java|data)/i.test(link.getAttribute("href") ?? "")) (link as HTMLAnchorElement).click();
      }
    });
  }
  await page.context().close();
  return tripped.splice(0);
}
