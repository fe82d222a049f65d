// What it costs that somebody with a hundred networks asks for thousands of made-up variants of one image: with `VARIANTS=any`, where only each
// network's budget counts, and with the ladder. In processor time of workerd, beyond what the same number of requests takes of an empty Worker.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestHarness } from "wrangler";
import { processorTime } from "../../api/processor-time.ts";
import { startSrc } from "../../burst/start-src.ts";
import type { Row } from "../section.ts";

const NETWORKS = 100;
const AT_ONCE = 8;
const MOST_SHARE = 1 / 20;

/** Where nothing is refused each URL costs the same: a part of them tells. */
const SAMPLED_SHARE = 1 / 20;

interface Minted {
  readonly urls: number;
  readonly cpuMs: number;
  readonly rendered: number;
}

/**
 * The empty Worker's share is wrangler's proxy and what workerd does with any request; neither is billed as a Worker's time. What is left is our own
 * code, and D1, R2 and the rate limits as they are emulated in the same process.
 */
export async function minted(urls: number): Promise<Row[]> {
  const sampled = Math.ceil(urls * SAMPLED_SHARE);
  const nothing = await mintNothing(sampled);
  const any = await mint("any", sampled);
  const ladder = await mint("ladder", urls);
  const eachOf = ({ cpuMs, urls }: Pick<Minted, "cpuMs" | "urls">) => cpuMs / urls - nothing;
  const said = (one: Minted) =>
    `${one.rendered.toLocaleString("en")} of ${one.urls.toLocaleString("en")} rendered, ${eachOf(one).toFixed(2)} ms for each`;
  const row = (what: string, ratio: number): Row => ({
    what,
    value: `1/${ratio.toFixed(0)}`,
    bar: `<= 1/${1 / MOST_SHARE}`,
    isMet: ratio >= 1 / MOST_SHARE,
  });
  const all = urls.toLocaleString("en");
  return [
    row(
      `processor time that ${all} minted URLs cost, beyond ${nothing.toFixed(2)} ms for each that an empty Worker takes behind the same proxy (before: ${said(any)}; now: ${said(ladder)})`,
      eachOf(any) / eachOf(ladder),
    ),
    row(`renders that ${all} minted URLs cause`, any.rendered / any.urls / (ladder.rendered / ladder.urls)),
  ];
}

/** From the first request to the last; what is refused costs, too. */
async function mint(variants: "any" | "ladder", urls: number): Promise<Minted> {
  const src = await startSrc({ VARIANTS: variants });
  try {
    const path = await src.store("minted00", await readFile("test/fixtures/photo-portrait.jpg"));
    let rendered = 0;
    const cpuMs = await crowd(urls, async (n) => {
      // Two sides at once are on no ladder, and no two URLs show the same.
      const answer = await ask(
        `${src.origin}${path}?w=${200 + (n % 100)}&h=${200 + Math.floor(n / 100)}&fit=squeeze`,
        n,
      );
      if (answer.status === 200) rendered++;
      else if (answer.status !== 429) throw new Error(`a minted URL answered ${answer.status}`);
    });
    console.error(
      `VARIANTS=${variants}: ${rendered} of ${urls} rendered, ${cpuMs.toFixed(0)} ms of processor time`,
    );
    return { urls, cpuMs, rendered };
  } finally {
    await src.stop();
  }
}

/** Milliseconds for each request. */
async function mintNothing(urls: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "edgepix-nothing-"));
  const configPath = join(folder, "wrangler.toml");
  await writeFile(configPath, 'name = "nothing"\nmain = "index.js"\ncompatibility_date = "2026-11-01"\n');
  await writeFile(join(folder, "index.js"), "export default { fetch: () => new Response() };\n");
  const workers = createTestHarness({ workers: [{ configPath }] });
  try {
    const { url } = await workers.listen();
    const cpuMs = await crowd(urls, async (n) => {
      await ask(`${url.origin}/bench/minted00.jpg?w=${n}`, n);
    });
    return cpuMs / urls;
  } finally {
    await workers.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** As it comes through Cloudflare: for what bears a ray the stand-in of the edge, which only developers have, does nothing. */
async function ask(url: string, n: number): Promise<Response> {
  const headers = { "CF-Connecting-IP": `198.18.${n % NETWORKS}.1`, "CF-Ray": `${n}-FRA` };
  const answer = await fetch(url, { headers });
  await answer.arrayBuffer();
  return answer;
}

/** Milliseconds of processor time of all of workerd. */
function crowd(urls: number, request: (n: number) => Promise<void>): Promise<number> {
  let next = 0;
  const client = async () => {
    for (let n = next++; n < urls; n = next++) await request(n);
  };
  return processorTime(() => Promise.all(Array.from({ length: AT_ONCE }, client)));
}
