// Soft lights behind, and a fine weave in front: smooth gradients beside a pattern that aliases.

import { blend, type Colour, shade } from "../canvas.ts";
import { octaves } from "../noise.ts";
import { clamp, pick, type Scene } from "./scene.ts";

export const fabric: Scene = {
  backdrop: (x, y) => blend([34, 28, 44], [196, 128, 92], clamp(octaves(x * 1.4, y * 1.4, 3) * 1.6 - 0.3)),
  detail: () => 0.02,
  *strokes(random, aspect) {
    for (let light = 0; light < 70; light++) {
      const colour = blend(
        [255, 214, 150],
        pick<Colour>(random, [
          [255, 90, 60],
          [90, 150, 255],
          [255, 250, 230],
        ]),
        random(),
      );
      const long = 0.02 + random() * 0.05;
      yield {
        shape: "ellipse",
        x: random() * aspect,
        y: random() * 0.55,
        long,
        wide: long,
        angle: 0,
        colour: shade(colour, 0.5 + random() * 0.5),
        relief: 0.1,
        rough: 0.02,
        soft: 24,
      };
    }
    for (let y = 0.5; y < 1.02; y += 0.0042) {
      for (let x = 0; x < aspect; x += 0.0062) {
        const fold = octaves(x * 2.2, y * 2.2, 3);
        const over = (Math.round(x / 0.0062) + Math.round(y / 0.0042)) % 2 === 0;
        yield {
          shape: "ellipse",
          x,
          y: y + fold * 0.05,
          long: 0.0033,
          wide: 0.0021,
          angle: over ? 0.35 : 1.2,
          colour: shade(over ? [176, 60, 62] : [214, 196, 176], 0.35 + fold),
          relief: 0.9,
          rough: 0.25,
          soft: 1,
        };
      }
    }
  },
};
