// A moving AVIF says in three places when it was made: that is nobody's business.
import { expect, test } from "vitest";
import { blankNotes } from "../../../workers/formats/heif/strip-items.ts";

function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
}

/** Version, flags, two times of 0xdd bytes, and a rest that has to stay. */
const dated = (version: 0 | 1) =>
  Buffer.concat([
    Buffer.from([version, 0, 0, 7]),
    Buffer.alloc(version ? 16 : 8, 0xdd),
    Buffer.alloc(80, 0x5a),
  ]);

/** A handler of pictures: a track without one is not shown, and goes as a whole. */
const pictures = box("hdlr", Buffer.alloc(8), Buffer.from("pict", "latin1"), Buffer.alloc(13));

test.each([0, 1] as const)("the dates in headers of version %i go, and everything else stays", (version) => {
  const film = Buffer.concat([
    box("mvhd", dated(version)),
    box("trak", box("tkhd", dated(version)), box("mdia", box("mdhd", dated(version)), pictures)),
  ]);
  const blanked = blankNotes(Uint8Array.from(film));
  expect(Buffer.from(blanked)).toEqual(Buffer.from(film.map((byte) => (byte === 0xdd ? 0 : byte))));
});
