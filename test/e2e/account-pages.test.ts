// One's account in a browser without scripts: another address, sessions, the export, invitations, and the end of it.
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import * as z from "zod";
import { listenToPages } from "../support/open-page.ts";

const origin = inject("origin");
const operator = inject("operator");
const listening = listenToPages();

let lastAddress = 0;
const open = (path: string, more: { readonly session?: string; readonly userAgent?: string } = {}) =>
  listening.open(origin + path, {
    javaScriptEnabled: false,
    extraHTTPHeaders: { "CF-Connecting-IP": `203.0.114.${++lastAddress}` },
    ...more,
  });
async function giveCode(page: Page, code: string | null): Promise<void> {
  await page.getByLabel("Code").fill(code ?? "");
  await page.getByRole("button", { name: "Go on" }).click();
}
async function signIn(email: string, path = "/sign-in?next=/account", userAgent?: string): Promise<Page> {
  const page = await open(path, userAgent === undefined ? {} : { userAgent });
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await giveCode(page, await page.locator("#shown-code").textContent());
  return page;
}
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

test("the address is changed by the code that came to the new one", async () => {
  listening.expected = /422|409/;
  const page = await signIn("before@example.com");
  await page.getByLabel("E-mail").fill("after@example.com");
  await press(page, "Change the address");
  const code = (await page.locator("#shown-code").textContent()) ?? "";
  await giveCode(page, String((Number(code) + 1) % 1_000_000).padStart(6, "0"));
  expect(await page.getByRole("alert").textContent()).toContain("That is not the code");
  await giveCode(page, code);
  await page.getByRole("heading", { name: "Your account" }).waitFor();
  expect(await page.getByLabel("E-mail").inputValue()).toBe("after@example.com");
  const again = await signIn("after@example.com");
  expect(await again.getByLabel("Name").inputValue()).toBe("before");
});

test("one of several browsers is signed out, and the others stay", async () => {
  const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
  const here = await signIn("many@example.com");
  const lost = await signIn("many@example.com", "/sign-in?next=/account", firefox);
  await here.reload();
  await press(here, "Sign out Firefox on Linux");
  expect(await here.getByText("Firefox on Linux").count()).toBe(0);
  expect(await here.getByText("this browser").count()).toBe(1);
  await lost.reload();
  await lost.getByRole("heading", { name: "Sign in" }).waitFor();
});

test("everything is taken along as one file", async () => {
  const page = await signIn("along@example.com");
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the list" }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toBe("edgepix-export.json");
  const list: unknown = JSON.parse(await readFile(await file.path(), "utf8"));
  const shape = z.object({
    account: z.object({ email: z.string() }),
    count: z.number(),
    images: z.array(z.unknown()),
  });
  expect(shape.parse(list)).toMatchObject({ account: { email: "along@example.com" }, count: 0, images: [] });
});

test("an operator invites somebody onto a plan, and takes another invitation back", async () => {
  listening.expected = /403/;
  const page = await open("/operator/invitations", { session: operator });
  const invite = async (whom: string) => {
    await page.getByLabel("Whom it is for").fill(whom);
    await page.getByLabel("Plan").selectOption("pro");
    await press(page, "Make a link");
    return new URL(await page.getByLabel("Send this link").inputValue());
  };
  const [kept, revoked] = [await invite("Ann"), await invite("Bob")];
  await press(page, "Revoke the invitation Bob");
  const stateOf = (whom: string) => page.locator(".lines li").filter({ hasText: whom }).first().textContent();
  expect(await stateOf("Bob")).toContain("revoked");
  const ann = await signIn("ann.invited@example.com", `${kept.pathname}${kept.search}&next=/account`);
  expect(await ann.locator(".facts").textContent()).toContain("Pro");
  const bob = await signIn("bob.invited@example.com", `${revoked.pathname}${revoked.search}&next=/account`);
  // Signing up is open here: without a good invitation it is the plan of everybody.
  expect(await bob.locator(".facts").textContent()).toContain("Free");
  await page.reload();
  expect(await stateOf("Ann")).toContain("used");
});

test("passkeys say what they need", async () => {
  const page = await signIn("keyless@example.com");
  // Chromium hides what is for browsers without scripts where they are switched off by a debugger.
  expect(await page.locator("noscript").textContent()).toContain("Adding a passkey needs JavaScript.");
  expect(await page.locator("#add-passkey").isVisible()).toBe(false);
  const stranger = await open("/sign-in");
  expect(await stranger.locator("noscript").textContent()).toContain(
    "Signing in with a passkey needs JavaScript",
  );
  expect(await stranger.locator("#use-passkey").isVisible()).toBe(false);
});

test("an account is deleted after its word was typed, and the page follows it to its end", async () => {
  listening.expected = /422/;
  const page = await signIn("leaving@example.com");
  await page.getByLabel("Type the word delete").fill("no");
  await press(page, "Delete the account and all pictures");
  await page.getByText("Nothing was deleted").waitFor();
  await page.getByLabel("Type the word delete").fill("delete");
  await press(page, "Delete the account and all pictures");
  expect(new URL(page.url()).pathname).toBe("/account/deletion");
  const heading = () => page.getByRole("heading").first().textContent();
  while ((await heading()) === "Your account is being deleted") await page.reload();
  expect(await heading()).toBe("Your account is deleted");
  await page.goto(`${origin}/gallery`);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  // Its address is free for another.
  const anew = await signIn("leaving@example.com");
  await anew.getByRole("heading", { name: "Your account" }).waitFor();
});
