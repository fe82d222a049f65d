// The CSS of an SVG without whatever loads or hides: only `url(#…)`, only functions that compute, no escapes.
import type { Countdown } from "./limits.ts";

/** Longer ones are font files and bitmaps, which don't stay; what else is so long is not worth the memory of looking. */
const MAX_VALUE = 65_536;

const localUrl = /url\(\s*(["']?)#[^"'()\s\\]*\1\s*\)/gi;

/** Functions that compute a colour, a length, a shape or a time. All others go, those to come too. */
const safeFunctions: ReadonlySet<string> = new Set(
  `rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix calc min max clamp var matrix matrix3d translate translatex
  translatey translate3d scale scalex scaley scale3d rotate rotatex rotatey rotatez rotate3d skew skewx skewy perspective
  cubic-bezier steps linear path circle ellipse inset polygon rect blur brightness contrast drop-shadow grayscale
  hue-rotate invert opacity saturate sepia not is where nth-child nth-of-type nth-last-child`.split(/\s+/),
);

/** Whether a property's or attribute's value can only draw. */
export function isSafeValue(value: string): boolean {
  // An escape can spell any word past a check: `ur\6c(…)`.
  if (value.includes("\\")) return false;
  if (!value.includes("(")) return true;
  if (value.length > MAX_VALUE) return false;
  const rest = value.replace(localUrl, "none");
  for (let at = rest.indexOf("("); at !== -1; at = rest.indexOf("(", at + 1)) {
    let start = at;
    while (/[\w-]/.test(rest[start - 1] ?? "")) start--;
    const name = rest.slice(start, at).toLowerCase();
    if (name !== "" && !safeFunctions.has(name)) return false;
  }
  return true;
}

/** The declarations of a `style` attribute or of a rule's body that are safe. `pieces` counts them and their comments. */
export function sanitizeDeclarations(text: string, pieces: Countdown): string {
  return safeDeclarations(withoutComments(text, pieces), pieces);
}

function safeDeclarations(css: string, pieces: Countdown): string {
  const kept: string[] = [];
  let colon = -1;
  for (let at = 0; at < css.length; ) {
    const end = Math.min(endless(css.indexOf(";", at)), css.length);
    // Searched for once each: a million semicolons before the next colon must not be walked a million times.
    if (colon < at) colon = endless(css.indexOf(":", at));
    if (colon < end) {
      pieces.take();
      const name = css.slice(at, colon).trim();
      const value = css.slice(colon + 1, end).trim();
      if (/^-{0,2}[a-z][\w-]*$/i.test(name) && isSafePiece(value)) kept.push(`${name}:${value}`);
    }
    at = end + 1;
  }
  return kept.join(";");
}

/**
 * Whether a value or a selector is safe AND ends where we think. Our cuts at `;`, `{` and `}` ignore strings, so a string
 * that was cut in two would swallow what follows and make a browser read other rules than we did.
 */
function isSafePiece(piece: string): boolean {
  if (piece.length > MAX_VALUE) return false;
  const outside = piece.replace(/"[^"\n]*"|'[^'\n]*'/g, "");
  return !/["'{}<@]/.test(outside) && isSafeValue(piece);
}

/** At-rules that hold other rules; the rest (`@import`, `@font-face`, `@namespace` …) load or rename, and go. */
const groupingRule = /^@(?:-webkit-)?(?:media|supports|keyframes)\b/i;
const MAX_DEPTH = 4;

/** The rules of a `<style>` element that are safe. What does not parse ends the sheet. `pieces` counts what it is made of. */
export function sanitizeStyleSheet(text: string, pieces: Countdown): string {
  return sanitizeRules(withoutComments(text, pieces), 0, pieces);
}

function sanitizeRules(css: string, depth: number, pieces: Countdown): string {
  const kept: string[] = [];
  let at = 0;
  let open = -1;
  let semicolon = -1;
  for (;;) {
    if (open < at) open = css.indexOf("{", at);
    if (open === -1) break;
    // `@import "x";` and its kin have no body. Searched for once each: a sheet without any must not be walked for every rule.
    if (semicolon < at) semicolon = endless(css.indexOf(";", at));
    if (semicolon < open) {
      at = semicolon + 1;
      continue;
    }
    pieces.take();
    const close = closingBrace(css, open);
    if (close === -1) break;
    const prelude = css.slice(at, open).trim();
    const body = css.slice(open + 1, close);
    at = close + 1;
    if (groupingRule.test(prelude)) {
      if (isSafePiece(prelude.slice(1)) && depth < MAX_DEPTH)
        kept.push(`${prelude}{${sanitizeRules(body, depth + 1, pieces)}}`);
    } else if (isSafePiece(prelude)) kept.push(`${prelude}{${safeDeclarations(body, pieces)}}`);
  }
  return kept.join("");
}

const endless = (index: number): number => (index === -1 ? Number.POSITIVE_INFINITY : index);

function closingBrace(css: string, open: number): number {
  let depth = 0;
  for (let at = open; at < css.length; at++) {
    if (css[at] === "{") depth++;
    else if (css[at] === "}" && --depth === 0) return at;
  }
  return -1;
}

/** Comments, closed or not. Left as a space, so that the halves around one never join into a word. */
function withoutComments(text: string, pieces: Countdown): string {
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf("/*", at);
    if (start === -1) return [...kept, text.slice(at)].join(" ");
    pieces.take();
    kept.push(text.slice(at, start));
    const end = text.indexOf("*/", start + 2);
    at = end === -1 ? text.length : end + 2;
  }
}
