// Bitmaps that a drawing carries in its text: each is a file of its own, and stays without its hidden metadata.
import { ascii } from "../../bytes/ascii.ts";
import { ByteReader } from "../../bytes/byte-reader.ts";
import type { Stripper } from "../../bytes/stripper.ts";
import { Damage } from "../../damage.ts";
import { stripGif } from "../../gif/strip.ts";
import { stripHeif } from "../../heif/strip.ts";
import { stripJpeg } from "../../jpeg/strip.ts";
import { stripPng } from "../../png/strip.ts";
import { stripWebp } from "../../webp/strip.ts";

interface Kind {
  readonly type: string;
  /** The first letters of such a file; a dot stands for any. */
  readonly start: RegExp;
  readonly strip: Stripper;
}

/** Whether it has an end is not known before: what stands behind its picture goes in either case. */
const stripEndless: Stripper = (reader, emit, kept) => stripJpeg(reader, emit, kept, true);

/** Browsers go by the bytes and not by what the URL says, so what is none of these does not stay. */
const kinds: readonly Kind[] = [
  { type: "jpeg", start: /^\xff\xd8\xff/, strip: stripEndless },
  { type: "png", start: /^\x89PNG/, strip: stripPng },
  { type: "gif", start: /^GIF8[79]a/, strip: stripGif },
  { type: "webp", start: /^RIFF[\s\S]{4}WEBP/, strip: stripWebp },
  { type: "avif", start: /^[\s\S]{4}ftypavi[fs]/, strip: stripHeif },
];

/** Characters read, and bytes written, at a time. */
const READ_AT_ONCE = 32_768;
const WRITTEN_AT_ONCE = 24_576;

/**
 * The data URL of the same picture without hidden metadata, in parts: the text may have many MB. null where the bytes are
 * no picture, or a damaged one. Its orientation and colours stay; whoever made the drawing chose what it shows.
 */
export function cleanBitmap(base64: string): Iterable<string> | null {
  const bytes = decode(base64);
  if (!bytes) return null;
  const start = ascii(bytes, 0, 16);
  const kind = kinds.find((one) => one.start.test(start));
  const pieces = kind && stripped(bytes, kind.strip);
  return pieces ? printed(`data:image/${kind.type};base64,`, pieces) : null;
}

function stripped(bytes: Uint8Array, strip: Stripper): readonly Uint8Array[] | null {
  const reader = new ByteReader();
  reader.feed(bytes);
  reader.end();
  const pieces: Uint8Array[] = [];
  try {
    const walk = strip(reader, (piece) => pieces.push(piece), "none");
    // The whole file is at hand, so that nothing is waited for.
    while (!walk.next().done);
    return pieces;
  } catch (error) {
    if (error instanceof Damage) return null;
    throw error;
  }
}

/** White space may stand anywhere. null for what is no base64. */
function decode(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.ceil(text.length / 4) * 3);
  let length = 0;
  let waiting = "";
  for (let at = 0; at < text.length; at += READ_AT_ONCE) {
    waiting += text.slice(at, at + READ_AT_ONCE).replace(/\s+/g, "");
    const isLast = at + READ_AT_ONCE >= text.length;
    const now = isLast ? waiting : waiting.slice(0, waiting.length - (waiting.length % 4));
    waiting = waiting.slice(now.length);
    const letters = letterBytes(now);
    if (letters === null) return null;
    for (let index = 0; index < letters.length; index++) bytes[length++] = letters.charCodeAt(index);
    // Padding ends it: what comes behind is not looked at by everybody.
    if (now.endsWith("=") && !isLast) return null;
  }
  return bytes.subarray(0, length);
}

function letterBytes(base64: string): string | null {
  try {
    return atob(base64);
  } catch {
    return null;
  }
}

function* printed(head: string, pieces: readonly Uint8Array[]): Generator<string> {
  yield head;
  const room = new Uint8Array(WRITTEN_AT_ONCE);
  let filled = 0;
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + room.length - filled);
      room.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < room.length) continue;
      yield btoa(ascii(room));
      filled = 0;
    }
  }
  yield btoa(ascii(room, 0, filled));
}
