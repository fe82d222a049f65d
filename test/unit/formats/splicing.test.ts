// Metadata put into a file while it is written: wherever the pieces end, the file is the same.
import { expect, test } from "vitest";
import { splicing } from "../../../workers/formats/bytes/write.ts";

test.each([
  [4, [[1, 2, 3, 4, 5, 6]]],
  [
    4,
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  ],
  [4, [[1, 2, 3], [4, 5], [6]]],
  [4, [[1], [2], [3], [4], [5], [6]]],
  [0, [[1, 2, 3, 4, 5, 6]]],
  [
    6,
    [
      [1, 2, 3, 4],
      [5, 6],
    ],
  ],
])("a piece behind %d bytes of pieces %j", async (before, pieces) => {
  const written: number[] = [];
  const write = splicing((bytes) => void written.push(...bytes), before, Uint8Array.of(90, 91));
  for (const piece of pieces) await write(Uint8Array.from(piece));
  const whole = [1, 2, 3, 4, 5, 6];
  expect(written).toEqual([...whole.slice(0, before), 90, 91, ...whole.slice(before)]);
});
