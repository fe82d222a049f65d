// House fronts with rows of windows, shutters and brick courses: straight edges and repeats.

import type { Random } from "../../../test/harness/seeded-random.ts";
import { blend, type Colour, type Stroke, shade } from "../canvas.ts";
import { octaves } from "../noise.ts";
import { pick, type Scene, sky } from "./scene.ts";

export const street: Scene = {
  backdrop: (x, y) =>
    y < 0.8 ? sky(x, y * 0.8) : shade([120, 116, 112], 0.62 + 0.5 * octaves(x * 8, y * 60, 7)),
  detail: (_, y) => (y < 0.5 ? 0.04 : 0.4),
  *strokes(random, aspect) {
    for (let house = 0, left = 0; left < aspect; house++) {
      const width = 0.16 + random() * 0.12;
      const top = 0.12 + random() * 0.2;
      const wall = pick<Colour>(random, [
        [196, 150, 110],
        [214, 196, 160],
        [168, 88, 70],
        [150, 164, 170],
        [222, 206, 206],
      ]);
      yield {
        shape: "box",
        x: left + width / 2,
        y: (top + 0.84) / 2,
        long: width / 2,
        wide: (0.84 - top) / 2,
        angle: 0,
        colour: wall,
        relief: 0.2,
        rough: 0.45,
        soft: 1,
      };
      for (let y = top + 0.01; y < 0.83; y += 0.0085) {
        yield {
          shape: "box",
          x: left + width / 2,
          y,
          long: width / 2,
          wide: 0.0007,
          angle: 0.0004 * house,
          colour: shade(wall, 0.72),
          relief: 0,
          rough: 0.3,
          soft: 1,
        };
      }
      for (let y = top + 0.05; y < 0.76; y += 0.115) {
        for (let x = left + 0.03; x < left + width - 0.02; x += 0.052) yield* window(random, x, y, wall);
      }
      left += width;
    }
  },
};

function* window(random: Random, x: number, y: number, wall: Colour): Iterable<Stroke> {
  const glass = shade(blend([40, 56, 76], [196, 212, 226], random() ** 2), 0.9);
  const flat = { shape: "box", angle: 0, soft: 1, y } as const;
  yield { ...flat, x, long: 0.019, wide: 0.039, colour: shade(wall, 1.25), relief: 0.3, rough: 0.1 };
  yield { ...flat, x, long: 0.015, wide: 0.035, colour: glass, relief: 0.8, rough: 0.12 };
  yield { ...flat, x, long: 0.0012, wide: 0.035, colour: [236, 232, 224], relief: 0, rough: 0.05 };
  yield {
    ...flat,
    x,
    y: y - 0.01,
    long: 0.015,
    wide: 0.0012,
    colour: [236, 232, 224],
    relief: 0,
    rough: 0.05,
  };
  const shutter = pick<Colour>(random, [
    [46, 84, 60],
    [70, 52, 40],
    [52, 76, 110],
  ]);
  for (let slat = -0.034; slat < 0.034; slat += 0.0034) {
    yield {
      ...flat,
      x: x - 0.0225,
      y: y + slat,
      long: 0.0032,
      wide: 0.0013,
      colour: shutter,
      relief: 0.6,
      rough: 0.1,
    };
  }
}
