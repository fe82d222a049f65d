// GIFs without their end, with bytes between their blocks, with frames that lie beside the screen. Chromium 153 was asked about each.
import {
  codesOf,
  gifTrailer as end,
  type FrameOptions,
  gifFrame,
  gifLoop,
  gifOf,
  gifScreen,
  subBlocks,
} from "./gif-blocks.ts";
import type { OddFile } from "./odd-file.ts";

const [width, height] = [16, 12];
const screen = gifScreen(width, height);
/** Red, green and blue by quarters. */
const quarters = (x: number, y: number) => 1 + (x >= width / 2 ? 1 : 0) + (y >= height / 2 ? 1 : 0);
const still = gifFrame(width, height, quarters);
const interlaced = gifFrame(width, height, quarters, { isInterlaced: true });
const red = gifFrame(width, height, () => 1, { delay: 10 });
const blue = gifFrame(width, height, () => 3, { delay: 10 });
const green = (wide: number, high: number, options: FrameOptions = {}) =>
  gifFrame(wide, high, () => 2, { delay: 10, ...options });
/** An image over the whole screen, with these codes. */
const image = (codeSize: number, blocks: readonly number[]) => [
  ...[0x2c, 0, 0, 0, 0, width, 0, height, 0, 0],
  ...[codeSize, ...blocks],
];
/** The first so many pixels, and what comes behind their codes. */
const coded = (pixels: number, ending: readonly number[]) =>
  image(2, subBlocks(codesOf(Array<number>(pixels).fill(1), ending)));
const impossible = [7, 7, 7, 7];
const header87 = [...Buffer.from("GIF87a"), ...screen.slice(6)];
const withoutColours = [...Buffer.from("GIF89a"), width, 0, height, 0, 0, 0, 0];
const twoColours = [...withoutColours.slice(0, 10), 0x80, 0, 0, 255, 0, 0, 0, 255, 0];

type Shown = OddFile["shown"];
const one: Shown = { width, height, frames: 1 };
const two: Shown = { ...one, frames: 2 };
const three: Shown = { ...one, frames: 3 };
const damaged = (shown: Shown): Shown => shown && { ...shown, isDamaged: true };

/** The first `bytes` of a file, or without its last ones. */
const cut = (file: Uint8Array<ArrayBuffer>, bytes: number) => file.slice(0, bytes);
const afterScreen = screen.length;
const afterFirst = afterScreen + red.length;

