// Twigs and leaves against a bright sky: the hardest contrasts a lens meets.

import { blend, shade } from "../canvas.ts";
import { type Scene, sky } from "./scene.ts";

export const foliage: Scene = {
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
