// WebPs that were cut off, whose lengths and flags lie, with broken parts. Chromium 153 was asked about each, as it stands or with true lengths.
import sharp from "sharp";
import type { OddFile } from "./odd-file.ts";
import { badPaletteWebp } from "./palette-webp.ts";
import { canvasChunk, changeWebp, joinWebp, splitWebp, tellLength, type WebpChunk } from "./webp-chunks.ts";

const [width, height] = [64, 64];

/** A slope with some noise on it, so that every row costs bytes; its right half fades out. */
function slope(): Uint8Array {
  let seed = 1;
  return Uint8Array.from({ length: width * height * 4 }, (_, at) => {
    const [x, y] = [(at >> 2) % width, Math.floor((at >> 2) / width)];
    const channel = at & 3;
    if (channel === 3) return x < 32 ? 255 : 255 - 3 * y;
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    const base = [x * 3, y * 3, 200 - x - y][channel] ?? 0;
    return Math.min(255, base + ((seed >> 16) & 31));
  });
}

const clear = () => sharp(slope(), { raw: { width, height, channels: 4 } });
const opaque = () => clear().removeAlpha();
const lossy = await opaque().webp({ quality: 90 }).toBuffer();
const faded = await clear().webp({ quality: 90 }).toBuffer();
const lossless = await opaque().webp({ lossless: true }).toBuffer();
const losslessFaded = await clear().webp({ lossless: true }).toBuffer();
const described = await opaque().withMetadata({ orientation: 6 }).webp({ quality: 90 }).toBuffer();
const flat = (background: string) =>
  opaque()
    .composite([{ input: { create: { width, height, channels: 4, background } } }])
    .png()
    .toBuffer();
const frames = await Promise.all(["#f008", "#0f08", "#00f8"].map(flat));
const moving = await sharp(frames, { join: { animated: true } })
  .webp({ quality: 80, delay: [100, 100, 100], loop: 0 })
  .toBuffer();

type Shown = OddFile["shown"];
const still: Shown = { width, height, frames: 1 };
const film = (count: number): Shown => ({ width, height, frames: count });
const damaged = (shown: Shown): Shown => shown && { ...shown, isDamaged: true };

const share = (file: Uint8Array, part: number) =>
  Uint8Array.from(file.subarray(0, Math.floor(file.length * part)));
const joined = (...parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));
const withBody = (id: string, change: (body: Uint8Array) => Uint8Array) => (chunk: WebpChunk) =>
  chunk.id === id ? { id, body: change(chunk.body) } : chunk;
const patched = (body: Uint8Array, at: number, change: (byte: number) => number) => {
  const other = Uint8Array.from(body);
  other[at] = change(other[at] ?? 0);
  return other;
};
const garbageFrom = (from: number) => (body: Uint8Array) =>
  Uint8Array.from(body).fill(0xa5, Math.floor(body.length * from));
const flagged = (flags: number, file = lossy) =>
  joinWebp([canvasChunk(flags, width, height), ...splitWebp(file)]);
const [head, plays, ...anmf] = splitWebp(moving);
/** A frame that ends with another one, of no length. */
const nesting = ({ id, body }: WebpChunk): WebpChunk => ({
  id,
  body: joined(body, Buffer.from("ANMF\0\0\0\0")),
});
const headed = (...chunks: readonly (WebpChunk | undefined)[]) =>
  joinWebp(chunks.flatMap((chunk) => chunk ?? []));
const alpha = splitWebp(faded).find(({ id }) => id === "ALPH");
const extra: WebpChunk = { id: "ABCD", body: Uint8Array.of(1, 2) };

