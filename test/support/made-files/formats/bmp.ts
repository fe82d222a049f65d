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

const RUNS_OF_8 = 1;
const RUNS_OF_4 = 2;

/** 8 x 4 in runs: what gaps leave out is colour 0, which is red. */
function packed(compression: typeof RUNS_OF_8 | typeof RUNS_OF_4, ...codes: readonly number[]): Uint8Array {
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
  head.writeUInt16LE(compression === RUNS_OF_8 ? 8 : 4, 28);
  head.writeUInt32LE(compression, 30);
  head.writeUInt32LE(codes.length, 34);
  head.writeUInt32LE(colours.length, 46);
  return Buffer.concat([head, Buffer.from(colours.flat()), Buffer.from(codes)]);
}
const endOfLine = [0, 0];
const endOfPicture = [0, 1];
const leap = (across: number, up: number) => [0, 2, across, up];

/** `one` and `two` are the bytes of runs of the second and third colour. */
const runs = (of: typeof RUNS_OF_8 | typeof RUNS_OF_4, one: number, two: number) => {
  const full = [8, one, ...endOfLine];
  const make =
    (...codes: readonly (readonly number[])[]) =>
    () =>
      packed(of, ...codes.flat());
  return {
    "without gaps": make(full, full, full, full, endOfPicture),
    "with lines that end early": make([4, one], endOfLine, [2, two], endOfLine, endOfPicture),
    "with a leap": make([2, one], leap(3, 2), [3, two], endOfPicture),
    "with a leap across alone": make([2, one], leap(4, 0), [2, two], endOfPicture),
    "with a leap up alone": make(full, leap(0, 2), [8, two], endOfPicture),
    "with empty lines": make(endOfLine, full, endOfLine, full, endOfPicture),
    "that end at once": make([3, one], endOfPicture),
    "longer than their line": make([20, one], endOfLine, full, endOfPicture),
    "without their end": make(full, full, full, full),
    "with a leap out of the picture": make(full, leap(200, 0), [2, two], endOfPicture),
    "with lines too many": make(full, full, full, full, full, full, endOfPicture),
    "cut in the middle": make(full, full),
  };
};
const named = (what: string, files: Readonly<Record<string, () => Uint8Array>>) =>
  Object.fromEntries(Object.entries(files).map(([how, make]) => [`${what} ${how}`, make]));

/** Renders show the colours of a picture that is clear all over, and what there is of lines that are too long; Chromium shows none. */
const fallsShort = (name: string) =>
  (name.endsWith("alpha 0 everywhere") || name === "runs of 4 bits longer than their line") && {
    fallsShort: "Chromium shows nothing of its plain answer",
  };

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
    "runs of 8 bits and plain pixels": () =>
      packed(RUNS_OF_8, 0, 4, 1, 2, 1, 2, 4, 1, ...endOfLine, ...endOfPicture),
    "runs of 4 bits and plain pixels": () =>
      packed(RUNS_OF_4, 0, 4, 0x12, 0x12, 4, 0x11, ...endOfLine, ...endOfPicture),
    ...named("runs of 8 bits", runs(RUNS_OF_8, 1, 2)),
    ...named("runs of 4 bits", runs(RUNS_OF_4, 0x11, 0x22)),
    "larger than every named size": () => picture(1700, 1300),
  }).map((file) => ({ ...file, ...fallsShort(file.feature) })),
  ...madeFiles("bmp", { "24 bit": () => picture(240, 160) }).flatMap(withBroken),
];
