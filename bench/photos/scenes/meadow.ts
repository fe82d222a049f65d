// Ridges under clouds, and grass in the foreground with flowers.

import { blend, type Colour, mix, shade } from "../canvas.ts";
import { octaves } from "../noise.ts";
import { clamp, pick, type Scene, sky } from "./scene.ts";

export const meadow: Scene = {
  backdrop(x, y) {
    let colour = sky(x, y);
    for (const [index, base] of [0.42, 0.5, 0.57].entries()) {
      if (y < base - 0.2 * (octaves(x * (2.4 + index * 2), index * 31, 7) - 0.4)) continue;
      const light = 0.45 + octaves(x * 30 + index * 9, y * 60, 7);
      colour = blend(
        shade(
          (
            [
              [110, 130, 160],
              [80, 104, 100],
              [56, 82, 48],
            ] as const
          )[index] ?? [0, 0, 0],
          light,
        ),
        [200, 210, 224],
        0.5 - index * 0.2,
      );
    }
    return y > 0.6
      ? blend(colour, shade([88, 104, 44], 0.4 + octaves(x * 14, y * 22, 6)), clamp((y - 0.6) * 30))
      : colour;
  },
  detail: (_, y) => mix(0.03, 0.45, clamp((y - 0.3) * 5)),
  *strokes(random, aspect) {
    for (let index = 0; index < 9000; index++) {
      const near = (index / 9000) ** 1.5;
      const y = 0.62 + near * 0.42;
      const flower = random() < 0.05;
      const light = 0.5 + random() * 0.8;
      const size = mix(0.012, 0.075, near) * (0.5 + random());
      const where = { x: random() * aspect, y: y + random() * 0.03, soft: near > 0.93 ? 6 : 1 };
      if (flower) {
        const colour = pick<Colour>(random, [
          [236, 190, 40],
          [226, 60, 54],
          [240, 236, 240],
          [150, 90, 200],
        ]);
        yield {
          ...where,
          shape: "ellipse",
          long: size * 0.22,
          wide: size * 0.17,
          angle: 0,
          colour,
          relief: 0.5,
          rough: 0.2,
        };
      } else {
        const colour = shade(blend([58, 82, 24], [166, 164, 80], random()), light);
        yield {
          ...where,
          shape: "leaf",
          long: size,
          wide: size * 0.045,
          angle: -1.57 + (random() - 0.5) * 1.1,
          colour,
          relief: 0.5,
          rough: 0.15,
        };
      }
    }
  },
};
