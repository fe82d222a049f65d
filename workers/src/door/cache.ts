// Where rendered answers are kept: Workers Caching in front of the entrypoint where it exists, else the Cache API.

/** What `cached` would find now; nothing where the platform looks for itself, before we are asked. */
export async function lookUp(ctx: ExecutionContext, key: string): Promise<Response | undefined> {
  return ctx.cache ? undefined : (await caches.open("variants")).match(key);
}

/** Answers from the cache, or makes the answer and keeps it when it is a success. The key names the bytes exactly. */
export async function cached(
  ctx: ExecutionContext,
  key: string,
  make: () => Promise<Response>,
): Promise<Response> {
  // With Workers Caching the platform has looked already, and keeps what we answer.
  if (ctx.cache) return make();

  const cache = await caches.open("variants");
  const hit = await cache.match(key);
  if (hit) return hit;
  const answer = await make();
  if (!answer.ok || !answer.headers.get("Cache-Control")?.startsWith("public")) return answer;
  if (answer.headers.has("Content-Length")) {
    ctx.waitUntil(cache.put(key, answer.clone()));
    return answer;
  }
  // A stream goes through the cache: split in two it would be held for the slower reader, and what fails on its way is never kept.
  await cache.put(key, answer);
  return (await cache.match(key)) ?? make();
}

/** How an image's cached answers are found again when it is deleted, blocked or changed. */
export function cacheTag(id: string): string {
  return `image-${id}`;
}

/** The platform takes so many tags a call. */
const TAGS_PER_PURGE = 100;

/** Forgets every cached answer of these images. Where there is no `ctx.cache` there is nothing to forget: keys name the row's version. */
export async function purgeTags(ctx: ExecutionContext, tags: readonly string[]): Promise<boolean> {
  if (!ctx.cache) return true;
  for (let start = 0; start < tags.length; start += TAGS_PER_PURGE) {
    const { success } = await ctx.cache.purge({ tags: tags.slice(start, start + TAGS_PER_PURGE) });
    if (!success) return false;
  }
  return true;
}
