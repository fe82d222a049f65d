import { beforeAll, describe, expect, test } from "vitest";
import type { Pixels } from "../../workers/src/geometry/pixels.ts";
import {
  BLUE,
  corners,
  farthest,
  GREEN,
  pixelAt,
  quadrants,
  RED,
  type Rgba,
  YELLOW,
} from "../support/drawing.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask, pixelsOf, pngOf } from "./src-request.ts";

const stored = async (pixels: Pixels) => (await storeImage(await pngOf(pixels))).path;
const render = async (path: string, query: string) => pixelsOf(await ask(`${path}?${query}`));

let path: string;
beforeAll(async () => {
  path = await stored(quadrants(64, 64));
});

const grey = ([red, green, blue]: Rgba) => Math.round(0.2126 * red + 0.7152 * green + 0.0722 * blue);

describe("tone and colour", () => {
  test("brightness multiplies every channel", async () => {
    expect(corners(await render(path, "brightness=0.5"))[0]).toEqual([100, 20, 20, 255]);
    expect(corners(await render(path, "brightness=2"))[0]).toEqual([255, 80, 80, 255]);
    expect(corners(await render(path, "brightness=0"))[0]).toEqual([0, 0, 0, 255]);
  });

  test("contrast spreads from middle grey", async () => {
    expect(
      farthest(corners(await render(path, "contrast=0")), Array(4).fill([128, 128, 128, 255])),
    ).toBeLessThan(2);
    expect(corners(await render(path, "contrast=10"))[0]).toEqual([255, 0, 0, 255]);
  });

  test("gamma below 1 lightens, above 1 darkens", async () => {
    const [light] = corners(await render(path, "gamma=0.5"));
    const [dark] = corners(await render(path, "gamma=2"));
    expect(light?.[0]).toBe(Math.round(255 * (200 / 255) ** 0.5));
    expect(dark?.[0]).toBe(Math.round(255 * (200 / 255) ** 2));
  });

  test("saturation 0 is grey, and above 1 is more colourful", async () => {
    const greys = corners(await render(path, "saturation=0"));
    expect(greys.map(([red, green, blue]) => [red, green, blue])).toEqual(
      [RED, GREEN, BLUE, YELLOW].map((colour) => [grey(colour), grey(colour), grey(colour)]),
    );
    const [more] = corners(await render(path, "saturation=1.5"));
    expect(more?.[0]).toBeGreaterThan(RED[0]);
    expect(more?.[2]).toBeLessThan(RED[2]);
  });

  test("all together are rounded once", async () => {
    // Darkened and lightened again: with a rounding in between, 65 values would become 27.
    const ramp: Pixels = {
      width: 256,
      height: 1,
      data: Uint8ClampedArray.from({ length: 1024 }, (_, at) => (at % 4 === 3 ? 255 : at >> 2)),
    };
    const pixels = await render(await stored(ramp), "brightness=0.4&contrast=2.5");
    expect(new Set(pixels.data.filter((_, at) => at % 4 === 0)).size).toBe(65);
  });
});

describe("blur", () => {
  test.each([1, 2, 4, 10, 40, 250])(
    "of %i keeps the mean, and softens the edges as a Gaussian does",
    async (blur) => {
      const edge = quadrants(200, 200, [
        [0, 0, 0, 255],
        [255, 255, 255, 255],
        [0, 0, 0, 255],
        [255, 255, 255, 255],
      ]);
      const pixels = await render(await stored(edge), `blur=${blur}`);
      const sigma = blur / 2;
      for (const distance of [-3, -1, -0.5, 0.5, 1, 3]) {
        const x = Math.round(100 + distance * sigma);
        if (x < 0 || x > 199 || sigma > 40) continue;
        expect(Math.abs(pixelAt(pixels, x, 100)[0] - 255 * normal((x + 0.5 - 100) / sigma))).toBeLessThan(
          sigma < 1 ? 16 : 6,
        );
      }
      const mean = pixels.data.reduce((sum, value, at) => sum + (at % 4 === 0 ? value : 0), 0) / 40_000;
      expect(Math.abs(mean - 127.5)).toBeLessThan(1.5);
    },
  );

  test("lets transparent pixels give no colour away", async () => {
    const edge = quadrants(64, 64, [[0, 255, 0, 0], RED, [0, 255, 0, 0], RED]);
    const pixels = await render(await stored(edge), "blur=8");
    for (let x = 0; x < 64; x++) {
      const [, green, , alpha] = pixelAt(pixels, x, 32);
      if (alpha > 16) expect(green).toBeLessThan(60);
    }
  });

  test("works on a single pixel", async () => {
    expect(pixelAt(await render(await stored(quadrants(1, 1)), "blur=250"), 0, 0)).toEqual(RED);
  });
});

/** The share of a normal distribution below x: Abramowitz and Stegun 7.1.26. */
function normal(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x / Math.SQRT2));
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const erf = 1 - series * Math.exp(-(x * x) / 2);
  return x < 0 ? (1 - erf) / 2 : (1 + erf) / 2;
}

