// The page of a private picture, in a real browser: its owner sees it, and others what they see of an id that nobody has.
import sharp from "sharp";
import { beforeAll, expect, inject, test } from "vitest";
import { listenToPages } from "../support/open-page.ts";
import { upload } from "../support/upload.ts";

const origin = inject("origin");
const [owner, neighbour] = inject("members").slice(6, 8);
if (!owner || !neighbour) throw new Error("There are no members for these tests.");
const listening = listenToPages({ isStrict: false });
let address: string;

beforeAll(async () => {
  const colour = { create: { width: 300, height: 200, channels: 3 as const, background: "#b52" } };
  const file = new File([Uint8Array.from(await sharp(colour).png().toBuffer())], "mine.png", {
    type: "image/png",
  });
  const fields = { caption: "Only mine", public: "false" };
  const image = await upload((path, order) => fetch(origin + path, order), file, { key: owner.key, fields });
  address = image.page_url;
});

test("its owner sees the picture, and can copy its link", async () => {
  const page = await listening.open(address, { session: owner.session });
  const picture = page.getByRole("img", { name: "Only mine" });
  await expect
    .poll(() => picture.evaluate((img) => "naturalWidth" in img && img.naturalWidth), { timeout: 20_000 })
    .toBeGreaterThan(0);
  expect(await page.getByLabel("Image link", { exact: true }).inputValue()).toContain(
    new URL(address).pathname,
  );
  expect(await listening.hush()).toEqual([]);
});

test.each([
  ["a stranger", undefined],
  ["another member", neighbour.session],
])("%s sees what they see of an id that nobody has", async (_, session) => {
  const signedIn = session === undefined ? {} : { session };
  const page = await listening.open(address, signedIn);
  const none = await listening.open(`${origin}/zzzzzzzz`, signedIn);
  // The way back from a sign-in is the address that was asked for.
  const own = new URL(address).pathname.slice(1);
  expect((await page.content()).replaceAll(own, "zzzzzzzz")).toBe(await none.content());
  expect(await page.content()).not.toContain("Only mine");
  expect((await page.reload())?.status()).toBe(404);
});

test("once signed out, the page is gone from the browser of its owner, too", async () => {
  const page = await listening.open(address, { session: owner.session });
  await page.getByRole("img", { name: "Only mine" }).waitFor();
  await page.context().clearCookies();
  await page.goto(`${origin}/plans`);
  await page.goBack();
  expect(await page.getByText("Only mine").count()).toBe(0);
});
