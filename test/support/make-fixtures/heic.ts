// Makes a HEIC as phones save it: a grid of HEVC tiles, turned by `irot`, with EXIF and XMP items. Needs ffmpeg with x265.

import { spawnSync } from "node:child_process";
import type { Sharp } from "sharp";
import { buildExif } from "./exif.ts";
import { box, buildHeif, gridPayload, imageSize, rotation, uint16, uint32 } from "./heif-file.ts";

const tileSide = 512;

/** `quarterTurns` is anti-clockwise; 3 stands for EXIF orientation 6. */
export async function encodeGridHeic(picture: Sharp, ffmpeg: string, quarterTurns: number): Promise<Buffer> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const columns = Math.ceil(info.width / tileSide);
  const rows = Math.ceil(info.height / tileSide);
  const tiles = Array.from({ length: rows * columns }, (_, index) =>
    encodeTile(
      ffmpeg,
      cutTile(data, info, (index % columns) * tileSide, Math.floor(index / columns) * tileSide),
    ),
  );
  const tileNumbers = tiles.map((_, index) => index + 2);
  const exif = tiles.length + 2;
  return buildHeif({
    brand: "heic",
    items: [
      { type: "grid", payload: gridPayload(rows, columns, info.width, info.height), properties: [1, 2] },
      ...tiles.map(({ slices }) => ({ type: "hvc1", payload: slices, properties: [3, 4] }) as const),
      { type: "Exif", payload: Buffer.concat([uint32(0), buildExif({ orientation: 6 })]) },
      { type: "mime", payload: Buffer.from('<x:xmpmeta xmlns:x="adobe:ns:meta/">secret-xmp</x:xmpmeta>') },
    ],
    properties: [
      imageSize(info.width, info.height),
      rotation(quarterTurns),
      imageSize(tileSide, tileSide),
      tiles[0]?.configuration ?? Buffer.alloc(0),
    ],
    references: [
      { type: "dimg", from: 1, to: tileNumbers },
      { type: "cdsc", from: exif, to: [1] },
      { type: "cdsc", from: exif + 1, to: [1] },
    ],
  });
}

/** Edge pixels are repeated where the tile reaches past the picture. */
function cutTile(
  rgb: Uint8Array,
  size: { width: number; height: number },
  left: number,
  top: number,
): Uint8Array {
  const tile = new Uint8Array(tileSide * tileSide * 3);
  for (let row = 0; row < tileSide; row++) {
    const from = Math.min(size.height - 1, top + row) * size.width;
    for (let column = 0; column < tileSide; column++) {
      const pixel = (from + Math.min(size.width - 1, left + column)) * 3;
      tile.set(rgb.subarray(pixel, pixel + 3), (row * tileSide + column) * 3);
    }
  }
  return tile;
}

function encodeTile(ffmpeg: string, rgb: Uint8Array): { slices: Buffer; configuration: Buffer } {
  const side = `${tileSide}x${tileSide}`;
  const { stdout, status, stderr } = spawnSync(
    ffmpeg,
    ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", side, "-r", "1", "-i", "-", "-pix_fmt", "yuvj420p"].concat([
      "-c:v",
      "libx265",
      "-x265-params",
      "keyint=1:crf=27:info=0",
      "-frames:v",
      "1",
      "-f",
      "hevc",
      "-",
    ]),
    { input: rgb, maxBuffer: 1e8 },
  );
  if (status !== 0) throw new Error(`ffmpeg failed: ${stderr}`);
  const units = splitUnits(stdout);
  const kind = (unit: Buffer) => ((unit[0] ?? 0) >> 1) & 63;
  const slices = units.filter((unit) => kind(unit) < 32).flatMap((unit) => [uint32(unit.length), unit]);
  const sets = [32, 33, 34].map((type) => ({
    type,
    unit: units.find((unit) => kind(unit) === type) ?? Buffer.alloc(0),
  }));
  return { slices: Buffer.concat(slices), configuration: configurationBox(sets) };
}

/** ISO/IEC 14496-15, section 8.3.3: the profile is copied out of the sequence parameter set. */
function configurationBox(sets: readonly { type: number; unit: Buffer }[]): Buffer {
  const sequence = sets.find(({ type }) => type === 33)?.unit ?? Buffer.alloc(0);
  const unescaped = Buffer.from(sequence.toString("latin1").replaceAll("\0\0\x03", "\0\0"), "latin1");
  return box(
    "hvcC",
    Uint8Array.of(1),
    unescaped.subarray(3, 15),
    Uint8Array.of(0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, sets.length),
    ...sets.flatMap(({ type, unit }) => [Uint8Array.of(0x80 | type, 0, 1), uint16(unit.length), unit]),
  );
}

/** Splits at the start codes 00 00 01 and drops the zero that may stand before one. */
function splitUnits(stream: Buffer): Buffer[] {
  const starts: number[] = [];
  for (let at = stream.indexOf("\0\0\x01"); at >= 0; at = stream.indexOf("\0\0\x01", at + 3)) starts.push(at);
  return starts.map((start, index) => {
    let end = starts[index + 1] ?? stream.length;
    while (stream[end - 1] === 0) end--;
    return stream.subarray(start + 3, end);
  });
}
