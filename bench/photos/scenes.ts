// Five scenes for the camera: far things as a smooth backdrop, near things as strokes. Lengths are in picture heights.

import { blend, type Colour, mix, type Stroke, shade } from "./canvas.ts";
import { octaves, type Random } from "./noise.ts";

export interface Scene {
  /** What lies behind everything: x from 0 to the aspect ratio, y from 0 to 1. */
  backdrop(x: number, y: number): Colour;
  /** How strongly fine texture shows on the backdrop there, 0..1. */
  detail(x: number, y: number): number;
  /** Drawn in order, over the backdrop. */
  strokes(random: Random, aspect: number): Iterable<Stroke>;
}

const clamp = (t: number) => Math.max(0, Math.min(1, t));
const pick = <T>(random: Random, choices: readonly [T, ...T[]]): T =>
  choices[Math.floor(random() * choices.length)] ?? choices[0];

function sky(x: number, y: number): Colour {
  const clear = blend([58, 112, 188], [210, 222, 236], clamp(y * 1.9));
  const cloud = clamp((octaves(x * 2.3 + 4, y * 5.5 + 2, 8) - 0.48) * 3.6);
  return blend(clear, [250, 248, 244], cloud * 0.9);
}

/** Ridges under clouds, and grass in the foreground with flowers. */
const meadow: Scene = {
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

/** Stones of all sizes on each other: sizes follow a power law, as in nature. */
const pebbles: Scene = {
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

/** House fronts with rows of windows, shutters and brick courses: straight edges and repeats. */
const street: Scene = {
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

/** Twigs and leaves against a bright sky: the hardest contrasts a lens meets. */
const foliage: Scene = {
  backdrop: (x, y) => blend(sky(x, y * 0.6), [246, 246, 240], 0.45),
  detail: () => 0.02,
  *strokes(random, aspect) {
    for (let branch = 0; branch < 60; branch++) {
      let x = random() * aspect;
      let y = random();
      let angle = random() * 6.28;
      for (let joint = 0; joint < 40; joint++) {
        const wide = 0.0012 + 0.004 * (1 - joint / 40);
        yield {
          shape: "box",
          x,
          y,
          long: 0.012,
          wide,
          angle,
          colour: [62, 48, 36],
          relief: 0.5,
          rough: 0.4,
          soft: 1,
        };
        for (let leaf = 0; leaf < 5; leaf++) {
          const green = shade(blend([34, 66, 20], [186, 200, 70], random() ** 1.5), 0.6 + random() * 0.6);
          const far = random() < 0.3;
          yield {
            shape: "leaf",
            x: x + (random() - 0.5) * 0.07,
            y: y + (random() - 0.5) * 0.07,
            long: 0.008 + random() * 0.02,
            wide: 0.004 + random() * 0.008,
            angle: random() * 6.28,
            colour: far ? blend(green, [200, 214, 200], 0.4) : green,
            relief: 0.6,
            rough: 0.25,
            soft: far ? 8 : 1,
          };
        }
        angle += (random() - 0.5) * 0.7;
        x += Math.cos(angle) * 0.018;
        y += Math.sin(angle) * 0.018;
      }
    }
  },
};

/** Soft lights behind, and a fine weave in front: smooth gradients beside a pattern that aliases. */
const fabric: Scene = {
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

export const scenes = { meadow, pebbles, street, foliage, fabric };
export type SceneName = keyof typeof scenes;
