// What an AVIF or HEIC with something particular in it is to look like.

import { box } from "./heif-file.ts";
import type { HeifParts } from "./heif-parts.ts";
import { putTogether, withProperties } from "./heif-parts.ts";

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What is done to the plain picture; turns are clockwise. */
export type Change = { readonly cut: Place } | { readonly turn: 90 | 180 | 270 } | "flip" | "flop";

export interface HeifFeature {
  readonly what: string;
  readonly bytes: Buffer;
  /** What is seen of it: what Chromium shows of the same file, or these changes of the plain picture; null where it is refused. */
  readonly seen: "as in Chromium" | readonly Change[] | null;
}

/** The same picture with more said of it. */
export const saying = (parts: HeifParts, ...properties: readonly Uint8Array[]): Buffer =>
  putTogether(withProperties(parts, parts.primary ?? 1, (before) => [...before, ...properties]));

/** What phones and tools leave behind a picture's end. */
export const tails: readonly (readonly [what: string, tail: Buffer])[] = [
  ["one byte", Buffer.from([7])],
  ["seven bytes", Buffer.alloc(7, 65)],
  ["eight zeros", Buffer.alloc(8)],
  ["nine zeros", Buffer.alloc(9)],
  ["text", Buffer.from("this is not a box of any kind, but a note")],
  ["a box of length two", Buffer.from([0, 0, 0, 2, 65, 66, 67, 68, 1, 2, 3])],
  ["a box that goes on", Buffer.from([0, 1, 0, 0, 65, 66, 67, 68, 1, 2, 3])],
  [
    "an MP4",
    Buffer.concat([box("ftyp", Buffer.from("mp42\0\0\0\0isom")), box("mdat", Buffer.alloc(99)), box("moov")]),
  ],
  [
    "a motion photo",
    box("mpvd", box("ftyp", Buffer.from("mp42\0\0\0\0isom")), box("mdat", Buffer.alloc(99))),
  ],
];
