// Signing up and in, in a real browser: with the code, with and without scripts, by keyboard alone.
import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { listenToPages } from "../support/open-page.ts";

const origin = inject("origin");
const listening = listenToPages();

let lastAddress = 0;
const open = (path: string, javaScriptEnabled = true, host = origin) =>
  listening.open(host + path, {
    javaScriptEnabled,
    extraHTTPHeaders: { "CF-Connecting-IP": `203.0.113.${++lastAddress}` },
  });
const shownCode = async (page: Page) => (await page.locator("#shown-code").textContent()) ?? "";
async function askForCode(page: Page, email: string): Promise<string> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send me a code" }).click();
  return shownCode(page);
}
async function giveCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Code").fill(code);
  await page.getByRole("button", { name: "Go on" }).click();
}

describe.each([true, false])("scripts: %s", (scripts) => {
  test("somebody signs up with the code, comes to the account, signs out and is out", async () => {
    const email = `new-${scripts}@example.com`;
    const page = await open("/sign-up?next=/account", scripts);
    await giveCode(page, await askForCode(page, email));
    await page.getByRole("heading", { name: "Your account" }).waitFor();
    expect(page.url()).toBe(`${origin}/account`);
    expect(await page.getByLabel("E-mail").inputValue()).toBe(email);
    expect(await page.getByText("this browser").count()).toBe(1);
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.waitForURL(`${origin}/`);
    await page.goto(`${origin}/account`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(new URL(page.url()).searchParams.get("next")).toBe("/account");
  });

  test("five wrong codes end it, in words, and another code begins anew", async () => {
    listening.expected = /422|403/;
    const page = await open("/sign-in", scripts);
    const code = await askForCode(page, `wrong-${scripts}@example.com`);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, "0");
    for (let time = 0; time < 4; time++) {
      await giveCode(page, wrong);
      expect(await page.locator("#problem").textContent()).toContain("That is not the code");
    }
    await giveCode(page, wrong);
    expect(await page.locator("#problem").textContent()).toContain("not good any more");
    await giveCode(page, await askForCode(page, `wrong-${scripts}@example.com`));
    await page.getByRole("heading", { name: "Pictures" }).waitFor();
  });
});

test("a fresh deployment is claimed with its token, without scripts and once", async () => {
  listening.expected = /409/;
  const path = "/setup?token=setup-token-of-the-end-to-end-tests";
  const page = await open(path, false);
  await page.getByLabel("Your name").fill("Olga");
  await page.getByRole("button", { name: "Make it mine" }).click();
  await page.getByRole("heading", { name: "Your account" }).waitFor();
  expect(await page.getByLabel("Name").inputValue()).toBe("Olga");
  const late = await open(path);
  await late.getByRole("heading", { name: "This deployment has its operator" }).waitFor();
});

test("the cookie holds on http://localhost, too", async () => {
  const localhost = origin.replace("127.0.0.1", "localhost");
  const page = await open("/sign-in", true, localhost);
  await giveCode(page, await askForCode(page, "localhost@example.com"));
  await page.getByRole("heading", { name: "Pictures" }).waitFor();
  const cookies = await page.context().cookies();
  expect(cookies.map(({ name }) => name).sort()).toEqual(["__Host-edgepix-device", "__Host-edgepix-session"]);
  expect(await page.evaluate(() => document.cookie)).toBe("");
});

test("by keyboard alone somebody signs in", async () => {
  const page = await open("/sign-in");
  const tabTo = async (what: string) => {
    for (let step = 0; step < 12; step++) {
      await page.keyboard.press("Tab");
      const here = await page.evaluate(
        () => document.activeElement?.id || document.activeElement?.textContent,
      );
      if (here === what) return;
    }
    throw new Error(`${what} is not reached`);
  };
  await tabTo("email");
  await page.keyboard.type("keys@example.com");
  await tabTo("Send me a code");
  await page.keyboard.press("Enter");
  const code = await shownCode(page);
  // The field has the focus already.
  await page.keyboard.type(code);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Pictures" }).waitFor();
});

test("one browser signs the other one out", async () => {
  const email = "two@example.com";
  const pages = [await open("/sign-in?next=/account"), await open("/sign-in?next=/account")];
  for (const page of pages) {
    await giveCode(page, await askForCode(page, email));
    await page.getByRole("heading", { name: "Your account" }).waitFor();
  }
  const [first, second] = pages;
  await second?.getByRole("button", { name: "Sign out everywhere else" }).click();
  await second?.getByText("this browser").waitFor();
  await first?.reload();
  await first?.getByRole("heading", { name: "Sign in" }).waitFor();
});

test.each([360, 2560])("no page is wider than a window of %i pixels, in light and dark", async (width) => {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const path of ["/sign-in", "/sign-up"]) {
      const page = await listening.open(origin + path, { viewport: { width, height: 800 }, colorScheme });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
  }
});
