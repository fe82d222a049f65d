// Strangers' markup in every field and every part of an address: none of it runs on any page, not even with the pages' policy switched off.
import sharp from "sharp";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startBrowser } from "../support/browser.ts";
import { payloads, Tripwire } from "../support/tripwire.ts";
import { upload } from "../support/upload.ts";

const origin = inject("origin");
const key = inject("key");
let tripwire: Tripwire;

beforeAll(async () => {
  tripwire = new Tripwire(await startBrowser());
});
afterAll(() => tripwire?.browser.close());

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
  expect(await tripwire.walk(addresses.map((path) => origin + path))).toEqual([]);
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
  expect(await tripwire.walk(all.map((path) => origin + path))).toEqual([]);
});

test("in an address that the form is told to fetch", async () => {
  const page = await tripwire.open();
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
  expect(tripwire.tripped()).toEqual([]);
  await page.context().close();
});

test("the tripwire itself is stepped on by a page that is not as careful", async () => {
  const page = await tripwire.open();
  for (const payload of ["<script>tripped()</script>", "<img src=x onerror=tripped()>"]) {
    await page.setContent(payload);
    await expect.poll(() => tripwire.tripped().length, { timeout: 5_000 }).toBeGreaterThan(0);
  }
  await page.context().close();
});
