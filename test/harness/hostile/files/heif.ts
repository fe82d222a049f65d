// AVIF and HEIC: boxes that disagree about sizes, point at each other, or have no end.

import { readFileSync } from "node:fs";
import { join as joinPath } from "node:path";
import sharp from "sharp";
import { ascii, big16, big32, bytes, find, join, patched, repeat } from "./bytes.ts";

export const box = (type: string, ...parts: readonly Uint8Array[]): Uint8Array => {
  const body = join(...parts);
  return join(big32(body.length + 8), ascii(type), body);
};

const fullBox = (type: string, version: number, ...parts: readonly Uint8Array[]) =>
  box(type, bytes(version, 0, 0, 0), ...parts);

export const plainAvif = (side: number, options: object = {}): Promise<Uint8Array> =>
  sharp({ create: { width: side, height: side, channels: 3, background: "#4a7" }, limitInputPixels: false })
    .avif({ effort: 0, ...options })
    .toBuffer();

export const plainHeic = (): Uint8Array =>
  Uint8Array.from(readFileSync(joinPath(import.meta.dirname, "../../../fixtures/photo.heic")));

/** Every `ispe` says the same size. */
export function sayingSize(file: Uint8Array, width: number, height: number): Uint8Array {
  let lying = file;
  for (let at = Buffer.from(file).indexOf("ispe"); at >= 0; at = Buffer.from(file).indexOf("ispe", at + 4))
    lying = patched(lying, at + 8, join(big32(width), big32(height)));
  return lying;
}

/** With alpha, of which only the second size is a lie. */
export async function lyingAlpha(side: number): Promise<Uint8Array> {
  const file = await sharp({ create: { width: 64, height: 64, channels: 4, background: "#4a78" } })
    .avif({ effort: 0 })
    .toBuffer();
  const second = file.indexOf("ispe", find(file, "ispe") + 4);
  return second < 0
    ? sayingSize(file, side, side)
    : patched(file, second + 8, join(big32(side), big32(side)));
}

/** `extra` stands before the boxes that matter. */
export async function opened(extra: Uint8Array): Promise<Uint8Array> {
  const file = await plainAvif(64);
  const meta = find(file, "meta") - 4;
  return join(file.subarray(0, meta), extra, file.subarray(meta));
}

/** Boxes in boxes, `depth` deep, each with its true length. */
export function nested(depth: number): Uint8Array {
  const heads = Array.from({ length: depth }, (_, at) => join(big32((depth - at) * 8), ascii("moov")));
  return Buffer.concat(heads);
}

/** A property or header box of the healthy file becomes another type, and so is missing. */
export async function without(type: string): Promise<Uint8Array> {
  const file = await plainAvif(64);
  return patched(file, find(file, type), ascii("free"));
}

export interface Made {
  readonly brand?: string;
  readonly itemType?: string;
  readonly items?: number;
  /** Of the first item. */
  readonly extents?: number;
  readonly extentBytes?: number;
  readonly width?: number;
  readonly height?: number;
  /** References of the first item to others, by number. */
  readonly refersTo?: readonly number[];
  readonly properties?: readonly Uint8Array[];
  readonly data?: Uint8Array;
}

/** A file of items from the ground up: the primary item is number 1. */
export function made({
  brand = "heic",
  itemType = "grid",
  items = 1,
  extents = 1,
  extentBytes = 8,
  width = 64,
  height = 64,
  refersTo = [],
  properties = [],
  data = bytes(0, 0, 0, 0, 0, 64, 0, 64),
}: Made): Uint8Array {
  const entries = Array.from({ length: items }, (_, at) =>
    fullBox("infe", 2, big16(at + 1), big16(0), ascii(`${at === 0 ? itemType : "hvc1"}\0`)),
  );
  const size = fullBox("ispe", 0, big32(width), big32(height));
  const owned = [size, ...properties];
  const meta = (offset: number) =>
    fullBox(
      "meta",
      0,
      fullBox("hdlr", 0, big32(0), ascii("pict"), new Uint8Array(13)),
      fullBox("pitm", 0, big16(1)),
      fullBox("iinf", 0, big16(items), Buffer.concat(entries)),
      fullBox(
        "iloc",
        0,
        bytes(0x44, 0),
        big16(1),
        join(big16(1), big16(0), big16(extents)),
        repeat(join(big32(offset), big32(extentBytes)), extents),
      ),
      refersTo.length === 0
        ? bytes()
        : fullBox(
            "iref",
            0,
            box("dimg", big16(1), big16(refersTo.length), Buffer.concat(refersTo.map(big16))),
          ),
      box(
        "iprp",
        box("ipco", ...owned),
        fullBox(
          "ipma",
          0,
          big32(1),
          big16(1),
          bytes(Math.min(255, owned.length)),
          ...owned.slice(0, 255).map((_, at) => bytes(Math.min(127, at + 1))),
        ),
      ),
    );
  const kind = box("ftyp", ascii(brand), big32(0), ascii(`mif1${brand}`));
  const offset = kind.length + meta(0).length + 8;
  return join(kind, meta(offset), box("mdat", data));
}
