// The front page of who is signed in: uploads are theirs; and what a refused upload offers beside the file, to them and to nobody.
import { expect, inject, test } from "vitest";
import { imageSchema } from "../../schema/api.ts";
import { fixture } from "../support/fixtures.ts";
import { listenToPages } from "../support/open-page.ts";

const origin = inject("origin");
const [, , member] = inject("members");
if (!member) throw new Error("There is no member for these tests.");
const { key, session } = member;
const listening = listenToPages();
const soon = { timeout: 20_000 };

const file = (name: string) => ({ name, mimeType: "image/jpeg", buffer: Buffer.from(fixture("coffee.jpg")) });

test.each([true, false])(
  "a member's picture goes to their account (scripts: %s)",
  async (javaScriptEnabled) => {
    const page = await listening.open(`${origin}/`, { session, javaScriptEnabled });
    const name = `mine-${javaScriptEnabled}.jpg`;
    await page.setInputFiles("#file", file(name));
    if (!javaScriptEnabled) await page.getByRole("button", { name: "Upload", exact: true }).click();
    await page.getByRole("link", { name: "Change or delete it" }).click(soon);
    await page.getByRole("heading", { name, level: 1 }).waitFor();
    const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    const answer = await fetch(`${origin}/v1/images/${id}`, { headers: { Authorization: `Bearer ${key}` } });
    expect(imageSchema.parse(await answer.json()).expires_at).toBeNull();
  },
);

test("a member who was signed out meanwhile is told so, and led to sign in", async () => {
  const page = await listening.open(`${origin}/`, { session });
  await page.context().clearCookies();
  await page.setInputFiles("#file", file("late.jpg"));
  const line = page.getByRole("listitem").filter({ hasText: "late.jpg" });
  await line.getByText("You are signed out.").waitFor(soon);
  await line.getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("E-mail").waitFor();
});

test("whose hour is used up without an account is offered one beside the file, and on the page without scripts", async () => {
  listening.expected = /429/;
  const from = { "CF-Connecting-IP": "198.51.100.177" };
  const icon = new File([Uint8Array.from(fixture("icon.ico"))], "icon.ico");
  for (let sent = 0; sent < 20; sent++) {
    const body = new FormData();
    body.append("file", icon);
    expect((await fetch(`${origin}/v1/images`, { method: "POST", body, headers: from })).status).toBe(201);
  }
  for (const javaScriptEnabled of [true, false]) {
    const page = await listening.open(`${origin}/`, { javaScriptEnabled, extraHTTPHeaders: from });
    await page.setInputFiles("#file", file("more.jpg"));
    if (!javaScriptEnabled) await page.getByRole("button", { name: "Upload", exact: true }).click();
    const within = javaScriptEnabled ? page.getByRole("listitem").filter({ hasText: "more.jpg" }) : page;
    await within.getByRole("link", { name: "Make an account" }).click(soon);
    await page
      .getByRole("heading", { name: /Sign up|account/i })
      .first()
      .waitFor();
  }
});
