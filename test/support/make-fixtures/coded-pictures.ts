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
  const bits = fields
    .map(([value, count]) => (count > 0 ? value.toString(2).padStart(count, "0") : ""))
    .join("");
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

export interface Hevc {
  /** Layers of time, each with a profile and a level of its own. */
  readonly layers?: number;
  readonly chroma?: 0 | 1 | 2 | 3;
  readonly bitDepth?: number;
  /** A window of the picture is shown. */
  readonly hasWindow?: boolean;
  /** Nothing is said of the profile: zeros, between which bytes that mean nothing must stand. */
  readonly isBlank?: boolean;
}

/** A sequence parameter set: main profile, 8 bits, 4:2:0 (H.265, section 7.3.2.2), where nothing else is asked for. */
export function hevcSequence(width: number, height: number, more: Hevc = {}): Buffer {
  const { layers = 0, chroma = 1, bitDepth = 8, hasWindow = false, isBlank = false } = more;
  const bytes = (count: number): Field[] => Array.from({ length: count }, () => [isBlank ? 0 : 0xff, 8]);
  // Every second layer tells its level alone.
  const kinds = Array.from({ length: layers }, (_, layer): Field => [layer % 2 === 0 ? 3 : 1, 2]);
  const body = packed([
    [0, 4],
    [layers, 3],
    [1, 1],
    ...bytes(12),
    ...kinds,
    [0, layers > 0 ? 2 * (8 - layers) : 0],
    ...kinds.flatMap(([kind]) => bytes(kind === 3 ? 12 : 1)),
    golomb(0),
    golomb(chroma),
    [0, chroma === 3 ? 1 : 0],
    golomb(width),
    golomb(height),
    [hasWindow ? 1 : 0, 1],
    ...(hasWindow ? [1, 0, 2, 0].map(golomb) : []),
    golomb(bitDepth - 8),
    golomb(bitDepth - 8),
    [1, 1],
  ]);
  return Buffer.concat([Buffer.from([33 << 1, 1]), emulated(body)]);
}

/** Two zeros and a byte of 0 to 3 would look like a start: a 3 goes between (section 7.4.2). */
function emulated(body: Buffer): Buffer {
  const bytes: number[] = [];
  for (const byte of body) {
    if (byte <= 3 && bytes.at(-1) === 0 && bytes.at(-2) === 0) bytes.push(3);
    bytes.push(byte);
  }
  return Buffer.from(bytes);
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
