// `npm run screenshots`: takes the pictures of docs/screenshots from the running product, in the Chromium of the tests.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import sharp from "sharp";
import { startProduct } from "../test/harness/product/start.ts";
import { startBrowser } from "../test/support/browser.ts";

/** For pictures on the page to arrive. */
const SETTLE_MILLISECONDS = 2_000;

const directory = "docs/screenshots";

const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, colorScheme: "light" };
const dark: BrowserContextOptions = { ...desktop, colorScheme: "dark" };
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, colorScheme: "light" };

interface Shot {
  readonly name: string;
  readonly options: BrowserContextOptions;
  /** Brings the page to where the picture is taken. */
  show(page: Page): Promise<unknown>;
}

const product = await startProduct();
const browser = await startBrowser();
try {
  await mkdir(directory, { recursive: true });
  const photo = await uploaded("photo.jpg", { caption: "Morning in the harbour" });
  const shots: readonly Shot[] = [
    { name: "front-page", options: desktop, show: (page) => page.goto(`${product.origin}/`) },
    { name: "front-page-phone", options: phone, show: (page) => page.goto(`${product.origin}/`) },
    { name: "uploading", options: desktop, show: uploading },
    { name: "playground", options: desktop, show: playground },
    { name: "viewer", options: desktop, show: (page) => page.goto(photo.page_url) },
    { name: "viewer-dark", options: dark, show: (page) => page.goto(photo.page_url) },
    { name: "viewer-phone", options: phone, show: (page) => page.goto(photo.page_url) },
    { name: "plans", options: desktop, show: (page) => page.goto(`${product.origin}/plans`) },
  ];
  for (const shot of shots) await take(browser, shot);
} finally {
  await browser.close();
  await product.close();
}

/** As small as a page should ship it: the product's own default for a page's pictures is WebP. */
async function take(browser: Browser, { name, options, show }: Shot): Promise<void> {
  const context = await browser.newContext({ ...options, deviceScaleFactor: 1 });
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
  await page.getByLabel("Width, pixels").fill("480");
  await page.getByLabel("Format").selectOption("webp");
  await page.locator(".told").waitFor();
}

/** Uploads a picture on the front page and waits for its links. */
async function tryIt(page: Page, fixture: string): Promise<void> {
  await page.goto(`${product.origin}/`);
  await page.setInputFiles("#file", `test/fixtures/${fixture}`);
  await page.getByLabel("Image link", { exact: true }).waitFor();
}

async function uploaded(fixture: string, fields: Readonly<Record<string, string>>) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("file", new File([await readFile(`test/fixtures/${fixture}`)], fixture));
  const headers = { Authorization: `Bearer ${product.keys[0]}` };
  const answer = await fetch(`${product.origin}/v1/images`, { method: "POST", body, headers });
  return (await answer.json()) as { readonly id: string; readonly page_url: string };
}
