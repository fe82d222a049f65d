// What it costs that somebody with a hundred networks asks for thousands of made-up variants of one image: with `VARIANTS=any`, where only each
// network's budget counts, and with the ladder.
import { readFile } from "node:fs/promises";
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
 * Renders are the processor time that is billed for a minted URL. What workerd takes for a refused one on this machine is mostly what Cloudflare does
 * elsewhere: the database, the rate limits, wrangler's proxy.
 */
export async function minted(urls: number): Promise<Row[]> {
  const any = await mint("any", Math.ceil(urls * SAMPLED_SHARE));
  const ladder = await mint("ladder", urls);
  const share = (one: Minted) => one.rendered / one.urls;
  const ratio = share(any) / share(ladder);
  const said = (one: Minted) =>
    `${one.rendered.toLocaleString("en")} of ${one.urls.toLocaleString("en")} rendered, ${(one.cpuMs / one.urls).toFixed(0)} ms of workerd for each`;
  return [
    {
      what: `rendering that ${urls.toLocaleString("en")} minted URLs cause (before: ${said(any)}; now: ${said(ladder)})`,
      value: `1/${ratio.toFixed(0)}`,
      bar: `<= 1/${1 / MOST_SHARE}`,
      isMet: ratio >= 1 / MOST_SHARE,
    },
  ];
}

/** From the first request to the last; what is refused costs, too. */
async function mint(variants: "any" | "ladder", urls: number): Promise<Minted> {
  const src = await startSrc({ VARIANTS: variants });
  try {
    const path = await src.store("minted00", await readFile("test/fixtures/photo-portrait.jpg"));
    let next = 0;
    let rendered = 0;
    const client = async () => {
      for (let n = next++; n < urls; n = next++) {
        const headers = { "CF-Connecting-IP": `198.18.${n % NETWORKS}.1` };
        // Two sides at once are on no ladder, and no two URLs show the same.
        const answer = await fetch(
          `${src.origin}${path}?w=${200 + (n % 100)}&h=${200 + Math.floor(n / 100)}&fit=squeeze`,
          { headers },
        );
        await answer.arrayBuffer();
        if (answer.status === 200) rendered++;
        else if (answer.status !== 429) throw new Error(`a minted URL answered ${answer.status}`);
      }
    };
    const cpuMs = await processorTime(() => Promise.all(Array.from({ length: AT_ONCE }, client)));
    console.error(
      `VARIANTS=${variants}: ${rendered} of ${urls} rendered, ${cpuMs.toFixed(0)} ms of processor time`,
    );
    return { urls, cpuMs, rendered };
  } finally {
    await src.stop();
  }
}
