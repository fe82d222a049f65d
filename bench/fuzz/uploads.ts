// `npm run fuzz -- --uploads`: damaged files through the API into the whole product. Whatever is accepted keeps what its object promises.
import { createTestHarness } from "wrangler";
import { mendChecksums } from "../../test/harness/hostile/mend-png.ts";
import { mutate } from "../../test/harness/hostile/mutate.ts";
import type { Seed } from "../../test/harness/hostile/seeds.ts";
import { mutateStructure } from "../../test/harness/hostile/structure.ts";
import { brokenPromises, type Product, uploadFile } from "../../test/harness/product/promises.ts";
import { type Random, seededRandom } from "../../test/harness/seeded-random.ts";
import { loadMadeFiles } from "../../test/support/made-files/index.ts";
import { hashApiKey, newApiKey } from "../../workers/api/accounts/api-key.ts";

export interface Case {
  readonly name: string;
  readonly file: Uint8Array;
}

/** The made files of all formats that are small: what is odd already is damaged further. */
export async function madeSeeds(formats: readonly string[]): Promise<readonly Seed[]> {
  const made = (await loadMadeFiles()).filter(
    ({ format }) => formats.length === 0 || formats.includes(format),
  );
  const seeds = await Promise.all(
    made.map(async ({ format, feature, make }) => ({
      name: `${feature.replace(/\W+/g, "-")}.${format}`,
      format,
      file: await make(),
    })),
  );
  return seeds.filter(({ file }) => file.length < MOST_SEED_BYTES);
}

const MOST_SEED_BYTES = 100_000;

/** The case of this number: the same every time. Two of three are damaged along their structure. */
export function uploadCase(seeds: readonly Seed[], seed: number, round: number): Case {
  const random = seededRandom(seed * 1_000_003 + round);
  const chosen = seeds[Math.floor(random() * seeds.length)];
  if (!chosen) throw new Error("there is nothing to damage");
  return { name: chosen.name, file: damaged(chosen, random) };
}

function damaged({ file, format }: Seed, random: Random): Uint8Array {
  const structured = random() < 2 / 3 ? mutateStructure(file, format, random) : undefined;
  if (!structured) return mutate(file, format === "png", random);
  return format === "png" && random() < 0.5 ? mendChecksums(structured) : structured;
}

/** What became of it, in a word or two, and the findings. */
export async function tryCase({ file }: Case, product: Product) {
  try {
    const uploaded = await uploadFile(file, product);
    if (uploaded.kind === "refused") return { kind: "refused", findings: [] };
    if (uploaded.kind === "fault") return { kind: "fault", findings: [uploaded.finding] };
    const { image } = uploaded;
    const notes = image.notes.map(({ code }) => code).join(" and ");
    return { kind: `kept ${image.format} ${notes}`.trim(), findings: await brokenPromises(image) };
  } catch (error) {
    return { kind: "fault", findings: [String(error)] };
  }
}

/** Both Workers on one origin, with a key. */
export async function startProduct() {
  const workers = createTestHarness({
    workers: [{ configPath: "wrangler.toml" }, { configPath: "workers/src/wrangler.toml" }],
  });
  const { url } = await workers.listen();
  const api = workers.getWorker<{ DB: { exec(sql: string): Promise<unknown> } }>("edgepix");
  await api.applyD1Migrations("DB");
  const key = newApiKey();
  const { DB } = await api.getEnv();
  const row = `'fuzz', 'fuzz', '${await hashApiKey(key)}', 'fuzz', 'read,write', '${key.slice(-4)}', 0`;
  // D1's exec takes a statement a line.
  await DB.exec(`
    insert into accounts (id, storage, name, plan, created_at) values ('fuzz', 'fuzz', 'fuzz', 'unlimited', 0);
    insert into api_keys (id, account_id, hash, name, abilities, hint, created_at) values (${row});
  `);
  return { origin: url.origin, key, stop: () => workers.close() };
}
