// Where renders are kept, under names that say what they show: Workers Caching in front of `Variants` where it exists, else the Cache API.
// Nothing here is ever purged: only the front door, which asks for the row first, knows these names.

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
