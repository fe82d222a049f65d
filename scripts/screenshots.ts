// `npm run screenshots`: takes the pictures of docs/screenshots from the running product, in the Chromium of the tests.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import sharp from "sharp";
import { startProduct } from "../test/harness/product/start.ts";
import { startBrowser } from "../test/support/browser.ts";
import { signedIn } from "../test/support/signed-in.ts";

/** For pictures on the page to arrive. */
const SETTLE_MILLISECONDS = 2_000;

const directory = "docs/screenshots";

const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, colorScheme: "light" };
const dark: BrowserContextOptions = { ...desktop, colorScheme: "dark" };
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, colorScheme: "light" };

/** The newest comes last. */
const galleryOf = [
  "icon.ico",
  "scan.tiff",
  "gray.jpg",
  "animation.gif",
  "logo.png",
  "photo.avif",
  "drawing.svg",
  "p3.jpg",
  "progressive.jpg",
  "photo-portrait.jpg",
  "coffee.jpg",
  "cat.jpg",
  "photo.jpg",
];

interface Shot {
  readonly name: string;
  readonly options: BrowserContextOptions;
  /** Of who is signed in. */
  readonly session?: string;
  /** Brings the page to where the picture is taken. */
  show(page: Page): Promise<unknown>;
}

const product = await startProduct();
const browser = await startBrowser();
try {
  await mkdir(directory, { recursive: true });
  const [member] = product.members;
  if (!member) throw new Error("There is no member to sign in.");
  const { session } = member;
  const { operator } = product;
  const photo = await uploaded("photo.jpg", { caption: "Morning in the harbour" });
  for (const fixture of galleryOf) await uploaded(fixture, {}, member.key);
  await report(photo.id);
  const shots: readonly Shot[] = [
    { name: "front-page", options: desktop, show: (page) => page.goto(`${product.origin}/`) },
    { name: "front-page-phone", options: phone, show: (page) => page.goto(`${product.origin}/`) },
    { name: "uploading", options: desktop, show: uploading },
    { name: "playground", options: desktop, show: playground },
    { name: "viewer", options: desktop, show: (page) => page.goto(photo.page_url) },
    { name: "viewer-dark", options: dark, show: (page) => page.goto(photo.page_url) },
    { name: "viewer-phone", options: phone, show: (page) => page.goto(photo.page_url) },
    { name: "front-page-dark", options: dark, show: (page) => page.goto(`${product.origin}/`) },
    { name: "playground-phone", options: phone, show: playground },
    { name: "docs", options: desktop, session, show: (page) => page.goto(`${product.origin}/docs`) },
    { name: "tools", options: desktop, session, show: (page) => page.goto(`${product.origin}/tools`) },
    { name: "tools-phone", options: phone, session, show: (page) => page.goto(`${product.origin}/tools`) },
    { name: "plans-phone", options: phone, show: (page) => page.goto(`${product.origin}/plans`) },
    { name: "plans", options: desktop, show: (page) => page.goto(`${product.origin}/plans`) },
    { name: "gallery", options: desktop, session, show: gallery },
    { name: "gallery-phone", options: phone, session, show: gallery },
    { name: "keys", options: desktop, session, show: keys },
    { name: "usage", options: desktop, session, show: (page) => page.goto(`${product.origin}/usage`) },
    {
      name: "operator",
      options: desktop,
      session: operator,
      show: (page) => page.goto(`${product.origin}/operator`),
    },
  ];
  for (const shot of shots) await take(browser, shot);
} finally {
  await browser.close();
  await product.close();
}

/** As small as a page should ship it: the product's own default for a page's pictures is WebP. */
async function take(browser: Browser, { name, options: given, session, show }: Shot): Promise<void> {
  const options = { ...given, deviceScaleFactor: 1 };
  const context = session
    ? await signedIn(browser, { origin: product.origin, secret: session, ...options })
    : await browser.newContext(options);
  const page = await context.newPage();
  await show(page);
  await page.waitForTimeout(SETTLE_MILLISECONDS);
  const picture = await sharp(await page.screenshot())
    .webp({ quality: 80 })
    .toBuffer();
  await writeFile(`${directory}/${name}.webp`, picture);
  console.log(`${name}.webp  ${(picture.byteLength / 1000).toFixed(1)} kB`);
  await context.close();
}

/** The second of two files is on its way, over a slow line. */
async function uploading(page: Page): Promise<void> {
  await tryIt(page, "coffee.jpg");
  const line = await page.context().newCDPSession(page);
  const slow = { offline: false, latency: 100, downloadThroughput: -1, uploadThroughput: 30_000 };
  await line.send("Network.emulateNetworkConditions", slow);
  await page.setInputFiles("#file", "test/fixtures/photo.jpg");
  await page.getByText(/ of /).first().waitFor();
  await page.waitForTimeout(1_500);
}

async function playground(page: Page): Promise<void> {
  await tryIt(page, "photo.jpg");
  await page.getByText("Try its sizes").click();
  await page.getByLabel("Format").selectOption("webp");
  await page.getByRole("slider", { name: /Focus of the cut/ }).focus();
  for (let step = 0; step < 2; step++) await page.keyboard.press("Shift+ArrowLeft");
  await page.getByText(/ smaller$/).waitFor();
  await page.locator(".playground").evaluate((element) => element.scrollIntoView());
}

/** Uploads a picture on the front page and waits for its links. */
async function tryIt(page: Page, fixture: string): Promise<void> {
  await page.goto(`${product.origin}/`);
  await page.setInputFiles("#file", `test/fixtures/${fixture}`);
  await page.getByLabel("Image link", { exact: true }).waitFor();
}

async function gallery(page: Page): Promise<void> {
  await page.goto(`${product.origin}/gallery`);
  await page.locator(".choose-one input").nth(1).check();
  await page.waitForLoadState("networkidle");
}

/** Two were made before: the page shows no secret. */
async function keys(page: Page): Promise<void> {
  for (const name of ["my laptop", "the weather station"]) {
    await page.goto(`${product.origin}/keys`);
    await page.getByLabel("New key").fill(name);
    await page.getByRole("button", { name: "Make the key" }).click();
    await page.getByText("Your new key").waitFor();
  }
  await page.goto(`${product.origin}/keys`);
}

async function report(id: string): Promise<void> {
  const body = new URLSearchParams({ reason: "copyright", words: "I took this photo, and nobody asked me." });
  const headers = { Origin: product.origin };
  await fetch(`${product.origin}/${id}/report`, { method: "POST", body, headers });
}

async function uploaded(fixture: string, fields: Readonly<Record<string, string>>, key = product.keys[0]) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("file", new File([await readFile(`test/fixtures/${fixture}`)], fixture));
  const headers = { Authorization: `Bearer ${key}` };
  const answer = await fetch(`${product.origin}/v1/images`, { method: "POST", body, headers });
  return (await answer.json()) as { readonly id: string; readonly page_url: string };
}
