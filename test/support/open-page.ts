// Opens pages in fresh contexts and listens for what their policy blocks, their scripts throw or fail to load.
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { startBrowser } from "./browser.ts";
import { signedIn } from "./signed-in.ts";

export class Listening {
  /** What a test provokes on purpose: until its end. */
  expected: RegExp | null = null;
  #browser: Browser | undefined;
  #complaints: string[] = [];

  get browser(): Browser {
    if (!this.#browser) throw new Error("The browser has not started.");
    return this.#browser;
  }

  async start(): Promise<void> {
    this.#browser = await startBrowser();
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
  }

  /** `session`: of a member who is signed in. */
  async open(
    url: string,
    { session, ...options }: BrowserContextOptions & { readonly session?: string } = {},
  ): Promise<Page> {
    const context =
      session === undefined
        ? await this.browser.newContext(options)
        : await signedIn(this.browser, { origin: new URL(url).origin, secret: session, ...options });
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
    await Promise.all(this.browser.contexts().map((context) => context.close()));
    return heard;
  }
}

/** A browser for the tests of a file. None of them may end with a complaint that it did not expect; where `isStrict` is off each says so itself. */
export function listenToPages({ isStrict = true }: { readonly isStrict?: boolean } = {}): Listening {
  const listening = new Listening();
  beforeAll(() => listening.start());
  afterEach(async () => {
    const unexpected = (await listening.hush()).filter((line) => !listening.expected?.test(line));
    listening.expected = null;
    if (isStrict) expect(unexpected).toEqual([]);
  });
  afterAll(() => listening.stop());
  return listening;
}
