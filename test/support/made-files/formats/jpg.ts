// JPEG.

import { fixture } from "../../fixtures.ts";
import {
  commentSegment,
  exifSegment,
  insertSegments,
  xmpSegment,
} from "../../make-fixtures/jpeg-segments.ts";
import { orientations } from "../../matrix/sources.ts";
import { withBroken } from "../broken.ts";
import { madeFiles } from "../made-file.ts";
import { scene } from "../scene.ts";

const baseline = () => scene().jpeg({ quality: 85 }).toBuffer();
const progressive = () => scene().jpeg({ quality: 85, progressive: true }).toBuffer();

const turned = Object.fromEntries(
  orientations.map((orientation) => [
    `EXIF orientation ${orientation}`,
    () => scene().jpeg().withMetadata({ orientation }).toBuffer(),
  ]),
);

export const files = [
  ...madeFiles("jpg", {
    "4:4:4": () => scene().jpeg({ chromaSubsampling: "4:4:4" }).toBuffer(),
    gray: () => scene().toColourspace("b-w").jpeg().toBuffer(),
    CMYK: () => scene().toColourspace("cmyk").jpeg().toBuffer(),
    "Display P3 profile": () => scene().withIccProfile("p3").jpeg().toBuffer(),
    "one pixel": () => scene(1, 1).jpeg().toBuffer(),
    "odd sizes": () => scene(17, 13).jpeg().toBuffer(),
    "wider than high by far": () => scene(1200, 3).jpeg().toBuffer(),
    "larger than every named size": () => scene(1700, 1300).jpeg().toBuffer(),
    "optimised by mozjpeg": () => scene().jpeg({ mozjpeg: true }).toBuffer(),
    "a phone's place and thumbnail": () => fixture("photo-portrait.jpg"),
    "XMP and a comment": async () => insertSegments(await baseline(), [xmpSegment(), commentSegment()]),
    "EXIF with a thumbnail": async () =>
      insertSegments(await baseline(), [
        exifSegment({ orientation: 1, thumbnail: await scene(40, 30).jpeg().toBuffer() }),
      ]),
    ...turned,
  }),
  ...madeFiles("jpg", { baseline, progressive }).flatMap(withBroken),
];
