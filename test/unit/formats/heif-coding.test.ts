// What the configuration of an AVIF's or HEIC's coder says of depth and colour, for each thing that it can say.
import { expect, test } from "vitest";
import { readSequenceParameters } from "../../../workers/formats/hevc/sequence-parameters.ts";
import { readImageFacts } from "../../../workers/shared/image-facts.ts";
import {
  av1Payload,
  type Hevc,
  hevcPayload,
  hevcSequence,
} from "../../support/make-fixtures/coded-pictures.ts";
import { box, buildHeif, type HeifFile, imageSize } from "../../support/make-fixtures/heif-file.ts";

const payloads = { av01: av1Payload(40, 30), hvc1: hevcPayload(hevcSequence(40, 30)) };

function codingOf(brand: HeifFile["brand"], type: "av01" | "hvc1", configuration: Buffer, parts = 1) {
  const file = buildHeif({
    brand,
    properties: [imageSize(40, 30), configuration],
    items: [{ type, payload: payloads[type], properties: [1, 2], parts }],
  });
  const result = readImageFacts(file);
  if (result.kind !== "image") throw new Error(result.kind);
  const { bitDepth, colour, samplesPerPixel } = result.facts;
  return [bitDepth, colour, samplesPerPixel];
}

/** Bits of the third byte, as AV1's configuration orders them: high depth, twelve bits, monochrome, subsampled by x and y. */
const av1 = (...flags: readonly (0 | 1)[]) =>
  box(
    "av1C",
    Uint8Array.of(
      0x81,
      0,
      flags.reduce<number>((sum, flag, at) => sum | (flag << (6 - at)), 0),
      0,
    ),
  );

test.each([
  [av1(0, 0, 0, 1, 1), [8, "rgb", 1.5]],
  [av1(0, 0, 0, 1, 0), [8, "rgb", 2]],
  [av1(0, 0, 0, 0, 0), [8, "rgb", 3]],
  [av1(0, 0, 0, 0, 1), [8, "rgb", 3]],
  [av1(0, 1, 0, 0, 0), [8, "rgb", 3]],
  [av1(1, 0, 0, 1, 1), [10, "rgb", 1.5]],
  [av1(1, 1, 0, 1, 0), [12, "rgb", 2]],
  // The picture itself has colour, and memory is planned for that.
  [av1(0, 0, 1, 1, 1), [8, "gray", 1.5]],
  [av1(1, 0, 1, 1, 1), [10, "gray", 1.5]],
  // Too short to say anything.
  [box("av1C", Uint8Array.of(0x81, 0, 0x7c)), [8, "rgb", 3]],
])("an AVIF is read as its av1C says: case %#", (configuration, told) => {
  expect(codingOf("avif", "av01", configuration)).toEqual(told);
});

/** Depth and colour alone; what `bytes` cuts off is not there. */
function hevc(chroma: number, depth: number, bytes = 23): Buffer {
  const body = Buffer.alloc(bytes);
  body.set([0xfc | chroma, 0xf8 | (depth - 8)], 16);
  return box("hvcC", body);
}

test.each([
  [hevc(0, 8), [8, "gray", 1.5]],
  [hevc(1, 8), [8, "rgb", 1.5]],
  [hevc(2, 10), [10, "rgb", 2]],
  [hevc(3, 15), [15, "rgb", 3]],
])("a HEIC is read as its hvcC says: case %#", (configuration, told) => {
  expect(codingOf("heic", "hvc1", configuration)).toEqual(told);
});

test.each([
  [hevc(0, 9, 19), [9, "gray", 1]],
  [hevc(1, 9, 19), [9, "rgb", 1.5]],
  [hevc(2, 9, 19), [9, "rgb", 2]],
  [hevc(3, 15, 19), [15, "rgb", 3]],
  // Too short to say anything.
  [hevc(0, 15, 18), [8, "rgb", 3]],
  [box("hvcC", Uint8Array.of(1)), [8, "rgb", 3]],
  [box("free", Buffer.alloc(19)), [8, "rgb", 3]],
])(
  "of a HEIC in parts, whose picture a single pass can't read, only its hvcC tells: case %#",
  (configuration, told) => {
    expect(codingOf("heic", "hvc1", configuration, 2)).toEqual(told);
  },
);

test.each<[string, Hevc, samplesPerPixel: number]>([
  ["as phones write it", {}, 1.5],
  ["of one layer", { layers: 1 }, 1.5],
  ["of three layers", { layers: 3 }, 1.5],
  ["of seven layers", { layers: 7 }, 1.5],
  ["that says nothing of its profile", { isBlank: true, layers: 2 }, 1.5],
  ["in gray", { chroma: 0 }, 1],
  ["in 4:2:2, ten bits deep", { chroma: 2, bitDepth: 10 }, 2],
  ["in 4:4:4, of which a window is shown", { chroma: 3, bitDepth: 12, hasWindow: true }, 3],
])(
  "a HEVC bitstream %s tells the size, depth and samples that its decoder makes",
  (_, more, samplesPerPixel) => {
    const { bitDepth = 8 } = more;
    const told = readSequenceParameters(hevcSequence(1920, 1080, more));
    expect(told).toEqual({ width: 1920, height: 1080, bitDepth, samplesPerPixel });
  },
);
