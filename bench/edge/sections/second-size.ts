// A second size of pictures that are slow to decode, against the same of a JPEG: uploaded as anybody does, so that what the first look has made is
// there. Processor time of all of workerd, turn by turn.
import { readFile } from "node:fs/promises";
import { processorTime } from "../../api/processor-time.ts";
import type { PhotoName } from "../../photos/files.ts";
import { photoPath } from "../../photos/make-photos.ts";
import { startMember } from "../member.ts";
import { median, type Row } from "../section.ts";

const MOST = 1.3;
const slow = [
  ["HEIC", "heic12", "image/heic"],
  ["WebP", "webp12", "image/webp"],
  ["PNG", "png12", "image/png"],
] as const;

export async function secondSize(rounds: number): Promise<Row[]> {
  const member = await startMember();
  const { origin } = member;
  try {
    const upload = async (photo: PhotoName, type: string) =>
      member.upload(Uint8Array.from(await readFile(await photoPath(photo))), type);
    const jpeg = await upload("jpeg12", "image/jpeg");
    const others: { readonly name: string; readonly path: string; readonly ratios: number[] }[] = [];
    for (const [name, photo, type] of slow)
      others.push({ name, path: await upload(photo, type), ratios: [] });
    let width = 700;
    const cost = (path: string, width: number) =>
      processorTime(async () => {
        const answer = await fetch(`${origin}${path}?w=${width}&format=jpg`);
        await answer.arrayBuffer();
        if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
      });
    // The first rounds warm up.
    for (let round = -2; round < rounds; round++) {
      for (const { name, path, ratios } of others) {
        width++;
        // Who is first takes turns, too.
        const first = round % 2 === 0 ? await cost(jpeg, width) : undefined;
        const ms = await cost(path, width);
        const own = first ?? (await cost(jpeg, width));
        if (round >= 0) ratios.push(ms / own);
        console.error(`${name}: ${ms.toFixed(0)} ms, JPEG: ${own.toFixed(0)} ms`);
      }
    }
    return others.map(({ name, ratios }) => ({
      what: `second size of a 12 MP ${name}, against the same of a 12 MP JPEG, in processor time`,
      value: `${median(ratios).toFixed(2)}x`,
      bar: `<= ${MOST}x`,
      isMet: median(ratios) <= MOST,
    }));
  } finally {
    await member.stop();
  }
}
