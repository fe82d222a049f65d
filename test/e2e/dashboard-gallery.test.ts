// The gallery in a real browser: scroll, find, choose, delete with undo, change, upload; by keyboard, and without scripts.
import type { Page } from "playwright-core";
import sharp from "sharp";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { imageListSchema } from "../../schema/api.ts";
import { fixture } from "../support/fixtures.ts";
import { listenToPages } from "../support/open-page.ts";
import { upload } from "../support/upload.ts";

const origin = inject("origin");
const [, member] = inject("members");
if (!member) throw new Error("There is no member for these tests.");
const { key, session } = member;
const COUNT = 66;
const soon = { timeout: 20_000 };
const listening = listenToPages();

beforeAll(async () => {
  for (let at = 0; at < COUNT; at++) await put(`picture ${at}`);
});

/** Small and each of another colour; every eleventh belongs to a trip. */
async function put(caption: string) {
  const at = Number(caption.split(" ")[1]) || 0;
  const background = { r: (at * 40) % 256, g: (at * 90) % 256, b: 90 };
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background } })
    .png()
    .toBuffer();
  const file = new File([Uint8Array.from(bytes)], `${at}.png`, { type: "image/png" });
  const labels = at % 11 === 0 ? { labels: '{"trip":"rome"}' } : {};
  return upload((path, order) => fetch(origin + path, order), file, { key, fields: { caption, ...labels } });
}

/** Renders and uploads count by address. */
let lastAddress = 0;
const open = (path = "/gallery", javaScriptEnabled = true) =>
  listening.open(origin + path, {
    session,
    javaScriptEnabled,
    viewport: { width: 1280, height: 900 },
    extraHTTPHeaders: { "CF-Connecting-IP": `198.51.101.${++lastAddress}` },
  });

async function listed(query: string) {
  const answer = await fetch(`${origin}/v1/images?limit=100&${query}`, {
    headers: { Authorization: `Bearer ${key}` },
  });
  return imageListSchema.parse(await answer.json()).data;
}

const box = (page: Page, caption: string) => page.getByLabel(`Choose ${caption}`, { exact: true });
const tiles = (page: Page) => page.locator(".tile:visible");

test("scrolled to its end, the gallery shows every picture once", async () => {
  const page = await open();
  await expect.poll(() => tiles(page).count(), soon).toBeGreaterThanOrEqual(60);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect.poll(() => tiles(page).count(), soon).toBe(COUNT);
  expect(await page.locator("#more").count()).toBe(0);
  const ids = await tiles(page).evaluateAll((all) => all.map(({ id }) => id));
  expect(new Set(ids).size).toBe(COUNT);
});

test("pictures are found by words and by label", async () => {
  const page = await open();
  await page.getByLabel("Name or caption").fill("picture 42");
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await expect.poll(() => tiles(page).count(), soon).toBe(1);
  await page.getByLabel("Name or caption").fill("");
  await page.getByText("By label, who sees it, order").click();
  await page.getByLabel("Label", { exact: true }).fill("trip=rome");
  await page.getByLabel("Label", { exact: true }).press("Enter");
  await expect.poll(() => tiles(page).count(), soon).toBe(6);
});

