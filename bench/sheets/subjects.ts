// Twenty small pictures with a subject somewhere off the middle, to see what `gravity=auto` keeps of them.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { type Random, seededRandom } from "../../test/harness/seeded-random.ts";
import { type Canvas, type Colour, paintStroke, type Stroke } from "../photos/canvas.ts";
import { paintScene } from "../photos/paint.ts";
import type { SceneName } from "../photos/scenes.ts";
import { sheetFolder } from "./pictures.ts";

const size = { width: 600, height: 360 } as const;
const grounds = ["lake", "meadow", "street", "pebbles", "foliage"] as const satisfies readonly SceneName[];

type Part = Pick<Stroke, "shape" | "colour"> & {
  /** Place and half sizes, in subject heights from its middle. */
  readonly at: readonly [x: number, y: number, long: number, wide: number];
};

const skin: Colour = [224, 178, 148];
const subjects: readonly (readonly Part[])[] = [
  // A person.
  [
    { shape: "box", colour: [40, 60, 110], at: [0, 0.32, 0.13, 0.24] },
    { shape: "ellipse", colour: [196, 48, 52], at: [0, 0.05, 0.2, 0.26] },
    { shape: "ellipse", colour: skin, at: [0, -0.32, 0.12, 0.15] },
    { shape: "ellipse", colour: [60, 40, 28], at: [0, -0.42, 0.13, 0.07] },
  ],
  // A balloon.
  [
    { shape: "ellipse", colour: [236, 120, 30], at: [0, -0.12, 0.34, 0.38] },
    { shape: "ellipse", colour: [250, 214, 70], at: [0, -0.12, 0.13, 0.38] },
    { shape: "box", colour: [92, 62, 40], at: [0, 0.42, 0.09, 0.07] },
  ],
  // A bird.
  [
    { shape: "leaf", colour: [250, 250, 252], at: [0, 0, 0.5, 0.16] },
    { shape: "ellipse", colour: [30, 30, 34], at: [0.36, -0.06, 0.11, 0.1] },
    { shape: "leaf", colour: [240, 150, 20], at: [0.52, -0.05, 0.1, 0.03] },
  ],
  // A flower.
  [
    { shape: "ellipse", colour: [214, 52, 122], at: [0, -0.2, 0.16, 0.2] },
    { shape: "ellipse", colour: [214, 52, 122], at: [0.22, 0.02, 0.2, 0.16] },
    { shape: "ellipse", colour: [214, 52, 122], at: [-0.22, 0.02, 0.2, 0.16] },
    { shape: "ellipse", colour: [214, 52, 122], at: [0, 0.24, 0.16, 0.2] },
    { shape: "ellipse", colour: [250, 216, 60], at: [0, 0.02, 0.12, 0.12] },
  ],
];

function paintSubject(canvas: Canvas, parts: readonly Part[], random: Random): void {
  const height = canvas.height * (0.3 + random() * 0.2);
  const side = random() < 0.5 ? 0.15 : 0.85;
  const x = canvas.width * (side + (random() - 0.5) * 0.1);
  const y = canvas.height * (0.35 + random() * 0.3);
  for (const { shape, colour, at } of parts) {
    const [right, down, long, wide] = at;
    const place = { x: x + right * height, y: y + down * height, long: long * height, wide: wide * height };
    paintStroke(canvas, { ...place, shape, colour, angle: 0, relief: 0.6, rough: 0.05, soft: 1 });
  }
}

/** Written where the Worker's disk service finds them; answers their paths. */
export async function makeSubjects(): Promise<string[]> {
  await mkdir(sheetFolder, { recursive: true });
  const paths: string[] = [];
  for (const ground of grounds) {
    for (const [kind, parts] of subjects.entries()) {
      const canvas = await paintScene(ground, size.width, size.height);
      paintSubject(canvas, parts, seededRandom(paths.length + kind * 31 + 5));
      const path = join(sheetFolder, `subject-${paths.length}.jpg`);
      await sharp(canvas.rgb, { raw: { ...size, channels: 3 } })
        .jpeg({ quality: 90 })
        .toFile(path);
      paths.push(path);
    }
  }
  return paths;
}
