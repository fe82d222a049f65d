// The front page in a real browser: drop, paste, choose, import, cancel, retry, take back; with and without scripts.
import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { fixture } from "../support/fixtures.ts";
import { listenToPages } from "../support/open-page.ts";

const origin = inject("origin");
const listening = listenToPages();

const file = (name: string) => ({ name, mimeType: "image/jpeg", buffer: fixture("coffee.jpg") });
/** The rate of uploads is an address's: each test comes from another one. */
let lastAddress = 0;
const open = (path = "/", javaScriptEnabled = true) =>
  listening.open(origin + path, {
    javaScriptEnabled,
    viewport: { width: 1280, height: 900 },
    extraHTTPHeaders: { "CF-Connecting-IP": `198.51.100.${++lastAddress}` },
  });

/** Files as a browser hands them over when they are dropped or pasted. */
async function handOver(page: Page, event: "drop" | "paste", names: readonly string[]): Promise<void> {
  const base64 = Buffer.from(fixture("coffee.jpg")).toString("base64");
  await page.evaluate(
    ([kind, content, list]) => {
      const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
      const data = new DataTransfer();
      for (const name of list) data.items.add(new File([bytes], name, { type: "image/jpeg" }));
      const made =
        kind === "drop"
          ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
          : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      document.body.dispatchEvent(made);
    },
    [event, base64, names] as const,
  );
}

const linkOf = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ hasText: name }).getByLabel("Image link", { exact: true });

test("two files are dropped, and both links open", async () => {
  const page = await open();
  await handOver(page, "drop", ["one.jpg", "two.jpg"]);
  for (const name of ["one.jpg", "two.jpg"]) {
    const link = await linkOf(page, name).inputValue({ timeout: 20_000 });
    const answer = await fetch(link);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toBe("image/jpeg");
    await answer.arrayBuffer();
  }
  const pages = await page
    .locator(".result")
    .evaluateAll((all) => all.map((one) => one.getAttribute("data-page")));
  const together = await page.getByLabel("All page links", { exact: true }).inputValue();
  expect(together.split("\n").sort()).toEqual(pages.sort());
});

test("a picture is pasted", async () => {
  const page = await open();
  await handOver(page, "paste", ["pasted.jpg"]);
  expect(await linkOf(page, "pasted.jpg").inputValue({ timeout: 20_000 })).toMatch(/\.jpg$/);
});

test("what is no picture is refused in words, beside its name", async () => {
  listening.expected = /422/;
  const page = await open();
  await page.setInputFiles("#file", {
    name: "notes.jpg",
    mimeType: "image/jpeg",
    buffer: Buffer.from("only words"),
  });
  const line = page.getByRole("listitem").filter({ hasText: "notes.jpg" });
  await line.getByRole("button", { name: /Remove/ }).waitFor();
  expect(await line.locator(".status").textContent()).toMatch(/picture|image/i);
});

test("a file that is too large is told so before it is sent", async () => {
  const page = await open();
  const asked: string[] = [];
  page.on("request", (request) => void (request.method() === "POST" && asked.push(request.url())));
  await page.setInputFiles("#file", {
    name: "large.jpg",
    mimeType: "image/jpeg",
    buffer: Buffer.alloc(20_000_001),
  });
  const line = page.getByRole("listitem").filter({ hasText: "large.jpg" });
  expect(await line.locator(".status").textContent()).toContain("at most 20.0 MB");
  expect(asked).toEqual([]);
});

test("an upload that went offline is sent again, and makes one picture", async () => {
  listening.expected = /ERR_|Failed to load/;
  const page = await open();
  await page.context().setOffline(true);
  await page.setInputFiles("#file", file("far.jpg"));
  const line = page.getByRole("listitem").filter({ hasText: "far.jpg" });
  const retry = line.getByRole("button", { name: /Try again/ });
  await retry.waitFor();
  expect(await line.locator(".status").textContent()).toContain("connection was lost");
  await page.context().setOffline(false);
  await retry.click();
  expect(await linkOf(page, "far.jpg").inputValue({ timeout: 20_000 })).toMatch(/\.jpg$/);
});