test("thirty are chosen with shift, deleted, put back by undo, and deleted for good", async () => {
  const doomed = await Promise.all(Array.from({ length: 30 }, (_, at) => put(`doomed ${at}`)));
  const page = await open("/gallery?q=doomed");
  const boxes = page.locator(".choose-one input");
  await boxes.first().check();
  await boxes.nth(29).click({ modifiers: ["Shift"] });
  await page.getByText("30 chosen").waitFor();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("30 pictures will be deleted for good in 10 seconds").waitFor();
  expect(await tiles(page).count()).toBe(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("30 pictures put back. Nothing was deleted.").waitFor();
  expect(await tiles(page).count()).toBe(30);
  expect(await listed("q=doomed")).toHaveLength(30);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Delete now" }).click();
  await page.getByText("30 pictures deleted.").waitFor();
  expect(await listed("q=doomed")).toEqual([]);
  expect((await fetch(doomed[0]?.url ?? "")).status).toBe(404);
});

test("a deletion that was announced is sent when the page is left", async () => {
  await put("left behind");
  const page = await open("/gallery?q=left+behind");
  await box(page, "left behind").check();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("1 picture will be deleted").waitFor();
  expect(await listed("q=left")).toHaveLength(1);
  await page.goto(`${origin}/keys`);
  await expect.poll(async () => (await listed("q=left")).length, soon).toBe(0);
});

test("who deletes and looks for more at once does not meet the deleted again", async () => {
  await put("going 1");
  await put("going 2");
  const page = await open("/gallery?q=going");
  await box(page, "going 1").check();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("1 picture will be deleted").waitFor();
  const found = page.waitForEvent("load");
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await found;
  expect(await tiles(page).count()).toBe(1);
  await box(page, "going 2").check();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("1 picture will be deleted").waitFor();
  await page.getByRole("link", { name: "Pictures", exact: true }).click();
  await page.waitForURL(`${origin}/gallery`);
  expect(await box(page, "going 2").count()).toBe(0);
});

test("who deletes and signs out at once has deleted", async () => {
  const page = await listening.open(`${origin}/sign-in`, {
    extraHTTPHeaders: { "CF-Connecting-IP": `198.51.101.${++lastAddress}` },
  });
  await page.getByLabel("E-mail").fill("leaves-at-once@example.com");
  await page.getByRole("button", { name: "Send me a code" }).click();
  await page.getByLabel("Code").fill((await page.locator("#shown-code").textContent()) ?? "");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.waitForURL(`${origin}/gallery`);
  const left = { name: "left.jpg", mimeType: "image/jpeg", buffer: fixture("coffee.jpg") };
  await page.setInputFiles("#file", left);
  const shown = page.getByRole("link", { name: "Show your pictures" });
  await shown.waitFor(soon);
  await Promise.all([page.waitForEvent("load"), shown.click()]);
  const href = await page.locator(".tile a").getAttribute("href");
  await box(page, "left.jpg").check();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("1 picture will be deleted").waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(`${origin}/`);
  expect((await fetch(`${origin}/${href?.split("/").at(-1)}`)).status).toBe(404);
});

test("a deletion whose time is over is sent by itself", async () => {
  await put("late");
  const page = await open("/gallery?q=late");
  await page.clock.install();
  await page.reload();
  await box(page, "late").check();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("1 picture will be deleted").waitFor();
  await page.mouse.move(5, 5);
  await page.clock.runFor(11_000);
  await page.getByText("1 picture deleted.").waitFor();
  expect(await listed("q=late")).toEqual([]);
});

test("several are changed at once", async () => {
  const page = await open("/gallery?label=trip%3Drome");
  await page.getByRole("link", { name: "Select all shown" }).click();
  await page.getByText("Change", { exact: true }).click();
  await page.getByLabel("Who sees its page").selectOption("false");
  await page.getByLabel("Add a label").fill("year=2026");
  await page.getByRole("button", { name: "Change what is chosen" }).click();
  await expect.poll(async () => (await listed("label[year]=2026&public=false")).length, soon).toBe(6);
});

describe("Far down, with some chosen", () => {
  async function farDown() {
    const page = await open();
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await expect.poll(() => tiles(page).count(), soon).toBeGreaterThan(60);
    for (const caption of ["picture 1", "picture 2"]) await box(page, caption).check();
    return page;
  }
  const heightOf = (page: Page) =>
    page.evaluate(() =>
      Math.round(document.querySelector("#chosen .tile:last-child")?.getBoundingClientRect().top ?? 0),
    );
  const chosen = (page: Page) =>
    page
      .locator(".choose-one input:checked")
      .evaluateAll((all) => all.map((one) => one.parentElement?.textContent));

  test("a change leaves the place and the choice as they were", async () => {
    const page = await farDown();
    await page.getByText("Change", { exact: true }).click();
    await page.getByLabel("Not safe for work").selectOption("true");
    const count = await tiles(page).count();
    await page.getByRole("button", { name: "Change what is chosen" }).click();
    await page.getByText("2 pictures changed.").waitFor();
    await expect.poll(() => page.locator(".tile.nsfw").count(), soon).toBe(2);
    expect(await tiles(page).count()).toBe(count);
    expect(await chosen(page)).toEqual(["Choose picture 2", "Choose picture 1"]);
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(500);
    expect(await page.getByLabel("Not safe for work").inputValue()).toBe("");
  });

  test.each(["the browser's Back", "the page's link", "loading anew"])(
    "%s leads to the same place and choice",
    async (way) => {
      const page = await farDown();
      // It is brought into the window before it is clicked.
      await page.getByRole("link", { name: "picture 3", exact: true }).hover();
      const before = await heightOf(page);
      if (way === "loading anew") await page.reload();
      else {
        await page.getByRole("link", { name: "picture 3", exact: true }).click();
        await page.getByRole("link", { name: "All pictures" }).waitFor();
        if (way === "the browser's Back") await page.goBack();
        else await page.getByRole("link", { name: "All pictures" }).click();
      }
      await expect.poll(() => chosen(page), soon).toEqual(["Choose picture 2", "Choose picture 1"]);
      await expect.poll(() => heightOf(page), soon).toBe(before);
      expect(await page.evaluate(() => scrollY)).toBeGreaterThan(500);
    },
  );

  test("a picture's page leads to its neighbours, and back to where they are", async () => {
    const page = await farDown();
    await page.getByRole("link", { name: "picture 3", exact: true }).click();
    await page.getByRole("heading", { name: "picture 3", exact: true }).waitFor();
    await page.getByRole("link", { name: "Next" }).click();
    await page.getByRole("heading", { name: "picture 2", exact: true }).waitFor();
    await page.getByRole("link", { name: "Previous" }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.getByRole("heading", { name: "picture 3", exact: true }).waitFor();
    await page.getByRole("link", { name: "All pictures" }).click();
    await expect
      .poll(() => page.getByRole("link", { name: "picture 3", exact: true }).isVisible(), soon)
      .toBe(true);
    await page.waitForFunction(() => scrollY > 500);
  });
});

test("the links of many are copied from one page, and the way back keeps the choice", async () => {
  const page = await open("/gallery?label=trip%3Drome");
  await page.locator(".choose-one input").first().check();
  await page
    .locator(".choose-one input")
    .nth(2)
    .click({ modifiers: ["Shift"] });
  await page.getByRole("button", { name: "Links", exact: true }).click();
  await page.getByRole("heading", { name: "Links of 3 pictures" }).waitFor();
  const links = (await page.getByRole("textbox", { name: "Image links" }).inputValue()).split("\n");
  expect(links).toHaveLength(3);
  for (const link of links) expect((await fetch(link)).status).toBe(200);
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the list" }).click();
  expect((await coming).suggestedFilename()).toBe("edgepix-pictures.txt");
  await page.getByRole("link", { name: "All pictures" }).click();
  await expect.poll(() => page.locator(".choose-one input:checked").count(), soon).toBe(3);
});

test("what is wrong with a change is told beside its button", async () => {
  const page = await open("/gallery?q=picture+1");
  await page.locator(".choose-one input").first().check();
  await page.getByText("Change", { exact: true }).click();
  await page.getByLabel("Add a label").fill("nonsense");
  await page.getByRole("button", { name: "Change what is chosen" }).click();
  await page.getByText("Write each as key=value").waitFor();
  expect((await listening.hush()).join()).toMatch(/422/);
});

test("by keyboard alone a range is chosen and deleted", async () => {
  for (const name of ["key 1", "key 2", "key 3"]) await put(name);
  const page = await open("/gallery?q=key+");
  await page.locator(".choose-one input").first().focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+Space");
  await page.getByText("3 chosen").waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => page.locator(".choose-one input:checked").count(), soon).toBe(0);
  await page.keyboard.press("Control+a");
  await page.getByText("3 chosen").waitFor();
  await page.keyboard.press("Delete");
  await page.getByText("3 pictures will be deleted").waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Undo");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("3 pictures deleted.").waitFor();
  expect(await listed("q=key")).toEqual([]);
});

test("a file goes up to the account, and its picture is in the gallery at once", async () => {
  const page = await open();
  await page.setInputFiles("#file", {
    name: "up.jpg",
    mimeType: "image/jpeg",
    buffer: fixture("coffee.jpg"),
  });
  await page.getByRole("link", { name: "Change or delete it" }).waitFor({ timeout: 20_000 });
  await box(page, "up.jpg").waitFor();
  const [image] = await listed("q=up.jpg");
  expect(image).toMatchObject({ filename: "up.jpg", expires_at: null });
});

test("one picture's page shows its links and saves what is changed", async () => {
  const { id } = await put("to be changed");
  const page = await open(`/gallery/${id}`);
  expect(await page.getByLabel("Small, 60 × 40", { exact: true }).inputValue()).toContain(id);
  await page.getByLabel("Caption", { exact: true }).fill("changed");
  await page.getByLabel("Labels", { exact: true }).fill("trip=oslo");
  await page.getByRole("button", { name: "Save", exact: true }).first().click();
  await page.getByText("Your changes are saved.").waitFor();
  expect((await listed("label[trip]=oslo"))[0]).toMatchObject({ id, caption: "changed" });
  await page.getByText("Delete this picture").click();
  await page.getByRole("button", { name: "Delete it for good" }).click();
  await page.waitForURL(`${origin}/gallery`);
  expect(await listed("label[trip]=oslo")).toEqual([]);
});

describe("without scripts", () => {
  test("pages lead on, and what is chosen is deleted after a question", async () => {
    for (const name of ["plain 1", "plain 2"]) await put(name);
    const page = await open("/gallery", false);
    await page.getByRole("link", { name: "Older pictures" }).click();
    expect(await page.locator(".tile").count()).toBeGreaterThan(0);
    await page.goto(`${origin}/gallery?q=plain`);
    await page.getByRole("link", { name: "Select all shown" }).click();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("heading", { name: "Delete these 2 pictures?" }).waitFor();
    expect(await listed("q=plain")).toHaveLength(2);
    await page.getByRole("button", { name: "Delete these 2 pictures" }).click();
    expect(await listed("q=plain")).toEqual([]);
    expect(new URL(page.url()).search).toBe("?q=plain");
  });

  test("a change leads back to the page and the choice where it was made", async () => {
    const page = await open("/gallery", false);
    await page.getByRole("link", { name: "Older pictures" }).click();
    const last = page.locator(".tile").last();
    await last.locator("input").check();
    const { search } = new URL(page.url());
    await page.getByText("Change", { exact: true }).click();
    await page.getByLabel("Add a label").fill("seen=yes");
    await page.getByRole("button", { name: "Change what is chosen" }).click();
    await page.waitForURL(/chosen=/);
    expect(new URL(page.url()).search).toContain(search);
    expect(await page.locator(".choose-one input:checked").count()).toBe(1);
    expect(await last.locator("input").isChecked()).toBe(true);
  });

  test("a file goes up by the form, and is changed on its page", async () => {
    const page = await open("/gallery", false);
    await page.setInputFiles("#file", {
      name: "form.jpg",
      mimeType: "image/jpeg",
      buffer: fixture("coffee.jpg"),
    });
    await page.getByRole("button", { name: "Upload", exact: true }).click();
    await page.getByRole("link", { name: "Change or delete it" }).click();
    await page.getByLabel("Caption", { exact: true }).fill("by form");
    await page.getByRole("button", { name: "Save", exact: true }).first().click();
    expect((await listed("q=by+form"))[0]).toMatchObject({ filename: "form.jpg" });
  });
});

test.each([360, 2560])("nothing is wider than a window of %i pixels, in light and dark", async (width) => {
  const [image] = await listed("q=picture");
  for (const path of ["/gallery", `/gallery/${image?.id}`, "/keys"]) {
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await listening.open(origin + path, {
        session,
        viewport: { width, height: 800 },
        colorScheme,
      });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
  }
});
