// Turns a page into a response with the headers that every page carries.
import { html } from "hono/html";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { ErrorKind } from "../../../schema/errors.ts";

interface HtmlAnswer {
  readonly status?: 200 | 201 | ErrorKind["status"];
  /** The page's one <style> element, if it has one; only exactly this text may style the page from within. */
  readonly inlineCss?: string;
  /** Where pictures come from when that is not the page's own origin. */
  readonly imageOrigin?: string;
  readonly indexed?: boolean;
  /** Do its scripts send files and fetch pictures? */
  readonly sends?: boolean;
  /** Does it ask Turnstile whether somebody is there? */
  readonly asksTurnstile?: boolean;
}

const TURNSTILE = "https://challenges.cloudflare.com";

export async function htmlAnswer(page: JSX.Element, settings: HtmlAnswer = {}): Promise<Response> {
  const { status = 200, indexed = false } = settings;
  const body = await html`<!doctype html>${page}`;
  return new Response(String(body), {
    status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      // Never shared: the addresses in a page follow the host that was asked, and a private image must vanish at once.
      "Cache-Control": "private, no-cache",
      "Content-Security-Policy": await contentSecurityPolicy(settings),
      // A site that opened the page in a window could lead that window elsewhere while nobody looks.
      "Cross-Origin-Opener-Policy": "same-origin",
      "Referrer-Policy": "strict-origin-when-cross-origin",
      "X-Content-Type-Options": "nosniff",
      ...(!indexed && { "X-Robots-Tag": "noindex" }),
    },
  });
}

/** Captions and filenames are strangers' text: should an escape ever be missed, this still lets nothing of theirs run. */
async function contentSecurityPolicy({
  inlineCss = "",
  imageOrigin = "",
  sends = false,
  asksTurnstile = false,
}: HtmlAnswer): Promise<string> {
  const styleHash = inlineCss ? ` 'sha256-${await sha256Base64(inlineCss)}'` : "";
  return [
    "default-src 'none'",
    // A file is shown before it is sent, and a picture as the playground made it.
    `img-src 'self' ${sends ? "blob: " : ""}${imageOrigin}`.trimEnd(),
    // Of other pages nothing is fetched by scripts of ours; tools that audit a page ask for /robots.txt from within it.
    `connect-src 'self' ${sends ? imageOrigin : ""}`.trimEnd(),
    `style-src 'self'${styleHash}`,
    `script-src 'self'${asksTurnstile ? ` ${TURNSTILE}` : ""}`,
    ...(asksTurnstile ? [`frame-src ${TURNSTILE}`] : []),
    // The playground's form, and that of a download, open the picture.
    `form-action 'self' ${imageOrigin}`.trimEnd(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

async function sha256Base64(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toBase64();
}
