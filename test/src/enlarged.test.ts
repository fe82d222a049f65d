// A small picture that is asked for very large is made row by row: it never stands whole, whatever its format.
import { describe, expect, test } from "vitest";
import { readImageFacts } from "../../workers/shared/image-facts.ts";
import { corners, farthest, quadrants } from "../support/drawing.ts";
import { fileOf } from "../support/noise.ts";
import { planned } from "../support/planned-original.ts";
import { storeImage } from "../support/stored-image.ts";
import { renderPlanFor } from "../unit/plan/cases.ts";
import { ask, pixelsOf } from "./src-request.ts";

const small = quadrants(24, 16);
const MB = 1e6;

describe.each(["gif", "webp"] as const)("a %s of 24 x 16", (format) => {
  test("comes at 12000 x 4000 as JPEG", async () => {
    const { path } = await storeImage(await fileOf(format, small, null));
    const answer = await ask(`${path}?w=12000&h=4000&fit=squeeze&format=jpg`);
    expect(answer.status).toBe(200);
    const file = await answer.bytes();
    const read = readImageFacts(file, file.length);
    expect(read).toMatchObject({ facts: { format: "jpg", width: 12_000, height: 4_000 } });
  });

  test("shows the same at 600 x 400 as the picture itself", async () => {
    const { path } = await storeImage(await fileOf(format, small, null));
    const large = await pixelsOf(await ask(`${path}?w=600&h=400&fit=squeeze&format=png`));
    expect([large.width, large.height]).toEqual([600, 400]);
    expect(farthest(corners(large), corners(small))).toBeLessThanOrEqual(2);
  });
});

test.each(["gif", "webp", "avif", "bmp"] as const)(
  "an %s of one pixel at 12000 pixels is planned in a few megabytes",
  (format) => {
    const pixel = planned({ width: 1, height: 1 }, { format });
    for (const query of ["w=12000&h=4000&fit=squeeze&format=jpg", "w=12000&h=12000&fit=squeeze&format=png"])
      expect(renderPlanFor(query, pixel).mostBytes).toBeLessThan(25 * MB);
  },
);