test("an upload is cancelled while it is sent", async () => {
  const page = await open();
  await page.route(`${origin}/`, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    // Never answered: the page gives up first.
    await page.waitForTimeout(60_000).catch(() => undefined);
  });
  await page.setInputFiles("#file", file("held.jpg"));
  const line = page.getByRole("listitem").filter({ hasText: "held.jpg" });
  await line.getByRole("button", { name: /Cancel/ }).click();
  await line.getByText("Cancelled.").waitFor();
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("the page remembers what was uploaded here, and its delete link takes it back", async () => {
  listening.expected = /404/;
  const page = await open();
  await page.setInputFiles("#file", file("regret.jpg"));
  const link = await linkOf(page, "regret.jpg").inputValue({ timeout: 20_000 });
  await page.reload();
  await page.getByRole("link", { name: /Delete: / }).click();
  await page.getByRole("button", { name: "Delete it" }).click();
  await page.getByRole("heading", { name: "The picture is gone" }).waitFor();
  expect((await fetch(link)).status).toBe(404);
  await page.goto(`${origin}/`);
  await expect.poll(() => page.locator("#recent li").count()).toBe(0);
});

test("whoever uploaded a picture without an account deletes it from its page, in the same browser only", async () => {
  listening.expected = /404/;
  const page = await open();
  await page.setInputFiles("#file", file("second thoughts.jpg"));
  const shared = page.getByRole("listitem").filter({ hasText: "second thoughts.jpg" });
  const address = await shared.getByLabel("Page link", { exact: true }).inputValue({ timeout: 20_000 });
  const elsewhere = await listening.open(address);
  await elsewhere.getByRole("link", { name: "Report this picture" }).waitFor();
  expect(await elsewhere.getByRole("link", { name: "Delete it" }).count()).toBe(0);
  await page.goto(address);
  await page.getByRole("link", { name: "Delete it" }).click();
  await page.getByRole("button", { name: "Delete it" }).click();
  await page.getByRole("heading", { name: "The picture is gone" }).waitFor();
  expect((await fetch(address)).status).toBe(404);
});

test("a thumbnail that does not come for the moment takes no delete link away", async () => {
  listening.expected = /503|404/;
  const page = await open();
  await page.setInputFiles("#file", file("busy.jpg"));
  const link = await linkOf(page, "busy.jpg").inputValue({ timeout: 20_000 });
  const name = `Picture ${/([a-z0-9]{8})\.jpg$/.exec(link)?.[1]}`;
  await page.route("**/*size=s", (route) => route.fulfill({ status: 503 }));
  await page.reload();
  await page.getByRole("link", { name, exact: true }).getByText(name).waitFor();
  await page.unrouteAll();
  await page.reload();
  await page.getByRole("link", { name: `Delete: ${name}` }).click();
  await page.getByRole("button", { name: "Delete it" }).click();
  await page.getByRole("heading", { name: "The picture is gone" }).waitFor();
  expect((await fetch(link)).status).toBe(404);
});

test("what was deleted from elsewhere is remembered no more", async () => {
  listening.expected = /404/;
  const page = await open();
  await page.setInputFiles("#file", file("elsewhere.jpg"));
  const shared = page.getByRole("listitem").filter({ hasText: "elsewhere.jpg" }).locator(".result");
  await shared.waitFor({ timeout: 20_000 });
  const deleteUrl = (await shared.getAttribute("data-delete")) ?? "";
  const body = new URLSearchParams({ token: new URL(deleteUrl).searchParams.get("token") ?? "" });
  expect((await fetch(deleteUrl, { method: "POST", body })).status).toBe(200);
  // As if the browser had kept no copy of the thumbnail.
  await page.route("**/*size=s", (route) => route.fulfill({ status: 404 }));
  await page.reload();
  await expect.poll(() => page.locator("#recent li").count()).toBe(0);
  expect(await page.evaluate(() => localStorage.getItem("edgepix-uploads"))).toBe("[]");
});

test("the playground writes the address as its controls are turned, and says what came", async () => {
  const page = await open();
  await page.setInputFiles("#file", file("play.jpg"));
  const link = await linkOf(page, "play.jpg").inputValue({ timeout: 20_000 });
  await page.getByText("Try its sizes").click();
  await page.getByLabel("Width, pixels").fill("40");
  await page.getByLabel("Format").selectOption("webp");
  const address = page.getByLabel("Its address", { exact: true });
  await expect.poll(() => address.inputValue()).toBe(`${link}?w=40&format=webp`);
  await expect
    .poll(() => page.locator(".told").textContent(), { timeout: 20_000 })
    .toMatch(/^40 × \d+, \d+ (bytes|kB) of WebP, \d+ % smaller$/);
});

describe("without scripts", () => {
  test("a picture goes up by the form and comes down again", async () => {
    listening.expected = /404/;
    const page = await open("/", false);
    await page.setInputFiles("#file", file("plain.jpg"));
    await page.getByRole("button", { name: "Upload", exact: true }).click();
    await page.getByRole("heading", { name: "Your picture is online" }).waitFor();
    const link = await page.getByLabel("Image link").inputValue();
    expect((await fetch(link)).status).toBe(200);
    await page.getByRole("link", { name: "Delete it" }).click();
    expect((await fetch(link)).status).toBe(200);
    await page.getByRole("button", { name: "Delete it" }).click();
    await page.getByRole("heading", { name: "The picture is gone" }).waitFor();
    expect((await fetch(link)).status).toBe(404);
  });

  test("the playground opens the picture that its form asks for", async () => {
    const page = await open("/", false);
    await page.setInputFiles("#file", file("plain.jpg"));
    await page.getByRole("button", { name: "Upload", exact: true }).click();
    await page.getByText("Try its sizes").click();
    await page.getByLabel("Width, pixels").fill("40");
    const opened = page.context().waitForEvent("page");
    await page.getByRole("button", { name: "Open the picture" }).click();
    const picture = await opened;
    await picture.waitForLoadState();
    expect(new URL(picture.url()).searchParams.get("w")).toBe("40");
    expect(await picture.title()).toContain("40×");
  });

  test("an address that leads nowhere is refused in words, with the form ready for another", async () => {
    listening.expected = /422|502/;
    const page = await open("/", false);
    await page.getByLabel("Or take one from the web").fill("http://127.0.0.1/x.jpg");
    await page.getByRole("button", { name: "Take it" }).click();
    expect(await page.getByRole("alert").textContent()).not.toBe("");
    expect(await page.getByRole("button", { name: "Upload", exact: true }).count()).toBe(1);
  });
});

test.each([360, 2560])("nothing is wider than a window of %i pixels, in light and dark", async (width) => {
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await listening.open(`${origin}/`, { viewport: { width, height: 800 }, colorScheme });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
});

test("by keyboard alone a file can be chosen and an address sent", async () => {
  const page = await open();
  const reached: string[] = [];
  for (let step = 0; step < 8; step++) {
    await page.keyboard.press("Tab");
    reached.push(
      await page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent || ""),
    );
  }
  expect(reached).toEqual(expect.arrayContaining(["Choose pictures", "url", "Take it"]));
});

test("another site's markup in a filename stays text", async () => {
  const page = await open();
  const name = '<img src=x onerror="document.title=1">.jpg';
  await page.setInputFiles("#file", file(name));
  await page.getByLabel("Image link", { exact: true }).waitFor({ timeout: 20_000 });
  expect(await page.title()).toBe("edgepix");
  expect(await page.locator("img[src=x]").count()).toBe(0);
});
