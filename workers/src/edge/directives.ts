// How long an answer may be kept, and by whom: browsers read `Cache-Control`, the edge reads its own header first and takes it off.

const YEAR_SECONDS = 31_536_000;
/** The edge keeps an answer for a week: what no purge ever reached is gone by then. */
const WEEK_SECONDS = 604_800;
/** An answer was decided before it is kept; it counts from then on. The longest render lies between. */
const LONGEST_FILL_SECONDS = 60;

/** The header that only Cloudflare's edge reads (RFC 9213). */
export const EDGE_HEADER = "Cloudflare-CDN-Cache-Control";

/** Of an answer that was made before and is read again; the edge takes it off. */
export const KEPT_HEADER = "X-Kept-Render";

/**
 * The two headers of an answer that stays right until the image expires; times in Unix milliseconds. The edge never serves what is stale: its
 * default goes on without end where we fail, and past a purge.
 */
export function untilExpiry(expiresAt: number | null, now: number): Readonly<Record<string, string>> {
  const left = expiresAt === null ? YEAR_SECONDS : Math.max(0, Math.floor((expiresAt - now) / 1000));
  const atEdge = left >= YEAR_SECONDS ? WEEK_SECONDS : Math.min(WEEK_SECONDS, left - LONGEST_FILL_SECONDS);
  return {
    "Cache-Control":
      left >= YEAR_SECONDS ? `public, max-age=${YEAR_SECONDS}, immutable` : `public, max-age=${left}`,
    [EDGE_HEADER]: atEdge > 0 ? `public, max-age=${atEdge}, stale-if-error=0` : "no-store",
  };
}

/** For what may be otherwise in a moment: an id may be given out, an image unblocked. */
export function shortly(seconds: number): Readonly<Record<string, string>> {
  return {
    "Cache-Control": `public, max-age=${seconds}`,
    [EDGE_HEADER]: `public, max-age=${seconds}, stale-if-error=0`,
  };
}

/** For how many seconds the edge may keep an answer; zero where it may not. */
export function edgeSeconds(headers: Headers): number {
  const directives = headers.get(EDGE_HEADER) ?? headers.get("Cache-Control") ?? "no-store";
  if (/\b(no-store|private|no-cache)\b/.test(directives)) return 0;
  return Number(/\bmax-age=(\d+)/.exec(directives)?.[1] ?? 0);
}
