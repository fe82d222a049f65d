// What of an AVIF or HEIC passes, wherever its picture and its metadata lie in whatever boxes: byte by byte.
import { expect, test } from "vitest";
import { ByteReader } from "../../../workers/formats/bytes/byte-reader.ts";
import { stripHeif } from "../../../workers/formats/heif/strip.ts";
import type { MetadataExtent, Parts } from "../../../workers/formats/heif/strip-items.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { box } from "../../support/make-fixtures/heif-file.ts";

const fileType = box("ftyp", Buffer.from("avif\0\0\0\0mif1", "latin1"));
const description = box("meta", Buffer.alloc(4));
const body = (bytes: number) => Uint8Array.from({ length: bytes }, (_, index) => 100 + (index % 100));

function stripped(file: Uint8Array, parts: Parts, pieceBytes: number): number[] {
  const reader = new ByteReader();
  const left: number[] = [];
  const reading = stripHeif(reader, (bytes) => left.push(...bytes), "none", parts);
  let { done } = reading.next();
  for (let at = 0; !done && at < file.length; at += pieceBytes) {
    reader.feed(file.slice(at, at + pieceBytes));
    ({ done } = reading.next());
  }
  reader.end();
  if (!done) reading.next();
  return left;
}

const covers =
  (at: number) =>
  ({ offset, length, isInMeta }: { offset: number; length: number; isInMeta: boolean }) =>
    !isInMeta && offset <= at && at < offset + length;

/** Its data in two boxes, with one between them that has a name of its own. */
function made(shown: string, lengths: readonly [number, number, number]) {
  const [one, two, three] = lengths;
  const boxes = [box("mdat", body(one)), box(shown, body(two)), box("mdat", body(three))];
  const file = Buffer.concat([fileType, description, ...boxes]);
  const start = fileType.length + description.length;
  /** Where the heads of the boxes stand, which pass; and the name that strangers get. */
  const heads = [start, start + 8 + one, start + 16 + one + two];
  return { file, start, heads };
}

function expected({ file, start, heads }: ReturnType<typeof made>, { picture, metadata }: Parts): number[] {
  const all = [...picture, ...metadata].filter(({ isInMeta }) => !isInMeta);
  const end = Math.max(0, ...all.map(({ offset, length }) => offset + length));
  const after = Array.from(file);
  for (let at = start; at < file.length; at++) {
    const head = heads.find((one) => one <= at && at < one + 8);
    if (head !== undefined) continue;
    if (metadata.some(covers(at))) after[at] = 0x20;
    else if (!picture.some(covers(at))) after[at] = 0;
  }
  after.splice((heads[1] ?? 0) + 4, 4, ..."free".split("").map((letter) => letter.charCodeAt(0)));
  // A box that begins behind the last byte of anything is appended by whoever, and not served.
  const last = heads.find((head) => head >= end);
  return last === undefined ? after : after.slice(0, last);
}

test("whatever lies where, the picture passes, its metadata is overwritten, and what is nobody's is blanked", () => {
  const random = seededRandom(9);
  const number = (below: number) => Math.floor(random() * below);
  for (let round = 0; round < 1_500; round++) {
    const what = made("uuid", [number(20), number(12), number(20)]);
    const extent = () => ({
      offset: what.start + number(what.file.length - what.start + 4),
      length: 1 + number(12),
      isInMeta: random() < 0.1,
    });
    const sorted = <T extends { readonly offset: number }>(extents: readonly T[]) =>
      extents.toSorted((one, other) => one.offset - other.offset);
    const picture: Parts["picture"][number][] = [];
    for (const one of sorted(Array.from({ length: number(5) }, extent))) {
      const before = picture.at(-1);
      // As they are handed over: each byte once.
      if (!before || one.offset > before.offset + before.length) picture.push(one);
    }
    const metadata = sorted(Array.from({ length: number(4) }, extent)).map(
      (one): MetadataExtent => ({ ...one, kind: "other" }),
    );
    const parts = { picture, metadata };
    const is = stripped(what.file, parts, 1 + number(60));
    expect(is, JSON.stringify([what.start, what.heads, parts])).toEqual(expected(what, parts));
  }
});
