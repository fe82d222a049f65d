// Every page as a screen reader and weak eyes meet it: axe-core finds nothing to complain of, in light and dark, with scripts and without.
import axe from "axe-core";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { docsPageList } from "../../workers/api/reference/pages/navigation.ts";
import { startBrowser } from "../support/browser.ts";
import { signedIn } from "../support/signed-in.ts";
import { upload } from "../support/upload.ts";

const origin = inject("origin");
const key = inject("key");
const sessions = inject("sessions");
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
      expect(found).toEqual({});
    }, 180_000);
  }
}

async function block(id: string): Promise<void> {
  const context = await signedIn(browser, { origin, secret: sessions.operator });
  const page = await context.newPage();
  await page.goto(`${origin}/operator/images/${id}`);
  await page.getByRole("button", { name: "Block" }).click();
  await page.getByRole("status").waitFor();
  await context.close();
}

/** axe itself needs a script engine: scripts of ours that don't arrive are as good as none. */
async function complaintsOf(path: string, colorScheme: "light" | "dark", scripts: boolean): Promise<string> {
  const options = { colorScheme, viewport: { width: 1280, height: 900 } };
  // An operator is shown the most: all that members are, and a tab more.
  const context = await signedIn(browser, { origin, secret: sessions.operator, ...options });
  try {
    const page = await context.newPage();
    if (!scripts) await page.route("**/*.js", (route) => route.abort());
    await page.goto(origin + path, { waitUntil: "load" });
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => window.axe.run());
    return violations
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`)
      .join("\n");
  } finally {
    await context.close();
  }
}

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}
