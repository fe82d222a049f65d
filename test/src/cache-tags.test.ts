// What is purged must be what answers are tagged with: a deleted picture would stay in caches for a year.
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { purgeTags } from "../../workers/src/door/cache.ts";
import { askForVariant, Variants } from "../../workers/src/variants.ts";
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

test("A purge names the tag that every answer of the image carries", async () => {
  const { id, path } = await storeImage(file);
  const { purged, context } = cachingContext();
  expect(await new Variants(context, env).purge([id])).toBe(true);
  const tags = purged.flat();
  expect(tags).toHaveLength(1);
  for (const query of ["", "?w=20", "?w=20&format=webp"]) {
    for (const method of ["GET", "HEAD"])
      expect((await ask(path + query, { method })).headers.get("Cache-Tag"), method + query).toBe(tags[0]);
  }

  const own = createExecutionContext();
  const variants = new Variants(own, env);
  const through = {
    fetch: async (input: RequestInfo | URL, init?: RequestInit) => variants.fetch(new Request(input, init)),
  };
  const request = new Request(`https://src.example.com${path}?w=21`);
  const rendered = await askForVariant(through, { storage: "7c1", id }, "a-version", request, "a-request");
  await rendered.bytes();
  await waitOnExecutionContext(own);
  expect(rendered.headers.get("Cache-Tag")).toBe(tags[0]);
});

test("A purge of many images goes in calls of at most 100 tags, and is over only when all were taken", async () => {
  const tags = Array.from({ length: 250 }, (_, n) => `image-${n}`);
  const { purged, context } = cachingContext();
  expect(await purgeTags(context, tags)).toBe(true);
  expect(purged.map(({ length }) => length)).toEqual([100, 100, 50]);
  expect(purged.flat()).toEqual(tags);
  expect(await purgeTags(cachingContext(false).context, tags)).toBe(false);
});
