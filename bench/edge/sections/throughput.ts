// A cached variant through `wrangler dev`, against the same bytes from an empty Worker under `wrangler dev`; turn by turn, since the machine is not
// always the same.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getPlatformProxy } from "wrangler";
import { measureLoad } from "../../api/load.ts";
import { type Bindings, storeOriginal } from "../../burst/start-src.ts";
import { median, type Row } from "../section.ts";
import { type Dev, wranglerDev, wranglerRun } from "../wrangler-dev.ts";

const CONFIG = "workers/src/wrangler.toml";
const QUERY = "?w=640&format=webp";
const CONNECTIONS = 16;
const LEAST_SHARE = 0.7;

export async function throughput(rounds: number, seconds: number): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "edgepix-edge-"));
  const running: Dev[] = [];
  try {
    const path = (await stored(folder)) + QUERY;
    const ours = await wranglerDev(CONFIG, folder);
    running.push(ours);
    const { bytes, type } = await cachedVariant(ours.origin + path);
    const empty = await wranglerDev(await emptyWorker(folder, bytes, type), folder);
    running.push(empty);
    const shares: number[] = [];
    const rates: { ours: number; empty: number }[] = [];
    for (let round = 0; round <= rounds; round++) {
      const rate = { ours: await rateOf(ours.origin + path, bytes.length, seconds), empty: 0 };
      rate.empty = await rateOf(empty.origin, bytes.length, seconds);
      // The first round warms up.
      if (round === 0) continue;
      shares.push(rate.ours / rate.empty);
      rates.push(rate);
      console.error(`round ${round}: ${rate.ours.toFixed(0)} and ${rate.empty.toFixed(0)} requests a second`);
    }
    const share = median(shares);
    const of = (side: "ours" | "empty") => median(rates.map((rate) => rate[side])).toFixed(0);
    return [
      {
        what: `a cached variant (${(bytes.length / 1000).toFixed(0)} KB) through \`wrangler dev\`, against an empty Worker (${of("ours")} and ${of("empty")} requests a second)`,
        value: `${share.toFixed(2)}x`,
        bar: `>= ${LEAST_SHARE}x`,
        isMet: share >= LEAST_SHARE,
      },
    ];
  } finally {
    for (const dev of running) await dev.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A photograph, where `wrangler dev` will look for it. */
async function stored(state: string): Promise<string> {
  wranglerRun("d1", "migrations", "apply", "DB", "--local", "--persist-to", state, "-c", CONFIG);
  const { env, dispose } = await getPlatformProxy<Bindings & Record<string, unknown>>({
    configPath: "bench/edge/storage.toml",
    persist: { path: join(state, "v3") },
  });
  const path = await storeOriginal(env, "cached00", await readFile("test/fixtures/photo.jpg"));
  await dispose();
  return path;
}

async function cachedVariant(url: string) {
  for (let time = 0; time < 5; time++) {
    const answer = await fetch(url);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
    if (answer.headers.get("X-Cache") === "HIT")
      return { bytes, type: answer.headers.get("Content-Type") ?? "" };
  }
  throw new Error(`${url} is never cached`);
}

/** The path of its config. */
async function emptyWorker(folder: string, bytes: Uint8Array, type: string): Promise<string> {
  await writeFile(join(folder, "picture.bin"), bytes);
  await writeFile(
    join(folder, "empty.js"),
    `import picture from "./picture.bin";
export default { fetch: () => new Response(picture, { headers: { "Content-Type": "${type}" } }) };
`,
  );
  const config = join(folder, "wrangler.toml");
  await writeFile(config, 'name = "empty"\nmain = "empty.js"\ncompatibility_date = "2026-11-01"\n');
  return config;
}

async function rateOf(url: string, length: number, seconds: number): Promise<number> {
  const send = async () => {
    const answer = await fetch(url);
    const body = await answer.arrayBuffer();
    if (!answer.ok || body.byteLength !== length)
      throw new Error(`${url}: ${answer.status}, ${body.byteLength} bytes`);
  };
  return (await measureLoad(send, { connections: CONNECTIONS, seconds })).perSecond;
}
