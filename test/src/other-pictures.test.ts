// One visitor's picture never lies in another's: whatever a file lacks, breaks or claims, what is made of it hangs on its own bytes alone.
//
// Each damaged file is decoded twice, once after a loud picture and once after another, on the same instances: any byte that
// was left over makes the two differ. A refusal is as good as a picture, and must be a refusal both times.
import { beforeAll, describe, expect, test } from "vitest";
import { Damage } from "../../workers/formats/damage.ts";
import { createFactsReader } from "../../workers/shared/image-facts.ts";
import type { Pixels } from "../../workers/src/geometry/pixels.ts";
import type { ReadableFormat } from "../../workers/src/plan/traits.ts";
import { codecs } from "../../workers/src/render/codecs/index.ts";
import { seededRandom } from "../harness/seeded-random.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { fileOf, noise } from "../support/noise.ts";
import { heldBytes } from "./src-request.ts";

type Output = keyof typeof codecs.write;
const outputs: readonly Output[] = ["jpg", "png", "webp", "avif", "gif"];

interface Sample {
  readonly format: ReadableFormat;
  readonly file: Uint8Array<ArrayBuffer>;
  readonly size: { readonly width: number; readonly height: number };
}

const loud: Sample[][] = [];
const seeds: Sample[] = [];

beforeAll(async () => {
  for (const seed of [1, 2])
    loud.push(await Promise.all(outputs.map((format) => written(format, noise(180, 140, seed)))));
  for (const format of outputs) seeds.push(await written(format, landscape(false)));
  for (const format of ["png", "webp", "avif", "gif"] as const)
    seeds.push(await written(format, landscape(true)));
  for (const name of [
    "sample.bmp",
    "icon.ico",
    "disposal.gif",
    "interlaced.png",
    "animation.webp",
    "photo.heic",
  ])
    seeds.push(sampleOf(await fixtureBytes(name)));
  for (const name of ["progressive.jpg", "cmyk.jpg", "logo.png"])
    seeds.push(sampleOf(await fixtureBytes(name)));
});

async function written(format: Output, picture: Pixels): Promise<Sample> {
  return sampleOf(await fileOf(format, picture, format === "png" || format === "gif" ? null : 80));
}

function sampleOf(file: Uint8Array<ArrayBuffer>): Sample {
  const facts = createFactsReader();
  facts.push(file);
  const read = facts.end();
  if (read.kind !== "image" || !(read.facts.format in codecs.read)) throw new Error("This is no picture.");
  const { format, width, height } = read.facts;
  if (format === "svg") throw new Error("An SVG is not decoded.");
  return { format, file, size: { width, height } };
}

function landscape(hasAlpha: boolean): Pixels {
  const [width, height] = [121, 87];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      data.set([x * 2, y * 2, 255 - x - y, hasAlpha ? (x * 7) % 256 : 255], (y * width + x) * 4);
  return { width, height, data };
}

/** The picture's bytes as text, or that it was refused. */
async function answerOf({ format, file, size }: Sample): Promise<string> {
  const wanted = { stored: size, turn: 1, window: { x: 0, y: 0, ...size }, content: size } as const;
  try {
    const { data } = await codecs.read[format].decode(heldBytes(file), wanted);
    return new Uint8Array(await crypto.subtle.digest("SHA-256", data)).toHex();
  } catch (error) {
    if (error instanceof Damage) return "refused";
    throw error;
  }
}

async function afterLoud(round: 0 | 1, sample: Sample): Promise<string> {
  const before = loud[round]?.find(({ format }) => format === sample.format) ?? loud[round]?.[1];
  if (before) expect(await answerOf(before)).not.toBe("refused");
  return answerOf(sample);
}

