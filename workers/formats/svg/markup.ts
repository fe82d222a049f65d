// Whether a file is markup, and how its text is written: told by its first significant bytes, however they arrive.

export type Markup =
  | { readonly kind: "undecided" }
  | { readonly kind: "other" }
  /** `encoding` is a name for TextDecoder; one that a file declares need not exist. */
  | { readonly kind: "markup"; readonly encoding: string };

/** A file that has not begun by then is no picture. */
const MAX_HEAD_BYTES = 4_096;
/** An XML declaration ends well before. */
const DECLARATION_BYTES = 512;

const LESS = 0x3c;
const GREATER = 0x3e;

/** Byte order marks, white space, and the zero that UTF-16 puts beside each letter. */
const insignificant: ReadonlySet<number> = new Set([
  0x00, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0xa0, 0xef, 0xbb, 0xbf, 0xfe, 0xff,
]);

/** Reads the first bytes of a file; `isWhole` where there are no more. Undecided = come again with more of them. */
export function tellMarkup(head: Uint8Array, isWhole: boolean): Markup {
  const start = head.findIndex((byte) => !insignificant.has(byte));
  if (start === -1)
    return isWhole || head.length >= MAX_HEAD_BYTES ? { kind: "other" } : { kind: "undecided" };
  if (head[start] !== LESS || start >= MAX_HEAD_BYTES) return { kind: "other" };
  const isSettled = isWhole || head.length - start >= DECLARATION_BYTES || head.includes(GREATER, start + 8);
  if (!isSettled) return { kind: "undecided" };
  // The length of a HEIF's first box can be the number of `<`.
  if (start === 3 && latin1(head.subarray(4, 8)) === "ftyp") return { kind: "other" };
  return { kind: "markup", encoding: encodingOf(head, start) };
}

/** A byte order mark, else the zeros of UTF-16, else what the XML declaration says (XML 1.0, appendix F). */
function encodingOf(head: Uint8Array, start: number): string {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first === 0xef && second === 0xbb) return "utf-8";
  if (start % 2 === 1 && head[start - 1] === 0) return "utf-16be";
  if (head[start + 1] === 0) return "utf-16le";
  const declared = /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(
    latin1(head.subarray(0, DECLARATION_BYTES)),
  )?.[1];
  // What says of itself in ASCII that it is UTF-16 is not.
  return declared === undefined || /^(?:utf-?16|ucs-?2|iso-10646)/i.test(declared) ? "utf-8" : declared;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
