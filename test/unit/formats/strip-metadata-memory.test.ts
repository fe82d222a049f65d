// A 70 MB original passes with a few chunks in hand: what was read and what was handed on stay close together.
import { describe, expect, test } from "vitest";
import type { SourceFormat } from "../../../schema/facts.ts";
import { stripInto } from "../../../workers/src/metadata/strip.ts";
import { stripMetadata } from "../../harness/worker/stripped.ts";
import { fixture } from "../../support/fixtures.ts";
import { box, buildHeif, imageSize } from "../../support/make-fixtures/heif-file.ts";

const pieceBytes = 65_536;
const pieces = 1_070;
const noise = Uint8Array.from({ length: pieceBytes }, (_, index) => (index * 7_919 + (index >> 3)) % 251);

/** A front, then 70 MB of something that looks like coded pixels. */
function* hugeFile(front: Uint8Array, end: Uint8Array): Generator<Uint8Array> {
  yield front;
  for (let count = 0; count < pieces; count++) yield noise.slice();
  yield end;
}

function uint32(value: number, littleEndian = false): Buffer {
  const bytes = Buffer.alloc(4);
  if (littleEndian) bytes.writeUInt32LE(value);
  else bytes.writeUInt32BE(value);
  return bytes;
}

const pixelBytes = pieces * pieceBytes;
const jpeg = fixture("cat.jpg");
const scanStart = jpeg.indexOf(Buffer.from([0xff, 0xda, 0, 12])) + 14;
const heif = buildHeif({
  brand: "avif",
  properties: [imageSize(40, 30)],
  items: [{ type: "av01", payload: Buffer.alloc(8), properties: [1] }],
});
// One item that says it is all that follows, in the box behind its own too.
heif.writeUInt32BE(pixelBytes, heif.lastIndexOf(uint32(8), heif.indexOf("iinf")));

const files: readonly (readonly [SourceFormat, Uint8Array, Uint8Array])[] = [
  ["jpg", jpeg.subarray(0, scanStart), Uint8Array.of(0xff, 0xd9)],
  [
    "png",
    Buffer.concat([fixture("deep.png").subarray(0, 33), uint32(pixelBytes), Buffer.from("IDAT")]),
    Buffer.concat([uint32(0), uint32(0), Buffer.from("IEND"), uint32(0xae426082)]),
  ],
  [
    "webp",
    Buffer.concat([
      Buffer.from("RIFF"),
      uint32(pixelBytes + 14, true),
      Buffer.from("WEBPVP8 "),
      uint32(pixelBytes, true),
    ]),
    Buffer.alloc(2),
  ],
  ["avif", Buffer.concat([heif, uint32(pixelBytes + 8), Buffer.from("mdat")]), box("free")],
];

describe("70 MB pass with less than 300 KB in hand", () => {
  test.each(files)("%s", async (format, front, end) => {
    const source = hugeFile(front, end);
    let taken = 0;
    let given = 0;
    let mostInHand = 0;
    const original = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const { done, value } = source.next();
          if (done) return controller.close();
          taken += value.length;
          mostInHand = Math.max(mostInHand, taken - given);
          controller.enqueue(value);
        },
      },
      { highWaterMark: 0 },
    );
    for await (const piece of stripMetadata(format, original, { metadata: "none" })) given += piece.length;
    expect(given).toBeGreaterThan(pixelBytes);
    expect(mostInHand).toBeLessThan(300_000);
  });
});

test("whoever stops reading stops the original too", async () => {
  const source = hugeFile(jpeg.subarray(0, scanStart), Uint8Array.of(0xff, 0xd9));
  let isCancelled = false;
  const original = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(source.next().value ?? new Uint8Array(1));
    },
    cancel() {
      isCancelled = true;
    },
  });
  const leaving = async () => {
    throw new Error("The reader has gone.");
  };
  await expect(stripInto("jpg", original, { metadata: "none" }, leaving)).rejects.toThrow("has gone");
  expect(isCancelled).toBe(true);
});
