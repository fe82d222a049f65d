import { beforeAll, describe, expect, test } from "vitest";
import { namedSize } from "../../workers/shared/size.ts";
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
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { storeImage } from "../support/stored-image.ts";
import { turnPixels } from "../support/turned-pixels.ts";
import { ask, decode, pixelsOf, pngOf } from "./src-request.ts";

const mimes = { jpg: "image/jpeg", png: "image/png", webp: "image/webp", avif: "image/avif" } as const;
const upright = [RED, GREEN, BLUE, YELLOW];
const inverse = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6 } as const;

let chart: Uint8Array<ArrayBuffer>;
let path: string;
beforeAll(async () => {
  chart = await pngOf(quadrants(96, 64));
  ({ path } = await storeImage(chart));
});

describe("formats", () => {
  test.each(["jpg", "webp", "avif", "png"] as const)(
    "a PNG is answered as %s, by parameter and by extension",
    async (format) => {
      for (const url of [`${path}?format=${format}&w=48`, `${path.replace(".png", `.${format}`)}?w=48`]) {
        const answer = await ask(url);
        expect(answer.headers.get("Content-Type")).toBe(mimes[format]);
        const pixels = await pixelsOf(answer);
        expect([pixels.width, pixels.height]).toEqual([48, 32]);
        expect(farthest(corners(pixels), upright)).toBeLessThan(12);
      }
    },
  );

  test.each([
    ["photo.jpg", "image/jpeg"],
    ["photo-portrait.jpg", "image/jpeg"],
    ["progressive.jpg", "image/jpeg"],
    ["gray.jpg", "image/jpeg"],
    ["logo.png", "image/png"],
    ["interlaced.png", "image/png"],
    ["deep.png", "image/png"],
    ["photo.webp", "image/webp"],
    ["photo.heic", "image/jpeg"],
    ["scan.tiff", "image/jpeg"],
    // An AVIF of its own large size would need more memory than there is beside its decoder; a WebP fits.
    ["photo.avif", "image/webp"],
  ])("%s comes at every size that the API announces", async (name, type) => {
    const file = await fixtureBytes(name);
    const image = await storeImage(file);
    const { width, height } = await sizeOf(image.path);
    for (const size of ["s", "m", "l"] as const) {
      const answer = await ask(`${image.path}?size=${size}`);
      if (size === "l") expect(answer.headers.get("Content-Type")).toBe(type);
      const pixels = await pixelsOf(answer);
      const expected = namedSize({ width, height }, size);
      const isPlain = expected.width === width && expected.height === height;
      if (!isPlain) expect({ width: pixels.width, height: pixels.height }).toEqual(expected);
    }
  });

  test.each([
    ["sample.bmp", "image/bmp", "image/jpeg"],
    ["icon.ico", "image/x-icon", "image/png"],
  ])("%s comes as it is, and resized as what can be written", async (name, own, written) => {
    const { path } = await storeImage(await fixtureBytes(name));
    expect((await ask(path)).headers.get("Content-Type")).toBe(own);
    const resized = await ask(`${path}?w=24`);
    expect(resized.headers.get("Content-Type")).toBe(written);
    expect((await pixelsOf(resized)).width).toBe(24);
  });

  test("a GIF gives its first frame", async () => {
    const image = await storeImage(await fixtureBytes("animation.gif"));
    const answer = await ask(`${image.path}?format=png&w=60&anim=false`);
    expect(answer.headers.get("Content-Type")).toBe("image/png");
    expect((await pixelsOf(answer)).width).toBe(60);
  });

  test("an SVG is answered as it is, in a sandbox, whatever is asked", async () => {
    const file = await fixtureBytes("drawing.svg");
    const image = await storeImage(file, { transformable: false });
    const answer = await ask(`${image.path}?w=10&format=png`);
    expect(answer.headers.get("Content-Type")).toBe("image/svg+xml");
    expect(answer.headers.get("Content-Security-Policy")).toContain("sandbox");
    expect(await answer.bytes()).toEqual(file);
  });
});

/** The size of an image as shown, as its row says. */
async function sizeOf(imagePath: string) {
  const { env } = await import("cloudflare:workers");
  const id = imagePath.split("/")[2]?.split(".")[0] ?? "";
  const row = await env.DB.prepare("select width, height from images where id = ?")
    .bind(id)
    .first<{ width: number; height: number }>();
  if (!row) throw new Error("no row");
  return row;
}

describe("turns", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8] as const)(
    "EXIF orientation %i is shown upright",
    async (orientation) => {
      // Stored the way a camera would: turning it by the orientation brings it upright.
      const stored = turnPixels(quadrants(96, 64), inverse[orientation]);
      const file = await pngOf(stored);
      const image = await storeImage(file, {
        facts: JSON.stringify({ ...(await factsOf(file)), orientation }),
      });
      const pixels = await pixelsOf(await ask(`${image.path}?w=48`));
      expect([pixels.width, pixels.height]).toEqual([48, 32]);
      expect(farthest(corners(pixels), upright)).toBeLessThan(3);
    },
  );

  test.each([
    ["rotate=90", [BLUE, RED, YELLOW, GREEN]],
    ["rotate=180", [YELLOW, BLUE, GREEN, RED]],
    ["rotate=270", [GREEN, YELLOW, RED, BLUE]],
    ["flip=h", [GREEN, RED, YELLOW, BLUE]],
    ["flip=v", [BLUE, YELLOW, RED, GREEN]],
    ["flip=hv", [YELLOW, BLUE, GREEN, RED]],
    ["flip=h&rotate=90", [YELLOW, GREEN, BLUE, RED]],
  ] as const)("%s turns the picture", async (query, expected) => {
    expect(farthest(corners(await pixelsOf(await ask(`${path}?${query}`))), expected)).toBe(0);
  });
});

