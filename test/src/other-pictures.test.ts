// One visitor's picture never lies in another's: whatever a file lacks, breaks or claims, what is made of it hangs on its own bytes alone.
//
// Each damaged file is decoded twice, once after a loud picture and once after another, on the same instances: any byte that
// was left over makes the two differ. A refusal is as good as a picture, and must be a refusal both times.
import { beforeAll, describe, expect, test } from "vitest";
import { parseTransform } from "../../schema/transform.ts";
import { Damage } from "../../workers/formats/damage.ts";
import { defaultLimits, makePlan } from "../../workers/src/plan/plan.ts";
import { originalFactsSchema } from "../../workers/src/plan/stored-facts.ts";
import { codecs } from "../../workers/src/render/codecs/index.ts";
import { lookAt } from "../../workers/src/render/look.ts";
import { lookAtAll, placeholderOf } from "../../workers/src/render/placeholder.ts";
import { seededRandom } from "../harness/seeded-random.ts";
import {
  damaged,
  seeds as healthy,
  landscape,
  loudPictures,
  outputs,
  type Sample,
  sampleOf,
  written,
} from "../support/damaged-samples.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { fileOf, noise } from "../support/noise.ts";
import { heldBytes } from "./src-request.ts";

let loud: readonly Sample[][] = [];
let seeds: readonly Sample[] = [];

beforeAll(async () => {
  loud = [await loudPictures(1), await loudPictures(2)];
  seeds = await healthy();
});

/** What a visitor may come to see of a picture, as text. */
const ways = {
  async pixels({ format, file, facts: { width, height } }: Sample): Promise<string> {
    const size = { width, height };
    const wanted = { stored: size, turn: 1, window: { x: 0, y: 0, ...size }, content: size } as const;
    const { data } = await codecs.read[format].decode(heldBytes(file), wanted);
    return new Uint8Array(await crypto.subtle.digest("SHA-256", data)).toHex();
  },
  async placeholder({ format, file, facts }: Sample): Promise<string> {
    const original = { format, facts: originalFactsSchema.parse(facts), bytes: file.length };
    const cost = lookAtAll(original);
    if (!cost) throw new Error("It does not fit.");
    return JSON.stringify(await placeholderOf(original, heldBytes(file), cost, (_cost, job) => job()));
  },
  async look({ format, file, facts: found }: Sample): Promise<string> {
    const facts = originalFactsSchema.parse(found);
    const transform = parseTransform(new URLSearchParams("w=40&h=20&fit=cover&gravity=auto&trim=true&f=jpg"));
    const original = {
      format,
      transformable: true,
      isDamaged: false,
      bytes: file.length,
      hiddenMetadata: "strip",
      facts,
    } as const;
    const plan = makePlan({ transform, extension: format, accept: "" }, original, defaultLimits);
    if (plan.kind !== "render" || !plan.look) throw new Error("Nothing is looked at.");
    return JSON.stringify(await lookAt(plan, heldBytes(file), facts));
  },
};
type Way = keyof typeof ways;

/** A refusal is an answer, too. */
async function answerOf(sample: Sample, way: Way = "pixels"): Promise<string> {
  try {
    return await ways[way](sample);
  } catch (error) {
    if (error instanceof Damage) return "refused";
    throw error;
  }
}

async function afterLoud(round: 0 | 1, sample: Sample, way: Way = "pixels"): Promise<string> {
  const before = loud[round]?.find(({ format }) => format === sample.format);
  if (!before) throw new Error(`There is no loud ${sample.format}.`);
  expect(await answerOf(before)).not.toBe("refused");
  return answerOf(sample, way);
}

describe("after a loud picture", () => {
  test("300 damaged files of every format show nothing of it: no pixel, no placeholder, no cut", async () => {
    const random = seededRandom(7);
    const counts = { refused: 0, shown: 0 };
    const formats = new Map<string, Set<string>>();
    for (let round = 0; round < 300; round++) {
      const way =
        (["pixels", "placeholder", "look"] as const)[Math.floor(round / seeds.length) % 3] ?? "pixels";
      const seed = seeds[round % seeds.length];
      if (!seed) continue;
      const sample = { ...seed, file: damaged(seed.file, random) };
      const first = await afterLoud(0, sample, way);
      expect(await afterLoud(1, sample, way), `${round}: ${way} of ${seed.format}`).toBe(first);
      counts[first === "refused" ? "refused" : "shown"]++;
      formats.set(seed.format, (formats.get(seed.format) ?? new Set()).add(first));
    }
    expect(counts.shown).toBeGreaterThan(60);
    expect(counts.refused).toBeGreaterThan(60);
    // Of each format some were shown: what is always refused proves nothing.
    for (const format of Object.keys(codecs.read))
      expect(formats.get(format)?.size, format).toBeGreaterThan(1);
  }, 90_000);

  test("an AVIF with any matrix but those that can be shown is refused, gray, clear or coloured", async () => {
    const shown = [1, 2, 4, 5, 6, 7, 9, 12];
    for (const hasAlpha of [false, true]) {
      const { file, facts, format } = await written("avif", landscape(hasAlpha));
      const box = indexOf(file, "colrnclx");
      for (const matrix of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 99, 255]) {
        const odd = file.slice();
        odd[box + 13] = matrix;
        odd[box + 14] = 0;
        const answer = await afterLoud(0, { file: odd, facts, format });
        expect(answer === "refused", `matrix ${matrix}`).toBe(!shown.includes(matrix));
        expect(await afterLoud(1, { file: odd, facts, format })).toBe(answer);
      }
    }
  });

  test("a gray AVIF whose matrix can't be shown is refused, whether its header or its bitstream names it", async () => {
    const file = await fixtureBytes("gray-matrix-10.avif");
    const { facts, format } = sampleOf(file);
    const unnamed = file.slice();
    unnamed.set(new TextEncoder().encode("free"), indexOf(file, "colrnclx"));
    setCodedMatrix(unnamed, 10);
    for (const odd of [file, unnamed])
      expect(await afterLoud(0, { file: odd, facts, format })).toBe("refused");
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
