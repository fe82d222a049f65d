// Every page as a screen reader and weak eyes meet it: axe-core finds nothing to complain of, in light and dark, with scripts and without.
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startBrowser } from "../support/browser.ts";
import { everyPage } from "../support/every-page.ts";
import { fixture } from "../support/fixtures.ts";
import { signedIn } from "../support/signed-in.ts";

const origin = inject("origin");
const operator = inject("operator");
let browser: Browser;
let pages: Readonly<Record<string, string>>;

beforeAll(async () => {
  browser = await startBrowser();
  pages = await everyPage(browser, { origin, key: inject("key"), operator });
});
afterAll(() => browser?.close());

for (const colorScheme of ["light", "dark"] as const) {
  for (const scripts of [true, false]) {
    test(`axe finds nothing on any page (${colorScheme}, scripts: ${scripts})`, async () => {
      const found: Record<string, string> = {};
      for (const [name, path] of Object.entries(pages)) {
        const complaints = await complaintsOf(path, colorScheme, scripts);
        if (complaints) found[name] = complaints;
      }
      for (const [name, walk] of Object.entries(withoutAddress)) {
        const complaints = await complaintsAfter(walk, colorScheme, scripts);
        if (complaints) found[name] = complaints;
      }
      expect(found).toEqual({});
    }, 240_000);
  }
}

type Scheme = "light" | "dark";
let lastAddress = 0;

async function complaintsOf(path: string, colorScheme: Scheme, scripts: boolean): Promise<string> {
  const options = { colorScheme, viewport: { width: 1280, height: 900 } };
  // An operator is shown the most: all that members are, and a tab more.
  const context = await signedIn(browser, { origin, secret: operator, ...options });
  try {
    const page = await context.newPage();
    if (!scripts) await withoutScripts(page);
    await page.goto(origin + path, { waitUntil: "load" });
    return await complaintsHere(page);
  } finally {
    await context.close();
  }
}

/** What has no address is come to by a form. */
const withoutAddress: Readonly<Record<string, (page: Page, scripts: boolean) => Promise<unknown>>> = {
  "the code of a sign-in": async (page) => {
    await page.context().clearCookies();
    await page.goto(`${origin}/sign-in`);
    await page.getByLabel("E-mail").fill(`axe-${crypto.randomUUID()}@example.com`);
    await page.getByRole("button", { name: "Send me a code" }).click();
    await page.getByLabel("Code").waitFor();
  },
  "the links of several pictures": async (page) => {
    await page.goto(`${origin}/gallery`);
    await page.locator(".choose-one input").first().check();
    await page.getByRole("button", { name: "Links", exact: true }).click();
    await page.getByRole("heading", { name: /^Links of/ }).waitFor();
  },
  "a deletion that is asked for once more": async (page) => {
    await page.goto(`${origin}/gallery`);
    await page.locator(".choose-one input").first().check();
    // Scripts would show an undo instead.
    await page.locator("#chosen").evaluate((form) => {
      if (!(form instanceof HTMLFormElement)) return;
      form.action = "/gallery/delete";
      form.submit();
    });
    await page.getByRole("button", { name: "Delete this picture" }).waitFor();
  },
  "what was uploaded on the front page, with its playground": async (page, scripts) => {
    await page.context().clearCookies();
    await page.goto(`${origin}/`);
    const photo = { name: "axe.jpg", mimeType: "image/jpeg", buffer: fixture("coffee.jpg") };
    await page.setInputFiles("#file", photo);
    if (!scripts) await page.getByRole("button", { name: "Upload", exact: true }).click();
    await page.getByText("Try its sizes").click({ timeout: 20_000 });
    if (scripts) await page.locator(".stage .made").waitFor();
  },
};

async function complaintsAfter(
  walk: (page: Page, scripts: boolean) => Promise<unknown>,
  colorScheme: Scheme,
  scripts: boolean,
): Promise<string> {
  const options = { colorScheme, viewport: { width: 1280, height: 900 } };
  // Uploads and codes count by address.
  const extraHTTPHeaders = { "CF-Connecting-IP": `198.51.102.${++lastAddress}` };
  const context = await signedIn(browser, { origin, secret: operator, ...options, extraHTTPHeaders });
  try {
    const page = await context.newPage();
    if (!scripts) await withoutScripts(page);
    await walk(page, scripts);
    return await complaintsHere(page);
  } finally {
    await context.close();
  }
}

/** axe itself needs a script engine: scripts of ours that don't arrive are as good as none. */
const withoutScripts = (page: Page) => page.route("**/*.js", (route) => route.abort());

async function complaintsHere(page: Page): Promise<string> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`)
    .join("\n");
}

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}
