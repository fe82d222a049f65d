// Strangers' markup, and a browser that notices when any of it is taken for more than text.
import type { Browser, BrowserContext, Page } from "playwright-core";
import { signedIn } from "./signed-in.ts";

/** Each calls `tripped()` if it is ever taken for more than text. */
export const payloads: readonly string[] = [
  "<script>tripped()</script>",
  "<img src=x onerror=tripped()>",
  '"><svg onload=tripped()>',
  "'><svg/onload=tripped()>",
  '" onmouseover=tripped() autofocus onfocus=tripped() x="',
  "</title><script>tripped()</script>",
  "</textarea><script>tripped()</script>",
  "</script><script>tripped()</script>",
  "<!--<script>tripped()</script>",
  "--><script>tripped()</script>",
  "]]><script>tripped()</script>",
  "javascript:tripped()",
  "java\tscript:tripped()",
  "data:text/html,<script>tripped()</script>",
  "<iframe srcdoc='<script>parent.tripped()</script>'>",
  "<a href=javascript:tripped()>here</a>",
  '<math><mi//xlink:href="javascript:tripped()">',
  "<style>@import 'javascript:tripped()'</style>",
  "&lt;script&gt;tripped()&lt;/script&gt;",
  "&#60;img src=x onerror=tripped()&#62;",
  "\u003Cscript\u003Etripped()\u003C/script\u003E",
  "\u2028<script>tripped()</script>",
  "{{tripped()}}<%= tripped() %>",
];

/** As text: tests of both kinds share this file, and not all know a document. */
const provocation = `{
  for (const element of document.querySelectorAll("*")) element.dispatchEvent(new Event("mouseover"));
  for (const link of document.querySelectorAll("a[href]"))
    if (/^\\s*(java|data)/i.test(link.getAttribute("href"))) link.click();
}`;

export class Tripwire {
  #tripped: string[] = [];

  constructor(readonly browser: Browser) {}

  /** Pages on which something ran since the last time. */
  tripped(): readonly string[] {
    return this.#tripped.splice(0);
  }

  /** A page on which injected scripts would run: the policy that also holds them is another test's. `session`: of a member. */
  async open(session?: string, origin = ""): Promise<Page> {
    const context: BrowserContext =
      session === undefined
        ? await this.browser.newContext({ bypassCSP: true })
        : await signedIn(this.browser, { origin, secret: session, bypassCSP: true });
    const page = await context.newPage();
    await page.exposeFunction("tripped", () => void this.#tripped.push(page.url()));
    page.on("dialog", (dialog) => dialog.dismiss());
    return page;
  }

  /** What waits for a pointer or for being followed is helped along. */
  async provoke(page: Page): Promise<void> {
    await page.evaluate(provocation);
  }

  /** Opens each, provokes it, and answers where something ran. */
  async walk(addresses: readonly string[], session?: string): Promise<readonly string[]> {
    const page = await this.open(session, new URL(addresses[0] ?? "").origin);
    for (const address of addresses) {
      await page.goto(address, { waitUntil: "domcontentloaded" });
      await this.provoke(page);
    }
    await page.context().close();
    return this.tripped();
  }
}
