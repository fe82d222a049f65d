// What is purged must be what answers are tagged with: a deleted picture would stay in caches for a week.
import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { newImageId } from "../../schema/ids.ts";
import { bucketTag, purgeCalls } from "../../workers/src/edge/tags.ts";
import Src from "../../workers/src/index.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask } from "./src-request.ts";

/** A context with Workers Caching, which local development lacks: it answers `success` and keeps what it was asked to forget. */
function cachingContext(success = true) {
  const purged: string[][] = [];
  const cache = {
    purge: async ({ tags = [] }: { tags?: string[] }) => {
      purged.push(tags);
      return { success, errors: [] };
    },
  };
  return { purged, context: Object.assign(createExecutionContext(), { cache }) };
}

const file = await fixtureBytes("cat.jpg");
const tagsOf = (answer: Response) => (answer.headers.get("Cache-Tag") ?? "").split(",");

test("A purge names a tag that every answer of the image carries", async () => {
  const { id, path } = await storeImage(file);
  const { purged, context } = cachingContext();
  expect(await new Src(context, env).purge([id])).toBe(true);
  const [tag = ""] = purged.flat();
  expect(purged.flat()).toHaveLength(1);
  for (const query of ["", "?w=20", "?w=20&format=webp"]) {
    for (const method of ["GET", "HEAD"])
      expect(tagsOf(await ask(path + query, { method })), method + query).toContain(tag);
  }
});

test("The 404 of an image carries its tags too: it goes when the image is there again", async () => {
  const { id, path } = await storeImage(file, { status: "blocked" });
  const answer = await ask(path);
  expect(answer.status).toBe(404);
  expect(tagsOf(answer)).toEqual([`image-${id}`, "account-7c1", bucketTag(id)]);
});

test("A purge of many images goes in calls of at most 100 tags, and is over only when all were taken", async () => {
  const ids = Array.from({ length: 250 }, newImageId);
  const { purged, context } = cachingContext();
  expect(await new Src(context, env).purge(ids)).toBe(true);
  expect(purged.map(({ length }) => length)).toEqual([100, 100, 50]);
  expect(purged.flat()).toEqual(ids.map((id) => `image-${id}`));
  expect(await new Src(cachingContext(false).context, env).purge(ids)).toBe(false);
});

test("However many images are purged, three calls forget them all, by their buckets", () => {
  const ids = Array.from({ length: 5_000 }, newImageId);
  const calls = purgeCalls(ids);
  expect(calls.map(({ length }) => length)).toEqual([100, 100, 56]);
  const purged = new Set(calls.flat());
  expect(ids.every((id) => purged.has(bucketTag(id)))).toBe(true);
});

test("Ids fall into the 256 buckets evenly", () => {
  const counts = new Map<string, number>();
  for (let n = 0; n < 25_600; n++) {
    const tag = bucketTag(newImageId());
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  expect(counts.size).toBe(256);
  expect(Math.max(...counts.values())).toBeLessThan(170);
});