describe("sharpen", () => {
  test("makes edges steeper and leaves flat parts alone", async () => {
    const grey: Rgba = [100, 100, 100, 255];
    const light: Rgba = [150, 150, 150, 255];
    const edge = await stored(quadrants(64, 64, [grey, light, grey, light]));
    const pixels = await render(edge, "sharp=1");
    expect(pixelAt(pixels, 31, 32)[0]).toBeLessThan(92);
    expect(pixelAt(pixels, 32, 32)[0]).toBeGreaterThan(158);
    expect(pixelAt(pixels, 10, 32)).toEqual(grey);
    const harder = await render(edge, "sharp=10");
    expect(pixelAt(harder, 32, 32)[0]).toBeGreaterThan(pixelAt(pixels, 32, 32)[0]);
  });

  test("gives hard edges no white and black seams, however much is asked", async () => {
    const dark: Rgba = [90, 90, 90, 255];
    const light: Rgba = [190, 190, 190, 255];
    const pixels = await render(await stored(quadrants(64, 64, [dark, light, dark, light])), "sharp=10");
    for (let x = 0; x < 64; x++) {
      expect(pixelAt(pixels, x, 32)[0]).toBeGreaterThanOrEqual(90 - 51);
      expect(pixelAt(pixels, x, 32)[0]).toBeLessThanOrEqual(190 + 26);
    }
  });
});

describe("trim", () => {
  /** A picture in a frame of its own colour on each side. */
  function framed(): Pixels {
    const picture = quadrants(60, 40, [
      [255, 255, 255, 255],
      [255, 255, 255, 255],
      [255, 255, 255, 255],
      [255, 255, 255, 255],
    ]);
    for (let y = 8; y < 39; y++)
      for (let x = 5; x < 45; x++) picture.data.set(x < 25 ? RED : BLUE, (y * 60 + x) * 4);
    for (let x = 0; x < 60; x++) picture.data.set([0, 0, 0, 255], (39 * 60 + x) * 4);
    return picture;
  }

  test("cuts borders to the pixel, each side in its own colour", async () => {
    const pixels = await render(await stored(framed()), "trim=true");
    expect([pixels.width, pixels.height]).toEqual([40, 31]);
    expect(pixelAt(pixels, 0, 0)).toEqual(RED);
    expect(pixelAt(pixels, 39, 30)).toEqual(BLUE);
  });

  test("comes before the resize, and after the turn", async () => {
    const pixels = await render(await stored(framed()), "trim=true&w=11&rotate=90");
    expect([pixels.width, pixels.height]).toEqual([11, 14]);
    expect(farthest([pixelAt(pixels, 5, 2), pixelAt(pixels, 5, 12)], [RED, BLUE])).toBeLessThan(3);
  });

  test("leaves a picture that is all border as it is", async () => {
    const flat = await stored(quadrants(20, 10, [RED, RED, RED, RED]));
    const pixels = await render(flat, "trim=50");
    expect([pixels.width, pixels.height]).toEqual([20, 10]);
  });

  test("tolerates what it is told to", async () => {
    const soft = quadrants(40, 40, [
      [250, 250, 250, 255],
      [246, 246, 246, 255],
      [250, 250, 250, 255],
      [246, 246, 246, 255],
    ]);
    for (let y = 10; y < 30; y++) for (let x = 10; x < 30; x++) soft.data.set(RED, (y * 40 + x) * 4);
    const image = await stored(soft);
    expect((await render(image, "trim=5")).height).toBe(20);
    expect((await render(image, "trim=0")).height).toBe(40);
  });
});

describe("gravity=auto", () => {
  /** Grey haze with a colourful, detailed subject at one place. */
  function scene(subjectX: number, subjectY: number): Pixels {
    const picture = quadrants(300, 200, Array(4).fill([150, 155, 160, 255]));
    for (let y = 0; y < 40; y++) {
      for (let x = 0; x < 40; x++) {
        const colour = (x >> 3) % 2 === (y >> 3) % 2 ? RED : YELLOW;
        picture.data.set(colour, ((subjectY + y) * 300 + subjectX + x) * 4);
      }
    }
    return picture;
  }

  test.each([
    [10, 80],
    [250, 20],
    [130, 150],
    [240, 150],
    [70, 5],
  ])("keeps a subject at %i, %i", async (x, y) => {
    const image = await stored(scene(x, y));
    for (const box of ["w=100&h=100", "w=60&h=100", "w=100&h=40"]) {
      const pixels = await render(image, `${box}&fit=cover&g=auto`);
      const strong = Array.from(
        { length: pixels.width * pixels.height },
        (_, at) => (pixels.data[at * 4] ?? 0) - (pixels.data[at * 4 + 2] ?? 0) > 100,
      );
      const [w = 0, h = 0] = box.match(/\d+/g)?.map(Number) ?? [];
      const scale = Math.max(w / 300, h / 200);
      expect(strong.filter(Boolean).length).toBeGreaterThan(0.85 * (40 * scale) ** 2);
    }
  });
});

describe("size=social", () => {
  test("is 1200x630 with the whole picture over itself, out of focus", async () => {
    const pixels = await render(path, "size=social");
    expect([pixels.width, pixels.height]).toEqual([1200, 630]);
    expect(farthest([pixelAt(pixels, 600 - 200, 100)], [RED])).toBeLessThan(3);
    const [red, green] = pixelAt(pixels, 100, 100);
    expect(red).toBeGreaterThan(2 * green);
  });

  test("lies on the background where one is given", async () => {
    expect(pixelAt(await render(path, "size=social&bg=navy"), 3, 300)).toEqual([0, 0, 128, 255]);
  });

  test("puts a clear picture on a colour that it stands out from", async () => {
    const logo = (light: Rgba) => stored(quadrants(60, 60, [[0, 0, 0, 0], light, light, [0, 0, 0, 0]]));
    const onDark = await render(await logo([250, 250, 250, 255]), "size=social");
    expect(pixelAt(onDark, 3, 3)[0]).toBeLessThan(60);
    expect(pixelAt(onDark, 450, 100)[0]).toBeLessThan(60);
    expect(pixelAt(await render(await logo(BLUE), "size=social"), 3, 3)).toEqual([255, 255, 255, 255]);
  });
});
