// Every page as a screen reader and weak eyes meet it: axe-core finds nothing to complain of, in light and dark, with scripts and without.
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startBrowser } from "../support/browser.ts";
import { everyPage } from "../support/every-page.ts";
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
      const code = await complaintsOfCode(colorScheme, scripts);
      if (code) found["the code of a sign-in"] = code;
      expect(found).toEqual({});
    }, 240_000);
  }
}

type Scheme = "light" | "dark";

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

/** The second step of a sign-in has no address: its first leads to it. */
async function complaintsOfCode(colorScheme: Scheme, scripts: boolean): Promise<string> {
  const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    if (!scripts) await withoutScripts(page);
    await page.goto(`${origin}/sign-in`);
    await page.getByLabel("E-mail").fill(`axe-${colorScheme}-${scripts}@example.com`);
    await page.getByRole("button", { name: "Send me a code" }).click();
    await page.getByLabel("Code").waitFor();
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
