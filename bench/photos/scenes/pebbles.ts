// Stones of all sizes on each other: sizes follow a power law, as in nature.

import { blend, type Colour, shade } from "../canvas.ts";
import { octaves } from "../noise.ts";
import { pick, type Scene } from "./scene.ts";

export const pebbles: Scene = {
  backdrop: (x, y) => shade([70, 62, 54], 0.3 + octaves(x * 20, y * 20, 6)),
  detail: () => 0.5,
  *strokes(random, aspect) {
    for (let index = 0; index < 7000; index++) {
      const long = 0.008 / (0.06 + random() ** 1.2) ** 0.9;
      const tone = blend(
        pick<Colour>(random, [
          [150, 140, 128],
          [120, 124, 132],
          [176, 150, 122],
          [96, 84, 78],
          [206, 200, 190],
        ]),
        [130, 128, 120],
        random() * 0.6,
      );
      yield {
        shape: "ellipse",
        x: random() * aspect,
        y: random(),
        long: Math.min(long, 0.1),
        wide: Math.min(long, 0.1) * (0.5 + random() * 0.45),
        angle: random() * 3.14,
        colour: shade(tone, 0.7 + random() * 0.5),
        relief: 0.9,
        rough: 0.2 + random() * 0.5,
        soft: 1.5,
      };
    }
  },
};
