// Markup in what members write, on the pages of members and of the operator: none of it runs, not even with the pages' policy switched off.
import sharp from "sharp";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startBrowser } from "../support/browser.ts";
import { payloads, Tripwire } from "../support/tripwire.ts";
import { upload } from "../support/upload.ts";

const origin = inject("origin");
const operator = inject("operator");
const member = inject("members").at(-1);
if (!member) throw new Error("There is no member for these tests.");
const { key, session } = member;
const everything = payloads.join(" ");
/** All at once, and those that only work at the beginning. */
const values = [everything, ...payloads.filter((payload) => /^(java|data|"|')/.test(payload))];
/** For short fields: each with an overlap, so that no payload is cut in two everywhere. */
const pieces = Array.from({ length: Math.ceil(everything.length / 60) }, (_, at) =>
  everything.slice(at * 60, at * 60 + 100).trim(),
);
const slow = 240_000;
let tripwire: Tripwire;
const ids: string[] = [];

beforeAll(async () => {
  tripwire = new Tripwire(await startBrowser());
  const colour = { create: { width: 60, height: 40, channels: 3 as const, background: "#3a7" } };
  const bytes = Uint8Array.from(await sharp(colour).png().toBuffer());
  for (const payload of values) {
    const file = new File([bytes], `${payload.replaceAll(/[/\\\s]/g, "").slice(0, 200)}.png`, {
      type: "image/png",
    });
    const fields = {
      caption: payload,
      labels: JSON.stringify({ label: payload.replaceAll(/[\t\u2028,]/g, "_").slice(0, 120) }),
      metadata: JSON.stringify({ author: payload, license: payload, source_url: payload }),
    };
    ids.push((await upload((path, order) => fetch(origin + path, order), file, { key, fields })).id);
  }
});
afterAll(() => tripwire?.browser.close());

test(
  "in pictures: the gallery, each picture's page, links of many, the question before a deletion",
  async () => {
    const walked = ["/gallery", ...ids.map((id) => `/gallery/${id}`), `/tools?picture=${ids[0]}`];
    const addresses = walked.map((path) => origin + path);
    expect(await tripwire.walk(addresses, session)).toEqual([]);
    const page = await tripwire.open(session, origin);
    for (const button of ["Links", "Delete"]) {
      // As without scripts: the answer is a page.
      await page.route("**/*.js", (route) => route.abort());
      await page.goto(`${origin}/gallery?select=all`);
      expect(await page.locator("input[name=id]:checked").count()).toBe(values.length);
      await page.getByRole("button", { name: button, exact: true }).click();
      await page.getByRole("heading", { name: String(values.length) }).waitFor();
      await tripwire.provoke(page);
    }
    expect(tripwire.tripped()).toEqual([]);
    await page.context().close();
  },
  slow,
);

test(
  "in names of accounts and keys, in notes of invitations",
  async () => {
    const page = await tripwire.open(operator, origin);
    for (const payload of pieces) {
      await page.goto(`${origin}/operator/invitations`);
      await page.getByLabel("Whom it is for").fill(payload.replaceAll(/[\t\u2028]/g, " "));
      await page.getByRole("button", { name: "Make a link" }).click();
      await page.getByLabel("Send this link").waitFor();
      await tripwire.provoke(page);
    }
    await page.context().close();
    const own = await tripwire.open(session, origin);
    for (const payload of pieces.slice(0, 9)) {
      await own.goto(`${origin}/account`);
      await own.getByLabel("Name", { exact: true }).fill(payload);
      await own.getByRole("button", { name: "Change the name" }).click();
      await tripwire.provoke(own);
      await own.goto(`${origin}/keys`);
      await own.getByLabel("New key").fill(payload);
      await own.getByRole("button", { name: "Make the key" }).click();
      await own.getByLabel("Key", { exact: true }).waitFor();
      await tripwire.provoke(own);
    }
    await own.context().close();
    expect(tripwire.tripped()).toEqual([]);
    const seen = ["/operator/accounts", "/operator/invitations"].map((path) => origin + path);
    expect(await tripwire.walk(seen, operator)).toEqual([]);
    expect(await tripwire.walk([`${origin}/`, `${origin}/docs`, `${origin}/plans`], session)).toEqual([]);
  },
  slow,
);

/** What is written into an address; `*` is where. */
const addresses = [
  "/gallery?q=*",
  "/gallery?label=*",
  "/gallery?label=a=*",
  "/gallery?url=*",
  "/gallery?chosen=*",
  "/gallery?cursor=*",
  "/gallery?order=*",
  "/gallery/*",
  "/tools?picture=*",
  "/keys?*",
  "/usage?*",
  "/account?*",
  "/operator?before=*",
  "/operator/accounts?find=*",
  "/operator/accounts/*",
  "/operator/images?picture=*",
  "/sign-in?pass=*",
];

test(
  "in addresses of members' pages",
  async () => {
    const all = addresses.flatMap((address) =>
      (/url|picture|pass/.test(address) ? values : [everything]).map(
        (value) => origin + address.replaceAll("*", encodeURIComponent(value)),
      ),
    );
    expect(await tripwire.walk(all, operator)).toEqual([]);
  },
  slow,
);
