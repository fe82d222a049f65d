// What one deployment and another say of the same account's pictures.
import * as z from "zod";
import { imageSchema } from "../../schema/api.ts";

const listSchema = z.object({
  data: z.array(imageSchema),
  pagination: z.object({ next_cursor: z.string().nullable() }),
});
type Image = z.infer<typeof imageSchema>;

async function* pagesAt(origin: string, key: string): AsyncGenerator<Image[]> {
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query: string = new URLSearchParams({ limit: "100", ...(cursor && { cursor }) }).toString();
    const answer = await fetch(`${origin}/v1/images?${query}`, {
      headers: { Authorization: `Bearer ${key}` },
    });
    const { data, pagination } = listSchema.parse(await answer.json());
    yield data;
    cursor = pagination.next_cursor;
  }
}

/** How many images there are, and of how many files. */
export async function brought(origin: string, key: string) {
  let images = 0;
  const sources = new Set<unknown>();
  for await (const page of pagesAt(origin, key)) {
    images += page.length;
    for (const { metadata } of page) sources.add(metadata.source);
  }
  return { images, sources: sources.size };
}

/** All objects, and one original of each page. Addresses begin with the host, which is another one. */
export async function equalPlaces(old: string, young: string, key: string, random: () => number) {
  const differences: string[] = [];
  let [objects, originals] = [0, 0];
  const there = pagesAt(old, key);
  for await (const page of pagesAt(young, key)) {
    const { value = [] } = await there.next();
    objects += page.length;
    for (const [at, image] of page.entries()) {
      const said = JSON.stringify(image).replaceAll(young, "");
      if (said !== JSON.stringify(value[at] ?? null).replaceAll(old, "")) differences.push(image.id);
    }
    const one = page[Math.floor(random() * page.length)];
    if (!one) continue;
    const path = new URL(one.url).pathname;
    const [before, after] = await Promise.all(
      [old, young].map(async (at) => (await fetch(at + path)).bytes()),
    );
    if (!before || !after || Buffer.compare(before, after) !== 0) differences.push(`${path} has other bytes`);
    originals++;
  }
  if (!(await there.next()).done) differences.push("the old place has more");
  return { differences, objects, originals };
}
