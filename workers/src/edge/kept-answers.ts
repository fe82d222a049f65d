// Where renders are kept, under names that say what they show: Workers Caching in front of `Variants` where it exists, else the Cache API.
// Nothing here is ever purged: only the front door, which asks for the row first, knows these names.
//
// A crowd that asks for one cold picture renders it once. With Workers Caching the platform lets one request through and has the others wait for
// its answer; here they wait for the cache.

const cache = () => caches.open("variants");

/** How often those who wait look, and after how long whoever is first must have been cancelled. */
const LOOK_MS = 20;
const LOST_MS = 60_000;

/** What is being made in this isolate, since when (Unix milliseconds). */
const underWay = new Map<string, number>();

/** What `cached` would find now; nothing where the platform looks for itself, before we are asked. */
export async function lookUp(ctx: ExecutionContext, key: string): Promise<Response | undefined> {
  return ctx.cache ? undefined : (await cache()).match(key);
}

/** Answers from the cache, or makes the answer and keeps it when it is a success. The key names the bytes exactly. */
export async function cached(
  ctx: ExecutionContext,
  key: string,
  make: () => Promise<Response>,
): Promise<Response> {
  // With Workers Caching the platform has looked already, and keeps what we answer.
  if (ctx.cache) return make();
  for (;;) {
    // Whoever was under way before the look has not been missed by it.
    const wasUnderWay = isUnderWay(key);
    const hit = await lookUp(ctx, key);
    if (hit) return hit;
    if (!wasUnderWay && !isUnderWay(key)) break;
    await scheduler.wait(LOOK_MS);
  }
  underWay.set(key, Date.now());
  const answered = Promise.withResolvers<Response>();
  const work = makeAndKeep(key, make, answered.resolve).finally(() => underWay.delete(key));
  // What has begun is finished although its visitor has hung up: others wait for it.
  ctx.waitUntil(work.catch(() => undefined));
  return Promise.race([answered.promise, work]);
}

const isUnderWay = (key: string) => Date.now() - (underWay.get(key) ?? 0) < LOST_MS;

async function makeAndKeep(
  key: string,
  make: () => Promise<Response>,
  answer: (response: Response) => void,
): Promise<Response> {
  const made = await make();
  if (!made.ok || !made.headers.get("Cache-Control")?.startsWith("public")) return made;
  if (made.headers.has("Content-Length")) {
    const copy = made.clone();
    answer(made);
    await (await cache()).put(key, copy);
    return made;
  }
  // A stream goes through the cache: split in two it would be held for the slower reader, and what fails on its way is never kept.
  await (await cache()).put(key, made);
  return (await (await cache()).match(key)) ?? make();
}
