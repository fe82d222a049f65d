// Every page as a screen reader and weak eyes meet it: axe-core finds nothing to complain of, in light and dark, with scripts and without.
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { docsPageList } from "../../workers/api/reference/pages/navigation.ts";
import { startBrowser } from "../support/browser.ts";
import { signedIn } from "../support/signed-in.ts";
import { upload } from "../support/upload.ts";

const origin = inject("origin");
const key = inject("key");
const operator = inject("operator");
let browser: Browser;
let pages: Readonly<Record<string, string>>;

beforeAll(async () => {
  browser = await startBrowser();
  const colour = { create: { width: 600, height: 400, channels: 3 as const, background: "#3a7" } };
  const bytes = Uint8Array.from(await sharp(colour).png().toBuffer());
  const sent = (fields: Readonly<Record<string, string>>) =>
    upload((path, order) => fetch(origin + path, order), new File([bytes], "a.png", { type: "image/png" }), {
      key,
      fields,
    });
  const plain = await sent({ caption: "A green field" });
  const gated = await sent({ nsfw: "true" });
  const blocked = await sent({ caption: "Not ours" });
  for (const { id } of [plain, gated, blocked]) {
    const body = new URLSearchParams({ reason: "spam", words: "Some words", email: "ann@example.com" });
    const headers = { Origin: origin, "CF-Connecting-IP": "198.51.100.231" };
    expect((await fetch(`${origin}/${id}/report`, { method: "POST", body, headers })).status).toBe(200);
  }
  await block(blocked.id);
  const own = await uploadAsOperator(Uint8Array.from(bytes));
  pages = {
    "front page": "/",
    plans: "/plans",
    ...Object.fromEntries(docsPageList.map(({ path, title }) => [`reference: ${title}`, path])),
    viewer: `/${plain.id}`,
    "viewer of what is marked nsfw": `/${gated.id}`,
    "delete form": `/${plain.id}/delete?token=none`,
    "sign-in": "/sign-in",
    "sign-up": "/sign-up",
    "nothing here": "/nothing/here",
    report: `/${plain.id}/report`,
    "taken down": `/${blocked.id}`,
    "reported pictures": "/operator",
    "a reported picture": `/operator/images/${gated.id}?did=nsfw&to=${gated.id}&purge=done`,
    "a picture that was blocked": `/operator/images/${blocked.id}`,
    accounts: "/operator/accounts",
    "an account": "/operator/accounts/e2e",
    figures: "/operator/figures",
    account: "/account",
    gallery: "/gallery",
    "gallery, narrowed": "/gallery?order=asc&public=true",
    "one picture of the gallery": `/gallery/${own}`,
    keys: "/keys",
    usage: "/usage",
    invitations: "/operator/invitations",
    "set up": "/setup",
    tools: `/tools?picture=${own}`,
  };
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

async function block(id: string): Promise<void> {
  const context = await signedIn(browser, { origin, secret: operator });
  const page = await context.newPage();
  await page.goto(`${origin}/operator/images/${id}`);
  await page.getByRole("button", { name: "Block" }).click();
  await page.getByRole("status").waitFor();
  await context.close();
}

/** By the gallery's form: the operator has no key. Resolves to its id. */
async function uploadAsOperator(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const context = await signedIn(browser, { origin, secret: operator, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${origin}/gallery`);
  await page.setInputFiles("#file", { name: "own.png", mimeType: "image/png", buffer: Buffer.from(bytes) });
  await page.getByRole("button", { name: "Upload", exact: true }).click();
  const href = await page.getByRole("link", { name: "Change or delete it" }).getAttribute("href");
  await context.close();
  return href?.split("/").at(-1) ?? "";
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
