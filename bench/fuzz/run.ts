// `npm run fuzz`: bombs first, then damaged pictures with absurd queries through the whole of src, in workerd.
//
//   --seed N       where the random numbers start (default 1); the same seed does the same
//   --seconds N    how long (default 30)
//   --format F     only these source formats (may be repeated)
//   --replay CASE  only this case of the seed, and keep its file
//   --uploads      through the API into the whole product instead: what is accepted must keep what its object promises

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bombs } from "../../test/harness/hostile/bombs.ts";
import { mutate } from "../../test/harness/hostile/mutate.ts";
import { absurdQuery } from "../../test/harness/hostile/queries.ts";
import { loadSeeds } from "../../test/harness/hostile/seeds.ts";
import { Target } from "../../test/harness/hostile/target.ts";
import type { Product } from "../../test/harness/product/promises.ts";
import { seededRandom } from "../../test/harness/seeded-random.ts";
import { photosFolder } from "../photos/make-photos.ts";
import { madeSeeds, startProduct, tryCase, uploadCase } from "./uploads.ts";

const { values: asked } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seconds: { type: "string", default: "30" },
    format: { type: "string", multiple: true, default: [] },
    replay: { type: "string" },
    uploads: { type: "boolean", default: false },
  },
});
const target = new Target();
const counts = new Map<string, number>();
const findings: string[] = [];

function note(kind: string, finding: string | undefined, where: string): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
  if (finding === undefined) return;
  findings.push(`${where}: ${finding}`);
  console.log(`FOUND ${where}: ${finding}`);
}

if (asked.replay === undefined && !asked.uploads) {
  for (const bomb of bombs) {
    if (asked.format.length > 0 && !asked.format.includes(bomb.format)) continue;
    const { kind, finding, ms } = await target.attack(
      await bomb.make(),
      bomb.query ?? "w=320&format=jpg",
      bomb.limitMs,
    );
    console.log(`bomb ${bomb.name}: ${kind} in ${ms.toFixed(0)} ms`);
    note(kind, finding, `bomb ${bomb.name}`);
  }
}

const seeds = [...(await loadSeeds(asked.format)), ...(asked.uploads ? await madeSeeds(asked.format) : [])];
const kept = join(photosFolder, "fuzz-findings");
await mkdir(kept, { recursive: true });
const end = performance.now() + Number(asked.seconds) * 1000;
const [first, last] =
  asked.replay === undefined ? [0, Number.POSITIVE_INFINITY] : [Number(asked.replay), Number(asked.replay)];
const product = asked.uploads ? await startProduct() : undefined;
for (let round = first; round <= last && performance.now() < end; round++) {
  const { name, file, findings } = product ? await upload(round, product) : await render(round);
  if (findings > 0 || asked.replay !== undefined)
    await writeFile(join(kept, `${asked.seed}-${round}-${name}`), file);
}
await product?.stop();
await target.stop();

for (const [kind, count] of Array.from(counts).toSorted()) console.log(`${count}\t${kind}`);
console.log(findings.length === 0 ? "nothing found" : `${findings.length} findings; files are in ${kept}`);
process.exit(findings.length === 0 ? 0 : 1);

async function render(round: number) {
  const random = seededRandom(Number(asked.seed) * 1_000_003 + round);
  const seed = seeds[Math.floor(random() * seeds.length)];
  if (!seed) throw new Error("there is nothing to damage");
  const file = mutate(seed.file, seed.format === "png", random);
  const query = absurdQuery(random);
  const { kind, finding } = await target.attack(file, query);
  note(kind, finding, `seed ${asked.seed} case ${round}, ${seed.name}?${query}`);
  return { name: seed.name, file, findings: finding === undefined ? 0 : 1 };
}

async function upload(round: number, product: Product) {
  const attempt = uploadCase(seeds, Number(asked.seed), round);
  const { kind, findings } = await tryCase(attempt, product);
  note(
    kind,
    findings.length > 0 ? findings.join("; ") : undefined,
    `seed ${asked.seed} upload ${round}, ${attempt.name}`,
  );
  return { ...attempt, findings: findings.length };
}
