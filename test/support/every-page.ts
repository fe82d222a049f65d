// Every kind of page of the running product by an address that shows it filled: for what must hold on all of them.
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { expect } from "vitest";
import { docsPageList } from "../../workers/api/reference/pages/navigation.ts";
import { signedIn } from "./signed-in.ts";
import { upload } from "./upload.ts";

interface Product {
  readonly origin: string;
  /** Of the account `e2e`. */
  readonly key: string;
  /** What the cookie of an operator's browser holds. */
  readonly operator: string;
}

/** Makes the pictures and reports that the pages show; resolves to the pages' names and paths. */
export async function everyPage(
  browser: Browser,
  { origin, key, operator }: Product,
): Promise<Readonly<Record<string, string>>> {
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
  await block(browser, { origin, operator }, blocked.id);
  const own = await uploadAsOperator(browser, { origin, operator }, Uint8Array.from(bytes));
  return {
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
    "refused files": "/operator/files",
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
}

async function block(
  browser: Browser,
  { origin, operator }: Omit<Product, "key">,
  id: string,
): Promise<void> {
  const context = await signedIn(browser, { origin, secret: operator });
  const page = await context.newPage();
  await page.goto(`${origin}/operator/images/${id}`);
  await page.getByRole("button", { name: "Block" }).click();
  await page.getByRole("status").waitFor();
  await context.close();
}

/** By the gallery's form: the operator has no key. Resolves to its id. */
async function uploadAsOperator(
  browser: Browser,
  { origin, operator }: Omit<Product, "key">,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const context = await signedIn(browser, { origin, secret: operator, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${origin}/gallery`);
  await page.setInputFiles("#file", { name: "own.png", mimeType: "image/png", buffer: Buffer.from(bytes) });
  await page.getByRole("button", { name: "Upload", exact: true }).click();
  const href = await page.getByRole("link", { name: "Change or delete it" }).getAttribute("href");
  await context.close();
  return href?.split("/").at(-1) ?? "";
}