const rows: readonly (readonly [name: string, bytes: Uint8Array, shown: Shown])[] = [
  ["lossy", lossy, still],
  ["with alpha", faded, still],
  ["lossless", lossless, still],
  ["lossless with alpha", losslessFaded, still],
  ["with EXIF", described, still],
  ["in motion", moving, film(3)],
  ["lossy, half of it", share(lossy, 0.5), damaged(still)],
  ["lossy, nine tenths of it", share(lossy, 0.9), damaged(still)],
  ["lossy, a twentieth of it", share(lossy, 0.05), null],
  ["lossy, its headers", lossy.subarray(0, 40), null],
  ["with alpha, three quarters of it", share(faded, 0.75), damaged(still)],
  ["cut inside its alpha", faded.subarray(0, 60), null],
  ["cut inside its EXIF", described.subarray(0, -20), still],
  ["cut before its EXIF, inside its picture", share(described, 0.8), damaged(still)],
  [
    "in motion, cut in its second frame",
    moving.subarray(0, -(anmf[2]?.body.length ?? 0) - 20),
    damaged(film(1)),
  ],
  ["in motion, cut in its third frame", moving.subarray(0, -20), damaged(film(2))],
  [
    "in motion, cut between two frames",
    moving.subarray(0, -(anmf[2]?.body.length ?? 0) - 8),
    damaged(film(2)),
  ],
  ["in motion, cut in its first frame", moving.subarray(0, 100), null],
  ["in motion, cut before its frames", moving.subarray(0, 44), null],
  ["a length that is too large", tellLength(lossy, lossy.length + 1_000), still],
  ["a length that is too small", tellLength(lossy, lossy.length - 58), still],
  ["no length", tellLength(lossy, 0), still],
  ["the largest length", tellLength(lossy, 0xffffffff), still],
  ["an odd length", tellLength(lossy, lossy.length - 7), still],
  ["a length that counts its own header", tellLength(lossy, lossy.length), still],
  ["lossless, a length that is too small", tellLength(lossless, lossless.length - 58), still],
  ["with alpha, a length that is too small", tellLength(faded, faded.length - 58), still],
  ["with EXIF, a length that is too small", tellLength(described, described.length - 30), still],
  ["in motion, a length that is too small", tellLength(moving, moving.length - 58), film(3)],
  ["in motion, a length that is too large", tellLength(moving, moving.length + 1_000), damaged(film(3))],
  ["bytes behind its end", joined(lossy, Buffer.from("hello, trailing bytes")), still],
  ["a picture behind its end", joined(lossy, lossless), still],
  [
    "in motion, a frame of no length between two",
    headed(head, plays, anmf[0], { id: "ANMF", body: new Uint8Array(0) }, anmf[1]),
    film(2),
  ],
  [
    "in motion, a frame of no length at its end",
    headed(head, plays, anmf[0], anmf[1], { id: "ANMF", body: new Uint8Array(0) }),
    film(2),
  ],
  [
    "in motion, a frame of no length inside of one",
    headed(head, plays, anmf[0], anmf[1] && nesting(anmf[1])),
    film(2),
  ],
  ["in motion, bytes behind its end", joined(moving, new Uint8Array(30)), film(3)],
  ["in motion, a frame behind its end", joined(moving, headed(anmf[0]).subarray(12)), film(3)],
  [
    "stray bytes inside its length",
    tellLength(joined(lossy, Uint8Array.of(1, 2, 3)), lossy.length - 5),
    still,
  ],
  ["says alpha, has none", flagged(0x10), still],
  [
    "has alpha, says none",
    changeWebp(faded, (chunk, at) => (at === 0 ? canvasChunk(0, width, height) : chunk)),
    still,
  ],
  ["says a profile, has none", flagged(0x20), still],
  ["says EXIF and XMP, has none", flagged(0x0c), still],
  ["says it moves, and does not", flagged(0x02), still],
  ["moves, and does not say so", headed(canvasChunk(0, width, height), plays, ...anmf), film(3)],
  ["flags that nobody has given a meaning", flagged(0xc1), still],
  [
    "two canvases",
    headed(canvasChunk(0, width, height), canvasChunk(0, width, height), ...splitWebp(lossy)),
    still,
  ],
  ["a canvas larger than its picture", headed(canvasChunk(0, 80, 80), ...splitWebp(lossy)), null],
  ["a canvas smaller than its picture", headed(canvasChunk(0, 32, 32), ...splitWebp(lossy)), null],
  [
    "in motion on a larger canvas",
    headed(canvasChunk(2, 80, 80), plays, ...anmf),
    { width: 80, height: 80, frames: 3 },
  ],
  ["in motion on a smaller canvas", headed(canvasChunk(2, 32, 32), plays, ...anmf), null],
  ["frames, and no word on how they play", headed(head, ...anmf), null],
  [
    "a second frame without a picture",
    headed(
      head,
      plays,
      anmf[0],
      { id: "ANMF", body: anmf[1]?.body.subarray(0, 16) ?? new Uint8Array(16) },
      anmf[2],
    ),
    film(2),
  ],
  ["a single frame", headed(head, plays, anmf[0]), film(1)],
  [
    "a broken second frame",
    headed(
      head,
      plays,
      anmf[0],
      {
        id: "ANMF",
        body: patched(garbageFrom(0.5)(anmf[1]?.body ?? new Uint8Array()), 15, (flags) => flags),
      },
      anmf[2],
    ),
    film(3),
  ],
  ["alpha that is garbage", changeWebp(faded, withBody("ALPH", garbageFrom(0.3))), null],
  [
    "alpha of half its length",
    changeWebp(
      faded,
      withBody("ALPH", (body) => body.subarray(0, body.length >> 1)),
    ),
    null,
  ],
  [
    "alpha of no length",
    changeWebp(
      faded,
      withBody("ALPH", () => new Uint8Array(0)),
    ),
    null,
  ],
  ["alpha behind its picture", headed(canvasChunk(0, width, height), ...splitWebp(lossy), alpha), still],
  [
    "alpha in front of a lossless picture",
    headed(canvasChunk(0x10, width, height), alpha, ...splitWebp(lossless)),
    null,
  ],
  ["alpha without a canvas", headed(alpha, ...splitWebp(lossy)), null],
  ["garbage in the second half", changeWebp(lossy, withBody("VP8 ", garbageFrom(0.5))), still],
  [
    "a first partition longer than the chunk",
    changeWebp(
      lossy,
      withBody("VP8 ", (body) => patched(body, 2, () => 0xff)),
    ),
    null,
  ],
  [
    "a frame that is no key frame",
    changeWebp(
      lossy,
      withBody("VP8 ", (body) => patched(body, 0, (tag) => tag | 1)),
    ),
    null,
  ],
  [
    "a frame that is not to be shown",
    changeWebp(
      lossy,
      withBody("VP8 ", (body) => patched(body, 0, (tag) => tag & ~0x10)),
    ),
    null,
  ],
  [
    "a lossless picture of another version",
    changeWebp(
      lossless,
      withBody("VP8L", (body) => patched(body, 4, (bits) => bits | 0x20)),
    ),
    null,
  ],
  ["an index past its palette", badPaletteWebp(4), { width: 4, height: 4, frames: 1 }],
  ["an unknown chunk first", headed(extra, ...splitWebp(lossy)), null],
  [
    "an unknown chunk behind the canvas",
    headed(canvasChunk(0, width, height), extra, ...splitWebp(lossy)),
    still,
  ],
  ["two pictures", headed(...splitWebp(lossy), ...splitWebp(lossless)), still],
  ["no picture", headed(canvasChunk(0, width, height)), null],
  ["an empty picture", joinWebp([{ id: "VP8 ", body: new Uint8Array(0) }]), null],
];

export const oddWebps: readonly OddFile[] = rows.map(([name, bytes, shown]) => ({
  name,
  bytes: Uint8Array.from(bytes),
  shown,
}));
