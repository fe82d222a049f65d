// A browser context in which somebody is signed in.
import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";

export interface SignedInOptions extends BrowserContextOptions {
  readonly origin: string;
  /** What the cookie holds. */
  readonly secret: string;
}

export async function signedIn(
  browser: Browser,
  { origin, secret, ...options }: SignedInOptions,
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  // A cookie with this prefix can only be told of an https address; Chromium sends it to the loopback address by http, too.
  const cookie = {
    name: "__Host-edgepix-session",
    value: secret,
    url: origin.replace("http:", "https:"),
    httpOnly: true,
    secure: true,
  };
  await context.addCookies([{ ...cookie, sameSite: "Lax" }]);
  return context;
}
