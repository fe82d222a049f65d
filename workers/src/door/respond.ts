// The headers of answers. Every answer says how it may be cached; none leaves it to a default.
import { mimeTypes, type OutputFormat, outputFormats, type SourceFormat } from "../../../schema/facts.ts";
import { EDGE_HEADER, untilExpiry } from "../edge/directives.ts";
import { cacheTags } from "../edge/tags.ts";
import type { Original } from "./original.ts";

export type AnswerFormat = SourceFormat | OutputFormat;

export interface AnswerFacts {
  readonly original: Original;
  readonly version: string;
  readonly format: AnswerFormat;
  readonly variesByAccept: boolean;
  /** The `download` parameter. */
  readonly download: string | undefined;
  /** Unix milliseconds. */
  readonly now: number;
}

/** The headers that a 200, a 206 and a 304 share. */
export function imageHeaders(facts: AnswerFacts): Headers {
  const { original, version, format, variesByAccept, download, now } = facts;
  const headers = new Headers({
    "Content-Type": mimeTypes[format],
    ...untilExpiry(original.expiresAt, now),
    ETag: `"${version}"`,
    "Last-Modified": new Date(original.createdAt).toUTCString(),
    "Cache-Tag": cacheTags(original),
    ...usableAnywhere,
  });
  if (variesByAccept) headers.set("Vary", "Accept");
  // A drawing may hold scripts; opened on its own it gets no origin to run them in.
  if (format === "svg")
    headers.set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'");
  if (download !== undefined)
    headers.set("Content-Disposition", disposition(download, original.filename, format));
  return headers;
}

/** The same without what describes the picture: its format may hang on pixels that nobody has looked at this time. */
export function notModifiedHeaders(headers: Headers): Headers {
  for (const name of ["Content-Type", "Content-Disposition"]) headers.delete(name);
  return headers;
}

/**
 * Takes the name off an answer whose image was changed after it was named, and lets nobody keep it: whoever came back with that name would be told
 * that nothing has changed, when what it names is something else.
 */
export function takeName(headers: Headers): void {
  for (const name of ["ETag", "Last-Modified"]) headers.delete(name);
  for (const name of ["Cache-Control", EDGE_HEADER]) headers.set(name, "no-store");
}

/** What an answer says that it is; undefined for what we don't write. */
export function formatOf({ headers }: Response): OutputFormat | undefined {
  return outputFormats.find((format) => mimeTypes[format] === headers.get("Content-Type"));
}

/** Any site may show and time a picture; nobody may take it for anything else. */
const usableAnywhere = {
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Timing-Allow-Origin": "*",
  "X-Content-Type-Options": "nosniff",
} as const;

/** RFC 6266: an ASCII name for old readers, the true one in UTF-8. `1` and `true` mean the image's own name. */
function disposition(download: string, filename: string, format: string): string {
  const asked = download === "1" || download === "true" ? filename.replace(/\.[^.]*$/, "") : download;
  const stem =
    asked.replace(/[\p{Cc}/\\]/gu, "").replace(new RegExp(`\\.(${format}|jpeg)$`, "i"), "") || "image";
  const name = `${stem}.${format}`;
  const ascii = name.replace(/[^\x20-\x7e]|["%]/g, "_");
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, percent)}`;
}

const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
