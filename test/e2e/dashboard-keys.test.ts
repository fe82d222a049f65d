// Keys in a real browser: a member makes one, uses it, and revokes it.
import { expect, inject, test } from "vitest";
import { listenToPages } from "../support/open-page.ts";

const origin = inject("origin");
const session = inject("members")[0]?.session;
const listening = listenToPages();

const usageWith = (key: string) =>
  fetch(`${origin}/v1/usage`, { headers: { Authorization: `Bearer ${key}` } });

test.each([true, false])("a key is made, used and revoked (scripts: %s)", async (javaScriptEnabled) => {
  const page = await listening.open(`${origin}/keys`, { javaScriptEnabled, ...(session && { session }) });
  const name = `laptop ${javaScriptEnabled}`;
  await page.getByLabel("New key").fill(name);
  await page.getByLabel("write: upload").uncheck();
  await page.getByRole("button", { name: "Make the key" }).click();
  const key = await page.getByLabel("Key", { exact: true }).inputValue();
  expect(await page.getByRole("textbox", { name: "Try it in a terminal" }).inputValue()).toBe(
    `curl -H "Authorization: Bearer ${key}" -F file=@photo.jpg ${origin}/v1/images`,
  );
  expect((await usageWith(key)).status).toBe(200);
  await page.goto(`${origin}/keys`);
  expect(await page.content()).not.toContain(key);
  const line = page.getByRole("listitem").filter({ hasText: name });
  await line.getByText("Revoke", { exact: true }).click();
  await line.getByRole("button", { name: "Revoke this key" }).click();
  await page.getByText("Keys that are over").waitFor();
  expect((await usageWith(key)).status).toBe(401);
});

test("by keyboard alone a key is made", async () => {
  const page = await listening.open(`${origin}/keys`, session === undefined ? {} : { session });
  await page.getByLabel("New key").focus();
  await page.keyboard.type("by keyboard");
  for (let step = 0; step < 10; step++) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate(() => document.activeElement?.textContent)) === "Make the key") break;
  }
  await page.keyboard.press("Enter");
  const key = await page.getByLabel("Key", { exact: true }).inputValue();
  expect((await usageWith(key)).status).toBe(200);
});

test("without a session the page asks to sign in", async () => {
  const answer = await fetch(`${origin}/keys`, { redirect: "manual" });
  expect(answer.headers.get("Location")).toBe("/sign-in?next=%2Fkeys");
});
