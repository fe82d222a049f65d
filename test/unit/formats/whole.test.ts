// A whole file is put together where it will lie: read in one go, the platform holds it a second time beside that.
import { expect, test } from "vitest";
import { readWhole } from "../../../workers/formats/bytes/whole.ts";

const file = Uint8Array.from({ length: 900_000 }, (_, at) => (at * 7_919) % 251);

/** As R2's: whoever reads says where to, and is told of in `rooms`. */
function fillingIn(rooms: number[]): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    type: "bytes",
    pull(controller) {
      const view = controller.byobRequest?.view;
      if (!view) throw new Error("Nobody says where to.");
      const room = new Uint8Array(view.buffer, 0, view.byteLength);
      rooms.push(room.length);
      const piece = file.subarray(at, at + Math.min(100_000, room.length));
      at += piece.length;
      if (piece.length === 0) controller.close();
      else room.set(piece);
      controller.byobRequest?.respond(piece.length);
    },
  });
}

test("A file of any length is read a quarter of a megabyte at a time", async () => {
  const rooms: number[] = [];
  const whole = await readWhole(fillingIn(rooms), file.length);
  expect(Buffer.from(whole).equals(file)).toBe(true);
  expect(Math.max(...rooms)).toBeLessThanOrEqual(262_144);
});

test.each([
  ["shorter than it was known to be, as far as it goes", 1_000_000, 900_000],
  ["longer than it was known to be, up to there", 500_000, 500_000],
])("A file that is %s", async (_what, known, read) => {
  const whole = await readWhole(fillingIn([]), known);
  expect(Buffer.from(whole).equals(file.subarray(0, read))).toBe(true);
});
