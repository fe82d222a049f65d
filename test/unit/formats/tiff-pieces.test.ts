// What of a TIFF passes, however the pieces that its directories name lie over each other: nothing hidden, and nothing moved.
import { expect, test } from "vitest";
import { ByteReader } from "../../../workers/formats/bytes/byte-reader.ts";
import { type Piece, stripTiff } from "../../../workers/formats/tiff/strip.ts";
import { seededRandom } from "../../harness/seeded-random.ts";

const FILE = Uint8Array.from({ length: 24 }, (_, index) => 100 + index);

/** The file in two chunks. */
function stripped(pieces: readonly Piece[], cutAt: number): number[] {
  const left: number[] = [];
  const reader = new ByteReader();
  const reading = stripTiff(reader, (bytes) => left.push(...bytes), pieces);
  reader.feed(FILE.subarray(0, cutAt));
  if (!reading.next().done) {
    reader.feed(FILE.subarray(cutAt));
    reading.next();
    reader.end();
    reading.next();
  }
  return left;
}

/** Byte by byte: in the order of the pieces, what was not decided yet is the piece's. */
function expected(pieces: readonly Piece[]): number[] {
  const left: number[] = [];
  for (const { offset, length, bytes } of pieces) {
    while (left.length < Math.min(offset, FILE.length)) left.push(0);
    const isWhole = left.length === offset;
    const end = Math.min(offset + length, FILE.length);
    while (left.length < end) {
      const at = left.length;
      // A directory that lies within what it claims to be its pixels is written all the same.
      if (bytes === null && pieces.some((piece) => piece.bytes && piece.offset === at)) break;
      if (bytes === null) left.push(FILE[at] ?? 0);
      else left.push(isWhole ? (bytes[at - offset] ?? 0) : 0);
    }
  }
  return left;
}

test.each<[what: string, pieces: readonly Piece[], left: readonly number[]]>([
  ["pixels behind a gap", [{ offset: 2, length: 2, bytes: null }], [0, 0, 102, 103]],
  [
    "a directory that is shorter now",
    [{ offset: 1, length: 4, bytes: Uint8Array.of(1, 2) }],
    [0, 1, 2, 0, 0],
  ],
  [
    "pixels over the end of another directory's hidden entries",
    [
      { offset: 0, length: 4, bytes: Uint8Array.of(1, 2, 3, 4) },
      { offset: 2, length: 6, bytes: Uint8Array.of(5, 6, 7, 8, 9, 9) },
      { offset: 5, length: 5, bytes: null },
    ],
    [1, 2, 3, 4, 0, 0, 0, 0, 108, 109],
  ],
  [
    "a directory in its own pixels",
    [
      { offset: 0, length: 8, bytes: null },
      { offset: 3, length: 2, bytes: Uint8Array.of(1, 2) },
      { offset: 4, length: 4, bytes: null },
    ],
    [100, 101, 102, 1, 2, 105, 106, 107],
  ],
])("%s", (_, pieces, left) => {
  expect(expected(pieces)).toEqual(left);
  for (let cutAt = 1; cutAt <= FILE.length; cutAt++) expect(stripped(pieces, cutAt)).toEqual(left);
});

test("whatever lies over what, each byte is what its piece says", () => {
  const random = seededRandom(5);
  const number = (below: number) => Math.floor(random() * below);
  for (let round = 0; round < 3_000; round++) {
    const pieces = Array.from({ length: 1 + number(5) }, (): Piece => {
      const [offset, length] = [number(20), number(9)];
      const isDirectory = random() < 0.4 && offset + length <= FILE.length;
      return { offset, length, bytes: isDirectory ? new Uint8Array(number(length + 1)).fill(7) : null };
    }).toSorted((one, other) => one.offset - other.offset);
    expect(stripped(pieces, 1 + number(24)), JSON.stringify(pieces)).toEqual(expected(pieces));
  }
});
