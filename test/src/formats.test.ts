import { describe, expect, test } from "vitest";
import { createFactsReader } from "../../workers/shared/image-facts.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask, pixelsOf } from "./src-request.ts";

async function factsOf(answer: Response) {
  if (answer.status !== 200) throw new Error(await answer.text());
  const reader = createFactsReader();
  reader.push(await answer.bytes());
  const read = reader.end();
  if (read.kind !== "image") throw new Error(read.kind);
  return read.facts;
}

describe("moving pictures", () => {
  test.each([
    ["animation.gif", "gif", 12, 0],
    ["animation.gif", "webp", 12, 0],
    ["animation.webp", "webp", 12, 3],
    ["animation.webp", "gif", 12, 3],
    // Its file says "three times more".
    ["disposal.gif", "webp", 4, 4],
  ] as const)("%s as %s keeps its frames and its plays", async (name, format, frames, plays) => {
    const { path } = await storeImage(await fixtureBytes(name));
    const facts = await factsOf(await ask(`${path}?w=40&format=${format}`));
    expect(facts).toMatchObject({ format, frames, plays, animated: true, width: 40 });
  });

  test("anim=false gives the first frame, and so does a format that stands still", async () => {
    const { path } = await storeImage(await fixtureBytes("animation.gif"));
    expect(await factsOf(await ask(`${path}?anim=false`))).toMatchObject({
      format: "gif",
      frames: 1,
      width: 240,
    });
    expect(await factsOf(await ask(`${path}?format=jpg`))).toMatchObject({ format: "jpg", width: 240 });
    expect(await factsOf(await ask(`${path}?format=avif&w=50`))).toMatchObject({ format: "avif", width: 50 });
  });

  test("a still format takes the first frame of an animated WebP", async () => {
    const { path } = await storeImage(await fixtureBytes("animation.webp"));
    expect(await factsOf(await ask(`${path}?anim=false&w=50`))).toMatchObject({
      format: "webp",
      frames: 1,
      width: 50,
    });
    expect(await factsOf(await ask(`${path}?format=png`))).toMatchObject({ format: "png", width: 240 });
    expect(await factsOf(await ask(`${path}?w=40&h=40&fit=cover&g=auto`))).toMatchObject({
      frames: 12,
      width: 40,
    });
  });

  test("steps work on every frame", async () => {
    const { path } = await storeImage(await fixtureBytes("animation.gif"));
    const answer = await ask(`${path}?w=40&h=40&fit=pad&bg=red&saturation=0&format=webp`);
    expect(await factsOf(answer)).toMatchObject({ frames: 12, width: 40, height: 40 });
  });

  test("an animated PNG gives its first frame", async () => {
    const { path } = await storeImage(await fixtureBytes("animation.png"));
    expect(await factsOf(await ask(`${path}?w=40`))).toMatchObject({ format: "png", frames: 1, width: 40 });
  });

  test("format=auto takes webp, never avif, which we write still", async () => {
    const { path } = await storeImage(await fixtureBytes("animation.gif"));
    const answer = await ask(`${path}?w=40&format=auto`, { headers: { Accept: "image/avif,image/webp" } });
    expect(await factsOf(answer)).toMatchObject({ format: "webp", frames: 12 });
  });
});

describe("formats that browsers don't show", () => {
  test("a TIFF is a jpg at its plain URL", async () => {
    const { path } = await storeImage(await fixtureBytes("scan.tiff"));
    expect(path).toMatch(/\.jpg$/);
    expect(await factsOf(await ask(path))).toMatchObject({ format: "jpg", width: 400, height: 300 });
  });

  test("a HEIC is a jpg at its plain URL, upright", async () => {
    const { path } = await storeImage(await fixtureBytes("photo.heic"));
    expect(path).toMatch(/\.jpg$/);
    expect(await factsOf(await ask(path))).toMatchObject({ format: "jpg", width: 900, height: 1200 });
    expect(await factsOf(await ask(`${path}?size=s&format=webp`))).toMatchObject({
      format: "webp",
      width: 320,
      height: 426,
    });
  });

  test.each([
    ["sample.bmp", "jpg", 200],
    ["icon.ico", "png", 48],
  ] as const)("%s is itself at its plain URL, and %s when it is rendered", async (name, format, width) => {
    const file = await fixtureBytes(name);
    const { path } = await storeImage(file);
    expect(Buffer.from(await (await ask(path)).bytes()).equals(file)).toBe(true);
    expect(await factsOf(await ask(`${path}?w=${width - 8}`))).toMatchObject({ format, width: width - 8 });
  });
});

describe("colours", () => {
  test("of a CMYK jpg come out right", async () => {
    const { path } = await storeImage(await fixtureBytes("cmyk.jpg"));
    const pixels = await pixelsOf(await ask(`${path}?format=png&w=100`));
    // The lake scene: sky above, grass below; inverted inks would give an orange sky.
    const at = (x: number, y: number) => pixels.data.slice((y * 100 + x) * 4, (y * 100 + x) * 4 + 3);
    const [skyRed = 0, , skyBlue = 0] = at(10, 8);
    const [, grassGreen = 0, grassBlue = 0] = at(20, 72);
    expect(skyBlue).toBeGreaterThan(skyRed + 30);
    expect(grassGreen).toBeGreaterThan(grassBlue + 20);
  });
});
