// A cached variant through `wrangler dev`, against the same bytes from an empty Worker under `wrangler dev`, and from one that does nothing but ask the
// Cache API; turn by turn, since the machine is not always the same.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getPlatformProxy } from "wrangler";
import { type Load, measureLoad } from "../../api/load.ts";
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
    const picture = { folder, bytes, type };
    const empty = await wranglerDev(await plainWorker("empty", EMPTY, picture), folder);
    running.push(empty);
    const cache = await wranglerDev(await plainWorker("cache", CACHE_ONLY, picture), folder);
    running.push(cache);
    const rates: Readonly<Record<Side, Load>>[] = [];
    for (let round = 0; round <= rounds; round++) {
      const rate = {
        ours: await loadOn(ours, path, bytes.length, seconds),
        empty: await loadOn(empty, "", bytes.length, seconds),
        cache: await loadOn(cache, "", bytes.length, seconds),
      };
      // The first round warms up.
      if (round === 0) continue;
      rates.push(rate);
      console.error(`round ${round}: ${told(rate.ours)}, ${told(rate.empty)} and ${told(rate.cache)}`);
    }
    const shareOf = (side: Side) => median(rates.map((rate) => rate[side].perSecond / rate.empty.perSecond));
    const share = shareOf("ours");
    const of = (side: Side) =>
      told({
        perSecond: median(rates.map((rate) => rate[side].perSecond)),
        processorMs: median(rates.map((rate) => rate[side].processorMs)),
      });
    return [
      {
        what: `a cached variant (${(bytes.length / 1000).toFixed(0)} KB) through \`wrangler dev\`, against an empty Worker (${of("ours")}; ${of("empty")})`,
        value: `${share.toFixed(2)}x`,
        bar: `>= ${LEAST_SHARE}x`,
        isMet: share >= LEAST_SHARE,
      },
      {
        what: `the same from a Worker that does nothing but ask the emulated Cache API (${of("cache")})`,
        value: `${shareOf("cache").toFixed(2)}x`,
        bar: "none",
        isMet: true,
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

type Side = "ours" | "empty" | "cache";

const EMPTY = `import picture from "./picture.bin";
export default { fetch: () => new Response(picture, { headers: { "Content-Type": TYPE } }) };
`;

/** What any Worker pays for keeping answers in the Cache API of \`wrangler dev\`. */
const CACHE_ONLY = `import picture from "./picture.bin";
const key = "https://front/picture";
export default {
  async fetch() {
    const cache = await caches.open("front");
    const held = await cache.match(key);
    if (held) return held;
    const headers = { "Content-Type": TYPE, "Cache-Control": "public, max-age=3600" };
    await cache.put(key, new Response(picture, { headers }));
    return new Response(picture, { headers });
  },
};
`;

/** The path of its config. */
async function plainWorker(
  name: string,
  code: string,
  { folder, bytes, type }: { readonly folder: string; readonly bytes: Uint8Array; readonly type: string },
): Promise<string> {
  const own = join(folder, name);
  await mkdir(own);
  await writeFile(join(own, "picture.bin"), bytes);
  await writeFile(join(own, "index.js"), code.replaceAll("TYPE", JSON.stringify(type)));
  const config = join(own, "wrangler.toml");
  await writeFile(config, `name = "${name}"\nmain = "index.js"\ncompatibility_date = "2026-11-01"\n`);
  return config;
}

const told = ({ perSecond, processorMs }: Pick<Load, "perSecond" | "processorMs">) =>
  `${perSecond.toFixed(0)} a second, ${processorMs.toFixed(2)} ms of workerd each`;

async function loadOn({ origin, pid }: Dev, path: string, length: number, seconds: number): Promise<Load> {
  const url = origin + path;
  const send = async () => {
    const answer = await fetch(url);
    const body = await answer.arrayBuffer();
    if (!answer.ok || body.byteLength !== length)
      throw new Error(`${url}: ${answer.status}, ${body.byteLength} bytes`);
  };
  return measureLoad(send, { connections: CONNECTIONS, seconds, starter: pid });
}