const rows: readonly (readonly [name: string, bytes: Uint8Array<ArrayBuffer>, shown: Shown])[] = [
  ["sound", gifOf(screen, still, end), one],
  ["sound, of 1987", gifOf(header87, still, end), one],
  ["without a trailer", gifOf(screen, still), one],
  ["without a trailer, in motion", gifOf(screen, gifLoop, red, blue), two],
  ["a zero before the trailer", gifOf(screen, still, [0], end), one],
  ["zeros and no trailer", gifOf(screen, still, [0, 0, 0]), one],
  ["junk before the trailer", gifOf(screen, still, [0x99, 0x98], end), one],
  ["junk behind the trailer", gifOf(screen, still, end, [1, 2, 3]), one],
  ["a zero between two frames ends it", gifOf(screen, red, [0], blue, end), one],
  ["junk between two frames ends it", gifOf(screen, red, [0x99, 0x12], blue, end), one],
  ["a zero before the first frame", gifOf(screen, [0], still, end), null],
  ["junk before the first frame", gifOf(screen, [0x99], still, end), null],
  ["a screen of no size", gifOf(gifScreen(0, 0), still, end), one],
  ["a screen of no width", gifOf(gifScreen(0, height), still, end), one],
  [
    "a screen of no size, and a frame away from its corner",
    gifOf(gifScreen(0, 0), green(8, 6, { x: 2, y: 3 }), end),
    { width: 10, height: 9, frames: 1 },
  ],
  ["a first frame larger than the screen", gifOf(gifScreen(4, 4), still, end), one],
  [
    "a first frame larger than the screen, and a second larger still",
    gifOf(gifScreen(4, 4), red, green(20, 20), end),
    two,
  ],
  [
    "a first frame that reaches over the edge",
    gifOf(gifScreen(8, 8), green(8, 8, { x: 4, y: 4 }), end),
    { width: 12, height: 12, frames: 1 },
  ],
  [
    "a first frame outside the screen",
    gifOf(gifScreen(8, 8), green(4, 4, { x: 20, y: 20 }), green(8, 8), end),
    { width: 24, height: 24, frames: 2 },
  ],
  ["a second frame outside the screen", gifOf(screen, red, green(4, 4, { x: 20, y: 20 }), blue, end), three],
  ["a second frame half outside", gifOf(screen, red, green(8, 8, { x: 12, y: 8 }), blue, end), three],
  ["a second frame of no size", gifOf(screen, red, green(0, 0), blue, end), three],
  ["a second frame of no width", gifOf(screen, red, green(0, 5), blue, end), three],
  ["a first frame of no size", gifOf(screen, green(0, 0), blue, end), two],
  ["nothing but a frame of no size", gifOf(screen, green(0, 0), end), one],
  ["a screen and a frame of no size", gifOf(gifScreen(0, 0), green(0, 0), blue, end), null],
  ["cut in its sixth row", cut(gifOf(screen, still), afterScreen + 60), damaged(one)],
  ["cut in its first row", cut(gifOf(screen, still), afterScreen + 16), null],
  ["cut before its codes", cut(gifOf(screen, still), afterScreen + 11), null],
  ["cut in its first descriptor", cut(gifOf(screen, still), afterScreen + 6), null],
  ["cut behind its colours", cut(gifOf(screen, still), afterScreen), null],
  ["cut in its colours", cut(gifOf(screen, still), afterScreen - 4), null],
  ["interlaced, cut in its third pass", cut(gifOf(screen, interlaced), afterScreen + 60), damaged(one)],
  ["cut in its second frame", cut(gifOf(screen, red, blue), afterFirst + 60), damaged(two)],
  ["cut before its second frame's codes", cut(gifOf(screen, red, blue), afterFirst + 18), damaged(one)],
  ["cut in its second descriptor", cut(gifOf(screen, red, blue), afterFirst + 12), damaged(one)],
  ["cut in its second control block", cut(gifOf(screen, red, blue), afterFirst + 5), damaged(one)],
  ["cut in a comment behind its picture", gifOf(screen, still, [0x21, 0xfe, 40, 1, 2]), one],
  ["a frame without its last block's end", gifOf(screen, still.slice(0, -1)), damaged(one)],
  ["a writer that stops early", gifOf(screen, coded(40, [5]), end), damaged(one)],
  ["codes that run out", gifOf(screen, coded(40, []), end), damaged(one)],
  ["codes that run out in the first row", gifOf(screen, coded(4, []), end), null],
  ["no codes", gifOf(screen, image(2, [0]), end), null],
  ["an impossible code in the third row", gifOf(screen, coded(40, impossible), end), damaged(one)],
  ["an impossible code at its start", gifOf(screen, coded(0, impossible), end), null],
  ["an impossible code in the second frame", gifOf(screen, red, coded(40, impossible), blue, end), three],
  ["codes of nine bits and more", gifOf(screen, image(9, subBlocks([1, 2, 3])), end), null],
  ["a second frame with codes of nine bits", gifOf(screen, red, image(9, subBlocks([1, 2])), end), two],
  ["no colours", gifOf(withoutColours, still, end), one],
  ["indices past its colours", gifOf(twoColours, still, end), one],
  [
    "codes behind the last pixel",
    gifOf(screen, still.slice(0, -1), subBlocks([1, 2, 3, 4, 5]), blue, end),
    two,
  ],
  ["a control block that is too short", gifOf(screen, [0x21, 0xf9, 3, 1, 10, 0, 0], still, end), one],
  ["a control block that is too long", gifOf(screen, [0x21, 0xf9, 5, 0, 10, 0, 1, 0, 0], still, end), one],
  ["an empty control block", gifOf(screen, [0x21, 0xf9, 0], still, end), one],
  [
    "fifteen hundred frames",
    gifOf(screen, ...Array.from({ length: 1_500 }, (_, at) => green(2, 2, { x: at % 14 })), end),
    { ...one, frames: 1_500 },
  ],
];

/** Every row, made anew in each process. */
export const oddGifs: readonly OddFile[] = rows.map(([name, bytes, shown]) => ({ name, bytes, shown }));