async function factsOf(file: Uint8Array) {
  const { createFactsReader } = await import("../../workers/shared/image-facts.ts");
  const reader = createFactsReader();
  reader.push(file);
  const read = reader.end();
  if (read.kind !== "image") throw new Error("no image");
  return read.facts;
}

describe("cuts and padding", () => {
  test("cover with gravity keeps the corner", async () => {
    const colours: Record<string, Rgba> = {
      "top-left": RED,
      "top-right": GREEN,
      "bottom-left": BLUE,
      "bottom-right": YELLOW,
    };
    for (const [gravity, colour] of Object.entries(colours)) {
      const pixels = await pixelsOf(await ask(`${path}?w=10&h=60&fit=cover&g=${gravity}`));
      const [y, x] = [gravity.startsWith("top") ? 4 : 56, 5];
      expect(farthest([pixelAt(pixels, x, y)], [colour])).toBeLessThan(3);
    }
  });

  test("pad fills with the background, and with nothing where the format can show nothing", async () => {
    const blue = await pixelsOf(await ask(`${path}?w=96&h=96&fit=pad&bg=0000ff&f=jpg`));
    expect(farthest([pixelAt(blue, 48, 2)], [[0, 0, 255, 255]])).toBeLessThan(6);
    const clear = await pixelsOf(await ask(`${path}?w=96&h=96&fit=pad`));
    expect(pixelAt(clear, 48, 2)).toEqual([0, 0, 0, 0]);
    expect(pixelAt(clear, 24, 32)).toEqual(RED);
    const white = await pixelsOf(await ask(`${path}?w=96&h=96&fit=pad&f=jpg`));
    expect(farthest([pixelAt(white, 48, 2)], [[255, 255, 255, 255]])).toBeLessThan(3);
  });

  test("a transparent picture lies on white in a jpg, and on the background where one is given", async () => {
    const ghost = quadrants(32, 32, [
      [255, 0, 0, 0],
      [255, 0, 0, 128],
      [0, 0, 0, 255],
      [0, 0, 0, 0],
    ]);
    const image = await storeImage(await pngOf(ghost));
    const white = await pixelsOf(await ask(`${image.path}?f=jpg`));
    expect(farthest([pixelAt(white, 4, 4)], [[255, 255, 255, 255]])).toBeLessThan(6);
    const green = await pixelsOf(await ask(`${image.path}?bg=lime`));
    expect(corners(green)).toEqual([
      [0, 255, 0, 255],
      [128, 127, 0, 255],
      [0, 0, 0, 255],
      [0, 255, 0, 255],
    ]);
  });

  test("transparent pixels lend no colour to their neighbours", async () => {
    // Clear green beside solid red: an average over straight colours would turn the edge brown.
    const edge = quadrants(64, 64, [[0, 255, 0, 0], RED, [0, 255, 0, 0], RED]);
    const image = await storeImage(await pngOf(edge));
    const pixels = await pixelsOf(await ask(`${image.path}?w=9`));
    for (let x = 0; x < 9; x++) {
      const [, green, , alpha] = pixelAt(pixels, x, 4);
      if (alpha > 8) expect(green).toBeLessThan(60);
    }
  });
});

describe("what can't be rendered", () => {
  test("is an honest 422, while the plain URL still works", async () => {
    const huge = await storeImage(chart, {
      facts: JSON.stringify({ ...(await factsOf(chart)), width: 30_000, height: 30_000 }),
    });
    const answer = await ask(`${huge.path}?w=10`);
    expect(answer.status).toBe(422);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    expect(await answer.json()).toMatchObject({ error: { code: "media_failed", type: "processing_error" } });
    expect((await ask(huge.path)).status).toBe(200);
  });

  test("does not harm the pictures after it", async () => {
    for (const name of ["cat.jpg", "logo.png", "photo.webp", "photo.avif", "animation.gif"]) {
      const file = await fixtureBytes(name);
      const facts = JSON.stringify(await factsOf(file));
      const damaged = file.slice();
      // Structure stays, the pixels are noise, and the end is missing.
      for (let at = 600; at < damaged.length; at += 7) damaged[at] = (at * 31) & 255;
      const image = await storeImage(file, { facts });
      const broken = await storeImage(file, { facts });
      const { env } = await import("cloudflare:workers");
      await env.ORIGINALS.put(
        broken.path.slice(1).split(".")[0] ?? "",
        damaged.subarray(0, damaged.length >> 1),
      );
      const answer = await ask(`${broken.path}?w=50&f=png`);
      expect([200, 422]).toContain(answer.status);
      await answer.arrayBuffer();
      expect((await pixelsOf(await ask(`${image.path}?w=50&f=png`))).width).toBe(50);
    }
  });
});

test("renders name the time of their steps", async () => {
  const answer = await ask(`${path}?w=17&f=webp`);
  expect(answer.headers.get("Server-Timing")).toMatch(/decode;dur=.*steps;dur=.*encode;dur=/);
});

test("a second request is answered from the cache, and a deleted image is not", async () => {
  const image = await storeImage(chart);
  const first = await decode(await (await ask(`${image.path}?w=19`)).bytes());
  const { env, exports } = await import("cloudflare:workers");
  await env.ORIGINALS.delete(image.path.slice(1).split(".")[0] ?? "");
  expect(await pixelsOf(await ask(`${image.path}?w=19`))).toEqual(first);
  await env.DB.prepare("delete from images where id = ?").bind(image.id).run();
  await exports.default.purge([image.id]);
  expect((await ask(`${image.path}?w=19`)).status).toBe(404);
});
