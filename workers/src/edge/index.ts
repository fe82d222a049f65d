// The cache in front of the front door: Workers Caching where it exists, a stand-in on a developer's machine, and nothing elsewhere.
import { KEPT_HEADER } from "./directives.ts";
import { isLocal, localEdge } from "./local-edge.ts";
import { partOf } from "./part.ts";
import { purgeCalls } from "./tags.ts";

/**
 * What the edge holds for this request, or what `make` makes, kept as its headers say. With Workers Caching the platform has looked before we run,
 * keeps what we answer, and cuts parts from it; the request that reaches us has no `Range` then.
 */
export async function throughEdge(
  ctx: ExecutionContext,
  request: Request,
  make: () => Promise<Response>,
): Promise<Response> {
  // What has no address has no place in a cache.
  if (!ctx.cache && isLocal(request) && URL.canParse(request.url)) return localEdge.answer(request, make);
  const answer = await make();
  answer.headers.delete(KEPT_HEADER);
  return partOf(request, answer);
}

/** Forgets every answer of these images, in every city; `false` where the platform's ration is used up for now. */
export async function purgeImages(ctx: ExecutionContext, ids: readonly string[]): Promise<boolean> {
  for (const tags of purgeCalls(ids)) {
    if (!ctx.cache) await localEdge.purge(tags);
    else if (!(await ctx.cache.purge({ tags })).success) return false;
  }
  return true;
}
