// Opens pages in fresh contexts and listens for what their policy blocks, their scripts throw or fail to load.
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { signedIn } from "./signed-in.ts";

export class Listening {
  readonly #browser: Browser;
  #complaints: string[] = [];

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** `session`: of a member who is signed in. */
  async open(
    url: string,
    { session, ...options }: BrowserContextOptions & { readonly session?: string } = {},
  ): Promise<Page> {
    const context =
      session === undefined
        ? await this.#browser.newContext(options)
        : await signedIn(this.#browser, { origin: new URL(url).origin, secret: session, ...options });
    const page = await context.newPage();
    page.on("pageerror", (error) => this.#complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") this.#complaints.push(`${message.text()} ${message.location().url}`);
    });
    await page.goto(url, { waitUntil: "load" });
    return page;
  }

  /** Closes all contexts, and says what was heard since the last time. */
  async hush(): Promise<readonly string[]> {
    const heard = this.#complaints;
    this.#complaints = [];
    await Promise.all(this.#browser.contexts().map((context) => context.close()));
    return heard;
  }
}
