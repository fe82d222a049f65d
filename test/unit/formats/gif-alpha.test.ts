// Whether a GIF can be seen through: a colour that is, or places that a frame leaves clear and the next does not cover.
import { expect, test } from "vitest";
import { readImageFacts } from "../../../workers/shared/image-facts.ts";

const screen = [...Buffer.from("GIF89a"), 4, 0, 4, 0, 0x81, 0, 0, ...Array.from({ length: 12 }, () => 9)];
/** Leave as it is, clear, or bring back what was before. */
const disposals = { stay: 1, clear: 2, restore: 3 } as const;
const control = (disposal: keyof typeof disposals, seesThrough = false) => [
  ...[0x21, 0xf9, 4, (disposals[disposal] << 2) | (seesThrough ? 1 : 0), 10, 0, 0, 0],
];
const frame = (side: number) => [0x2c, 0, 0, 0, 0, side, 0, side, 0, 0, 2, 1, 0x2c, 0];
const whole = frame(4);
const part = frame(2);

test.each([
  ["a frame that covers all", [...control("clear"), ...whole], false],
  ["a first frame that does not cover all", part, true],
  ["a colour that is see-through", [...control("stay", true), ...whole], true],
  ["a part over what stays", [...control("stay"), ...whole, ...part], false],
  ["a part over what was cleared", [...control("clear"), ...whole, ...part], true],
  ["a part over what nothing was before", [...control("restore"), ...whole, ...part], true],
  ["a part over what an earlier frame was", [...whole, ...control("restore"), ...part, ...part], false],
  ["all over what was cleared", [...control("clear"), ...whole, ...whole], false],
  ["a part long after what was cleared", [...control("clear"), ...whole, ...whole, ...part], false],
])("a GIF of %s", (_, blocks, alpha) => {
  const file = Uint8Array.from([...screen, ...blocks, 0x3b]);
  expect(readImageFacts(file, file.length)).toMatchObject({ kind: "image", facts: { alpha } });
});
