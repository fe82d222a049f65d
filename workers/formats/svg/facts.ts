// SVG: finds the root element behind prolog, comments and doctype, and reads its size. No XML parser, no entity is expanded.
import type { ByteReader, Reading } from "../bytes/byte-reader.ts";
import { Damage } from "../damage.ts";
import { plainStill, type StoredFacts } from "../facts.ts";

/** Editors put long comments and doctypes in front, not more than this. */
const maxProlog = 65_536;

/** null: it is some other text. */
export function* readSvg(
  reader: ByteReader,
  publish: (facts: StoredFacts) => void,
): Reading<StoredFacts | null> {
  let text = new Uint8Array(0);
  for (let wanted = 512; ; wanted *= 2) {
    const more = yield* reader.takeUpTo(wanted - text.length);
    const all = new Uint8Array(text.length + more.length);
    all.set(text);
    all.set(more, text.length);
    text = all;
    const root = findRoot(new TextDecoder(encodingOf(text)).decode(text));
    if (root === "none") return null;
    if (root !== "unfinished") {
      const facts: StoredFacts = {
        ...plainStill,
        ...sizeOf(root),
        format: "svg",
        alpha: true,
        samplesPerPixel: 4,
      };
      publish(facts);
      return facts;
    }
    if (text.length < wanted || wanted >= maxProlog) return null;
  }
}

const encodingOf = (bytes: Uint8Array) =>
  bytes[0] === 0xff && bytes[1] === 0xfe
    ? "utf-16le"
    : bytes[0] === 0xfe && bytes[1] === 0xff
      ? "utf-16be"
      : "utf-8";

/** The text of the root's start tag, if the root is an svg element. */
function findRoot(text: string): string | "none" | "unfinished" {
  let at = skipSpace(text, 0);
  for (;;) {
    if (at >= text.length) return "unfinished";
    if (text[at] !== "<") return "none";
    const end = endOfPart(text, at);
    if (end === null) return mayBecomeRoot(text.slice(at + 1, at + 64)) ? "unfinished" : "none";
    if (text[at + 1] === "?" || text[at + 1] === "!") at = skipSpace(text, end);
    else {
      const tag = text.slice(at, end);
      return /^<(?:[\w.-]+:)?svg[\s/>]/.test(tag) ? tag : "none";
    }
  }
}

/** Whether a tag of which only the beginning is here can still be an svg element. */
function mayBecomeRoot(start: string): boolean {
  if (/^[?!]/.test(start)) return true;
  const [name = ""] = /^[\w.:-]*/.exec(start) ?? [];
  return name.length === start.length || /^(?:[\w.-]+:)?svg$/.test(name);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n\ufeff".includes(text[at] ?? "x")) at++;
  return at;
}

/** Behind the comment, instruction, doctype or tag that starts here; null where it does not end yet. */
function endOfPart(text: string, at: number): number | null {
  const closing = text.startsWith("<!--", at) ? "-->" : text[at + 1] === "?" ? "?>" : null;
  if (closing) {
    const end = text.indexOf(closing, at + 2);
    return end < 0 ? null : end + closing.length;
  }
  let quote: string | null = null;
  let depth = 0;
  for (let index = at + 1; index < text.length; index++) {
    const character = text[index] ?? "";
    if (quote) quote = character === quote ? null : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === "[") depth++;
    else if (character === "]") depth--;
    else if (character === ">" && depth <= 0) return index + 1;
  }
  return null;
}

/** CSS pixels of one unit; of a font's letters about half of its size, as CSS has it where the font is not known. */
const units: Readonly<Record<string, number>> = {
  "": 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
  q: 96 / 101.6,
  em: 16,
  rem: 16,
  ex: 8,
  ch: 8,
};

/** What a browser takes where nothing is said. */
const defaultSize = { width: 300, height: 150 } as const;

function sizeOf(tag: string): { width: number; height: number } {
  const width = lengthOf(attribute(tag, "width"));
  const height = lengthOf(attribute(tag, "height"));
  const view = (attribute(tag, "viewBox") ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [viewWidth = 0, viewHeight = 0] = view.slice(2);
  const aspect = viewWidth > 0 && viewHeight > 0 ? viewWidth / viewHeight : null;
  if (width === 0 || height === 0) throw new Damage("its size is zero");
  if (width !== null && height !== null) return rounded(width, height);
  if (aspect === null) return rounded(width ?? defaultSize.width, height ?? defaultSize.height);
  if (width !== null) return rounded(width, width / aspect);
  return height !== null ? rounded(height * aspect, height) : rounded(viewWidth, viewHeight);
}

const rounded = (width: number, height: number) => ({
  width: Math.max(1, Math.round(width)),
  height: Math.max(1, Math.round(height)),
});

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return found?.[1] ?? found?.[2] ?? null;
}

/** null for percentages and for what is no length: the viewBox decides then. */
function lengthOf(text: string | null): number | null {
  const found = /^\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?)([a-z]*)\s*$/i.exec(text ?? "");
  const unit = units[(found?.[2] ?? "").toLowerCase()];
  return found?.[1] === undefined || unit === undefined ? null : Number(found[1]) * unit;
}
