// Passkeys in a real browser, with Chromium's virtual authenticator: made on the account page, used to sign in, removed.
import type { CDPSession, Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { listenToPages } from "../support/open-page.ts";

// A passkey belongs to a name, and an IP address is none.
const origin = inject("origin").replace("127.0.0.1", "localhost");
const listening = listenToPages();

let lastAddress = 0;
const open = (path: string) =>
  listening.open(origin + path, { extraHTTPHeaders: { "CF-Connecting-IP": `192.0.2.${++lastAddress}` } });

async function authenticator(page: Page): Promise<{ readonly cdp: CDPSession; readonly id: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2" as const,
    transport: "internal" as const,
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options });
  return { cdp, id: authenticatorId };
}

async function signUp(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await page.getByLabel("Code").fill((await page.locator("#shown-code").textContent()) ?? "");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("heading", { name: "Your account" }).waitFor();
}

test("a passkey is added, signs in without any mail, and opens nothing once it is removed", async () => {
  listening.expected = /403/;
  const page = await open("/sign-up?next=/account");
  const { cdp, id } = await authenticator(page);
  await signUp(page, "passkey@example.com");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  const line = page.getByRole("listitem").filter({ hasText: "not used yet" });
  await line.waitFor();
  const { credentials } = await cdp.send("WebAuthn.getCredentials", { authenticatorId: id });
  expect(credentials).toMatchObject([{ isResidentCredential: true, rpId: "localhost" }]);

  await page.getByRole("button", { name: "Sign out", exact: true }).first().click();
  await page.waitForURL(`${origin}/`);
  await page.goto(`${origin}/account?from=link`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page
    .getByText(/last used \d{4}/)
    .first()
    .waitFor();
  expect(page.url()).toBe(`${origin}/account?from=link`);

  await page.getByRole("button", { name: /Remove the passkey/ }).click();
  await page.waitForURL(/#passkeys$/);
  expect(await page.getByRole("button", { name: /Remove the passkey/ }).count()).toBe(0);
  await page.getByRole("button", { name: "Sign out", exact: true }).first().click();
  await page.waitForURL(`${origin}/`);
  await page.goto(`${origin}/sign-in`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByText("That passkey opens nothing here.").waitFor();
});

test("what a passkey signed once signs nobody in a second time, and in no other browser", async () => {
  listening.expected = /403/;
  const page = await open("/sign-up?next=/account");
  await authenticator(page);
  await signUp(page, "replay@example.com");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("not used yet").waitFor();
  await page.getByRole("button", { name: "Sign out", exact: true }).first().click();
  await page.waitForURL(`${origin}/`);
  await page.goto(`${origin}/sign-in`);
  const said = page.waitForRequest(/\/sign-in\/passkey$/);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  const body = (await said).postData() ?? "";
  await page.getByRole("heading", { name: "Pictures" }).waitFor();
  const replay = (to: Page) =>
    to.evaluate(async (sent) => {
      const headers = { "Content-Type": "application/json" };
      return (await fetch("/sign-in/passkey", { method: "POST", headers, body: sent })).status;
    }, body);
  expect(await replay(page)).toBe(403);
  const other = await open("/sign-in");
  await other.evaluate(() => fetch("/sign-in/passkey/options", { method: "POST" }));
  expect(await replay(other)).toBe(403);
  const member = await (await open("/account")).title();
  expect(member).toContain("Sign in");
});

test("a passkey whose owner is not verified is not taken", async () => {
  listening.expected = /403/;
  const page = await open("/sign-up?next=/account");
  const { cdp, id } = await authenticator(page);
  await signUp(page, "unverified@example.com");
  await cdp.send("WebAuthn.setUserVerified", { authenticatorId: id, isUserVerified: false });
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect.poll(() => page.locator("#passkey-told").textContent()).toContain("Nothing happened");
  expect(await page.getByRole("button", { name: /Remove the passkey/ }).count()).toBe(0);
});