/** Cut off, bits turned, a stretch of zeros, a stretch from elsewhere in the file. */
function damaged(file: Uint8Array<ArrayBuffer>, random: () => number): Uint8Array<ArrayBuffer> {
  const at = (from = 0) => from + Math.floor(random() * (file.length - from));
  const kind = Math.floor(random() * 4);
  if (kind === 0) return file.slice(0, at(Math.floor(file.length / 4)));
  const copy = file.slice();
  const start = at(Math.min(30, file.length >> 1));
  const end = start + 1 + Math.floor(random() * 40);
  if (kind === 1) for (let count = 0; count < 3; count++) copy[at(20)] = Math.floor(random() * 256);
  if (kind === 2) copy.fill(0, start, end);
  if (kind === 3) copy.copyWithin(start, at(), at());
  return copy;
}

describe("after a loud picture", () => {
  test("300 damaged files of every format show nothing of it", async () => {
    const random = seededRandom(7);
    const counts = { refused: 0, shown: 0 };
    for (let round = 0; round < 300; round++) {
      const seed = seeds[round % seeds.length];
      if (!seed || (seed.format === "heic" && round > 100)) continue;
      const sample = { ...seed, file: damaged(seed.file, random) };
      const first = await afterLoud(0, sample);
      expect(await afterLoud(1, sample), `${round}: ${seed.format}`).toBe(first);
      counts[first === "refused" ? "refused" : "shown"]++;
    }
    expect(counts.shown).toBeGreaterThan(60);
    expect(counts.refused).toBeGreaterThan(60);
  });

  test("an AVIF with any matrix but those that can be shown is refused, gray, clear or coloured", async () => {
    const shown = [1, 2, 4, 5, 6, 7, 9, 12];
    for (const hasAlpha of [false, true]) {
      const { file, size, format } = await written("avif", landscape(hasAlpha));
      const box = indexOf(file, "colrnclx");
      for (const matrix of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 99, 255]) {
        const odd = file.slice();
        odd[box + 13] = matrix;
        odd[box + 14] = 0;
        const answer = await afterLoud(0, { file: odd, size, format });
        expect(answer === "refused", `matrix ${matrix}`).toBe(!shown.includes(matrix));
        expect(await afterLoud(1, { file: odd, size, format })).toBe(answer);
      }
    }
  });

  test("a gray AVIF whose matrix can't be shown is refused, whether its header or its bitstream names it", async () => {
    const file = await fixtureBytes("gray-matrix-10.avif");
    const { size, format } = sampleOf(file);
    const unnamed = file.slice();
    unnamed.set(new TextEncoder().encode("free"), indexOf(file, "colrnclx"));
    setCodedMatrix(unnamed, 10);
    for (const odd of [file, unnamed])
      expect(await afterLoud(0, { file: odd, size, format })).toBe("refused");
  });

  test("a file is written as it is after another", async () => {
    for (const format of outputs) {
      const first = await fileOf(format, landscape(true), 80, () => fileOf(format, noise(200, 160, 3), 80));
      const second = await fileOf(format, landscape(true), 80, () => fileOf(format, noise(200, 160, 4), 80));
      expect(Buffer.compare(first, second), format).toBe(0);
    }
  });
});

/** Changes the matrix of the AV1 sequence header, whatever bit it begins at: behind primaries 1 and transfer 13. */
function setCodedMatrix(file: Uint8Array, matrix: number): void {
  const bits = Array.from(file, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const start = indexOf(file, "mdat") * 8;
  const named = bits.indexOf("0000000100001101", start);
  if (named < 0) throw new Error("The sequence header names no colours.");
  const changed = bits.slice(0, named + 16) + matrix.toString(2).padStart(8, "0") + bits.slice(named + 24);
  for (let at = 0; at < file.length; at++) file[at] = Number.parseInt(changed.slice(at * 8, at * 8 + 8), 2);
}

function indexOf(file: Uint8Array, text: string): number {
  const at = Buffer.from(file).indexOf(text);
  if (at < 0) throw new Error(`There is no ${text}.`);
  return at;
}
