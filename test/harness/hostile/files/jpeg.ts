// JPEGs that lie, repeat themselves or never end.

import sharp from "sharp";
import { ascii, big16, bytes, find, join, noise, patched, repeat } from "./bytes.ts";

/** `marker` and its length field around a body of at most 65,533 bytes. */
export const segment = (marker: number, body: Uint8Array) =>
  join(bytes(0xff, marker), big16(body.length + 2), body);

export const plainJpeg = (options: object = {}, side = 64): Promise<Uint8Array> =>
  sharp({ create: { width: side, height: side, channels: 3, background: "#4a7" } })
    .jpeg(options)
    .toBuffer();

/** Noise as a JPEG: as many bits as a picture of that size can have. */
export const noisyJpeg = (width: number, height: number, options: object = {}): Promise<Uint8Array> =>
  sharp(noise(width * height * 3), { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95, ...options })
    .toBuffer();

const frameOf = (file: Uint8Array) =>
  [0xc0, 0xc1, 0xc2].map((type) => Buffer.from(file).indexOf(bytes(0xff, type, 0))).find((at) => at > 0) ??
  -1;

/** A healthy file whose frame header says another size. */
export async function sized(width: number, height: number, options: object = {}): Promise<Uint8Array> {
  const file = await plainJpeg(options);
  return patched(file, frameOf(file) + 5, join(big16(height), big16(width)));
}

/** The byte `offset` of the frame header (0 = its marker) is another one. */
export async function frameByte(offset: number, value: number): Promise<Uint8Array> {
  const file = await plainJpeg();
  return patched(file, frameOf(file) + offset, bytes(value));
}

/** `extra` stands right after SOI. */
export async function opened(extra: Uint8Array): Promise<Uint8Array> {
  const file = await plainJpeg();
  return join(file.subarray(0, 2), extra, file.subarray(2));
}

/** `extra` stands where the first scan's data begins. */
export async function inScan(extra: Uint8Array): Promise<Uint8Array> {
  const file = await plainJpeg();
  const scan = find(file, bytes(0xff, 0xda));
  const data = scan + 2 + (file[scan + 2] ?? 0) * 256 + (file[scan + 3] ?? 0);
  return join(file.subarray(0, data), extra, file.subarray(data));
}

/** Height 0 in the frame header, and the true one behind the scan. */
export async function heightBehind(height: number): Promise<Uint8Array> {
  const file = await sized(64, 0);
  return join(file.subarray(0, -2), segment(0xdc, big16(height)), file.subarray(-2));
}

/** Two frame headers; the first says `first` a side, the second `second`. */
export async function twoFrames(first: number, second: number): Promise<Uint8Array> {
  const [one, other] = [await sized(first, first), await sized(second, second)];
  const frame = frameOf(one);
  const end = frame + 2 + 17;
  return join(one.subarray(0, end), other.subarray(frame));
}

/** Scans are cheap to write, and each goes over every coefficient. */
export async function manyScans(side: number, repeats: number): Promise<Uint8Array> {
  const file = await sized(side, side, { progressive: true });
  const first = find(file, bytes(0xff, 0xda));
  return join(file.subarray(0, first), repeat(file.subarray(first, -2), repeats), bytes(0xff, 0xd9));
}

/** Each restart interval is one block long. */
export const restartEachBlock = async (side: number) => {
  const file = await sized(side, side);
  const scan = find(file, bytes(0xff, 0xda));
  return join(file.subarray(0, scan), segment(0xdd, big16(1)), file.subarray(scan));
};

/** An EXIF block whose first directory holds `entries`, and whose next directory is itself. */
export function loopingExif(entries: number): Uint8Array {
  const entry = bytes(0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0);
  const directory = join(big16(entries), repeat(entry, Math.min(entries, 5_000)), bytes(0, 0, 0, 8));
  return segment(0xe1, join(ascii("Exif\0\0MM\0*"), bytes(0, 0, 0, 8), directory));
}

/** A colour profile in as many parts as there can be, each full. */
export function hugeProfile(parts = 255): Uint8Array {
  return join(
    ...Array.from({ length: parts }, (_, index) =>
      segment(0xe2, join(ascii("ICC_PROFILE\0"), bytes(index + 1, parts), new Uint8Array(65_000))),
    ),
  );
}
