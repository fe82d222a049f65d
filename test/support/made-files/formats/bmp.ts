// BMP.
import { fixture } from "../../fixtures.ts";
import { bmp, bmpRows } from "../../make-fixtures/bmps.ts";
import { encodeBmp } from "../../make-fixtures/plain-formats.ts";
import { withBroken } from "../broken.ts";
import { type MadeFile, madeFiles } from "../made-file.ts";
import { scene } from "../scene.ts";

async function picture(width: number, height: number): Promise<Uint8Array> {
  return encodeBmp(await scene(width, height).removeAlpha().raw().toBuffer(), width, height);
}

/** 8 x 4 in runs of 8 bits (the compression named 1): what gaps leave out is colour 0, which is red. */
function packed(...codes: readonly number[]): Uint8Array {
  const colours = [
    [0, 0, 255, 0],
    [0, 255, 0, 0],
    [255, 0, 0, 0],
  ];
  const start = 54 + colours.length * 4;
  const head = Buffer.alloc(54);
  head.write("BM", 0, "latin1");
  head.writeUInt32LE(start + codes.length, 2);
  head.writeUInt32LE(start, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(8, 18);
  head.writeInt32LE(4, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(8, 28);
  head.writeUInt32LE(1, 30);
  head.writeUInt32LE(codes.length, 34);
  head.writeUInt32LE(colours.length, 46);
  return Buffer.concat([head, Buffer.from(colours.flat()), Buffer.from(codes)]);
}
const [endOfLine, endOfPicture] = [
  [0, 0],
  [0, 1],
];
const full = [8, 1, ...endOfLine];

/** Renders show the colours of a picture that is clear all over; Chromium shows none. */
const fallsShort = (name: string) =>
  name.endsWith("alpha 0 everywhere") && { fallsShort: "Chromium shows nothing of its plain answer" };

const depths = bmpRows.map(
  ([name, spec]): MadeFile => ({
    format: "bmp",
    feature: `by hand: ${name}`,
    make: () => bmp(spec),
    expected: "yes",
    ...fallsShort(name),
  }),
);

export const files = [
  ...depths,
  ...madeFiles("bmp", {
    "one pixel": () => picture(1, 1),
    "a sample": () => fixture("sample.bmp"),
    "runs, without gaps": () => packed(...full, ...full, ...full, ...full, ...endOfPicture),
    "runs with lines that end early": () => packed(4, 1, ...endOfLine, 2, 2, ...endOfLine, ...endOfPicture),
    "runs with a leap": () => packed(2, 1, 0, 2, 3, 2, 3, 2, ...endOfPicture),
    "runs and plain pixels": () => packed(0, 4, 1, 2, 1, 2, 4, 1, ...endOfLine, ...endOfPicture),
    "larger than every named size": () => picture(1700, 1300),
  }),
  ...madeFiles("bmp", { "24 bit": () => picture(240, 160) }).flatMap(withBroken),
];
