// Hills behind a lake, boats, a jetty and reeds: mostly soft, as most photos are, in light that needs a high ISO.

import { blend, type Colour, mix, shade } from "../canvas.ts";
import { octaves } from "../noise.ts";
import { pick, type Scene, sky } from "./scene.ts";

export const lake: Scene = {
  backdrop(x, y) {
    if (y < shore) return hills(x, y);
    const near = (y - shore) / (1 - shore);
    const ripple = octaves(x * 5, y * 60 * (1.2 - near), 3) - 0.45;
    return blend(hills(x + ripple * 0.02, shore * 2 - y + ripple * 0.04), [30, 66, 86], 0.3 + near * 0.4);
  },
  detail: (_, y) => (y < 0.3 ? 0.02 : 0.08),
  *strokes(random, aspect) {
    for (let boat = 0; boat < 7; boat++) {
      const near = boat / 7;
      const where = {
        x: random() * aspect,
        y: mix(shore + 0.03, 0.75, near),
        soft: 1.5,
        angle: 0,
        rough: 0.06,
      };
      const long = mix(0.02, 0.08, near);
      const colour = pick<Colour>(random, [
        [186, 50, 40],
        [232, 228, 216],
        [38, 70, 120],
        [214, 164, 60],
      ]);
      yield {
        ...where,
        shape: "ellipse",
        y: where.y + long * 0.2,
        long,
        wide: long * 0.12,
        colour: [24, 44, 56],
        relief: 0.1,
      };
      yield { ...where, shape: "leaf", long, wide: long * 0.3, colour, relief: 0.7 };
      yield {
        ...where,
        shape: "box",
        y: where.y - long * 0.7,
        long: long * 0.02,
        wide: long * 0.8,
        colour: [90, 70, 54],
        relief: 0.2,
      };
      yield {
        ...where,
        shape: "leaf",
        x: where.x + long * 0.3,
        y: where.y - long * 0.7,
        long: long * 0.62,
        wide: long * 0.22,
        angle: 1.2,
        colour: [244, 240, 230],
        relief: 0.4,
      };
    }
    for (let plank = 0; plank < 46; plank++) {
      const y = 0.8 + plank * 0.0046;
      const colour = shade([150, 120, 90], 0.7 + random() * 0.4);
      yield {
        shape: "box",
        x: 0.56 - plank * 0.004,
        y,
        long: 0.13 + plank * 0.0022,
        wide: 0.0019,
        angle: 0.03,
        colour,
        relief: 0.3,
        rough: 0.25,
        soft: 1,
      };
    }
    for (let reed = 0; reed < 2200; reed++) {
      const near = random();
      const long = mix(0.03, 0.11, near);
      const colour = shade(blend([70, 92, 40], [176, 168, 96], random()), 0.6 + random() * 0.5);
      const x = aspect - random() ** 1.6 * aspect;
      yield {
        shape: "leaf",
        x,
        y: mix(0.86, 1.02, near),
        long,
        wide: long * 0.045,
        angle: -1.57 + (random() - 0.5) * 0.5,
        colour,
        relief: 0.5,
        rough: 0.08,
        soft: 1.5,
      };
    }
  },
};

const shore = 0.5;

function hills(x: number, y: number): Colour {
  let colour = sky(x, y);
  for (const [index, tone] of (
    [
      [128, 146, 176],
      [84, 110, 116],
      [52, 82, 60],
    ] as const
  ).entries()) {
    const crest = 0.36 + index * 0.055 - 0.17 * (octaves(x * (1.6 + index), index * 31, 6) - 0.4);
    if (y < crest) continue;
    const light = 0.6 + 0.7 * octaves(x * 11 + index * 9, y * 24, 4);
    colour = blend(shade(tone, light), [204, 212, 226], 0.42 - index * 0.16);
  }
  return colour;
}
