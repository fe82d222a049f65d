// The headers of AV1 and HEVC pictures with no picture behind them, for what only their sizes matter to.
import { box } from "./heif-file.ts";

/** A number and how many bits it takes. */
type Field = readonly [value: number, bits: number];

/** An Exp-Golomb number. */
function golomb(value: number): Field {
  const length = Math.floor(Math.log2(value + 1));
  return [value + 1, 2 * length + 1];
}

function packed(fields: readonly Field[]): Buffer {
  const bits = fields.map(([value, count]) => value.toString(2).padStart(count, "0")).join("");
  const bytes = bits.match(/.{1,8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2)));
}

/** A reduced still picture header: 8 bits, 4:2:0 (AV1 specification, section 5.5). */
export function av1SequenceHeader(width: number, height: number): Buffer {
  const body = packed([
    [0, 3],
    [1, 1],
    [1, 1],
    [0, 5],
    ...([
      [15, 4],
      [15, 4],
      [width - 1, 16],
      [height - 1, 16],
    ] as const),
    // No tools, 8 bits, in colour, not described, limited range, one place of chroma, no grain; the closing bit.
    [0, 6],
    [0, 7],
    [1, 1],
  ]);
  return Buffer.concat([Buffer.from([0x0a, body.length]), body]);
}

/** An item's bytes: a delimiter, its header, and a frame of nothing. */
export const av1Payload = (width: number, height: number) =>
  Buffer.concat([
    Buffer.from([0x12, 0]),
    av1SequenceHeader(width, height),
    Buffer.from([0x32, 4, 0, 0, 0, 0]),
  ]);

/** A sequence parameter set: main profile, 8 bits, 4:2:0 (H.265, section 7.3.2.2). */
export function hevcSequence(width: number, height: number): Buffer {
  const general: Field[] = Array.from({ length: 12 }, () => [0xff, 8]);
  const body = packed([
    [0, 4],
    [0, 3],
    [1, 1],
    ...general,
    golomb(0),
    golomb(1),
    golomb(width),
    golomb(height),
    [0, 1],
    golomb(0),
    golomb(0),
    [1, 1],
  ]);
  return Buffer.concat([Buffer.from([33 << 1, 1]), body]);
}

/** An `hvcC` property: units behind their lengths of four bytes. */
export function hevcConfiguration(width: number, height: number): Buffer {
  const unit = hevcSequence(width, height);
  const head = Buffer.alloc(23);
  head.set([1]);
  head.set([0xfd, 0xf8, 0xf8], 16);
  head.set([0x0f, 1], 21);
  return box("hvcC", head, Buffer.from([0x80 | 33, 0, 1, 0, unit.length]), unit);
}

/** An item's bytes: `units` and one slice of nothing. */
export function hevcPayload(...units: readonly Buffer[]): Buffer {
  const slice = Buffer.from([19 << 1, 1, 0x80, 0]);
  return Buffer.concat([...units, slice].flatMap((unit) => [Buffer.from([0, 0, 0, unit.length]), unit]));
}
