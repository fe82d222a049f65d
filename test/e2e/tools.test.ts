// The files of `/tools` as people use them: the script run by sh and curl, the bookmarklet clicked on another page.
import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { listenToPages } from "../support/open-page.ts";

const origin = inject("origin");
const session = inject("members")[0]?.session;
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "edgepix tools "));
const programs = join(folder, "bin");
const script = join(folder, "edgepix.sh");
const clipboard = join(folder, "clipboard");
const listening = listenToPages();

beforeAll(async () => {
  const page = await openTools();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Make a key and save the file for Flameshot" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("edgepix.sh");
  await download.saveAs(script);
  chmodSync(script, 0o700);
  const colour = { create: { width: 60, height: 40, channels: 3 as const, background: "#3a7" } };
  await sharp(colour).png().toFile(join(folder, "shot.png"));
  mkdirSync(programs);
  // They stand in for programs that need a desktop: same words on the command line, same output.
  standIn("xclip", `case "$*" in *-out*) cat "${folder}/shot.png" ;; *) cat >"${clipboard}" ;; esac`);
  standIn("flameshot", `[ "$*" = "gui --raw" ] && [ -z "$ESCAPE" ] && cat "${folder}/shot.png"`);
});
afterEach(async () => {
  expect(await listening.hush()).toEqual([]);
  rmSync(clipboard, { force: true });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
});

const openTools = () => listening.open(`${origin}/tools`, { ...(session && { session }) });

function standIn(name: string, does: string): void {
  writeFileSync(join(programs, name), `#!/bin/sh\n${does}\n`, { mode: 0o700 });
}

const runScript = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  run("sh", [script, ...words], {
    cwd: folder,
    env: { PATH: `${programs}:${process.env.PATH}`, ...env },
  });

const shown = async (url: string) => (await fetch(url)).status;

test("the script takes a screenshot, uploads it and copies the link of its page", async () => {
  const { stdout } = await runScript([]);
  const link = stdout.trim();
  expect(link).toMatch(new RegExp(`^${origin}/[a-z0-9]{8}$`));
  expect(readFileSync(clipboard, "utf8")).toBe(link);
  expect(await shown(link)).toBe(200);
});

test("a screenshot that was given up uploads nothing", async () => {
  expect((await runScript([], { ESCAPE: "1" })).stdout).toBe("");
  expect(existsSync(clipboard)).toBe(false);
});

test("the script turns a picture in the clipboard into Markdown", async () => {
  await runScript(["--markdown"]);
  const markdown = readFileSync(clipboard, "utf8");
  const url = /^!\[\]\((http[^)]+\.png)\)$/.exec(markdown)?.[1] ?? "";
  expect(await shown(url)).toBe(200);
});

test("the script uploads files of any name and prints an address for each", async () => {
  const names = ["a;b, c.png", 'quote" back\\slash.png'];
  const bytes = readFileSync(join(folder, "shot.png"));
  for (const name of names) writeFileSync(join(folder, name), bytes);
  const lines = (await runScript(names)).stdout.trim().split("\n");
  expect(lines).toHaveLength(2);
  for (const url of lines) expect(await shown(url)).toBe(200);
});

test("the script says what is wrong with a file, and stops", async () => {
  writeFileSync(join(folder, "words.txt"), "no picture");
  const failed = await runScript(["words.txt"]).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^[A-Z][^{}]+\n$/) });
});

test("the bookmarklet fills in the largest picture of a page, and uploads nothing by itself", async () => {
  const tools = await openTools();
  const code = await tools.getByRole("textbox", { name: "Address of the bookmark" }).inputValue();
  const sent: string[] = [];
  tools.context().on("request", (request) => {
    if (request.method() !== "GET") sent.push(request.url());
  });
  const small = "http://elsewhere.example/small.png";
  const large = "http://elsewhere.example/large.png?a=1&b=2";
  const png = (width: number) =>
    sharp({ create: { width, height: width, channels: 3, background: "#3a7" } })
      .png()
      .toBuffer();
  const [smallPng, largePng] = [await png(8), await png(64)];
  await tools.context().route("http://elsewhere.example/**", (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === "/small.png") return route.fulfill({ contentType: "image/png", body: smallPng });
    if (path === "/large.png") return route.fulfill({ contentType: "image/png", body: largePng });
    const body = `<!doctype html><link rel="icon" href="data:,"><img src="${small}"><img src="${large.replace("&", "&amp;")}">`;
    return route.fulfill({ contentType: "text/html", body });
  });
  await tools.goto("http://elsewhere.example/", { waitUntil: "load" });
  const [opened] = await Promise.all([
    tools.context().waitForEvent("page"),
    tools.evaluate(code.replace(/^javascript:/, "")),
  ]);
  await opened.waitForLoadState();
  expect(await opened.getByLabel("Or take one from the web").inputValue()).toBe(large);
  expect(sent).toEqual([]);
});

test("a tool's settings with its key are copied from the page that made it", async () => {
  const page = await openTools();
  await page.getByRole("button", { name: "Make a key and show it for ShareX" }).click();
  await page.getByRole("heading", { name: "ShareX, with your new key" }).waitFor();
  expect(page.url()).toBe(`${origin}/tools`);
  const file = page.getByLabel("edgepix.sxcu", { exact: true }).first();
  expect(JSON.parse(await file.inputValue())).toMatchObject({ RequestURL: `${origin}/v1/images` });
  await page.getByRole("button", { name: "Copy edgepix.sxcu" }).first().waitFor();
  await page.goto(`${origin}/tools`);
  expect(await page.content()).not.toContain("img_live_");
});
