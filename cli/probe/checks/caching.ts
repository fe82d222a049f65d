// A view that nobody has had, and the same again.
import { type Finding, fine, wrong } from "../finding.ts";
import type { Seen, Visit } from "../visit.ts";

/** On a step of the ladder: it is rendered as fast as it is asked for. */
export const RENDER = "?w=320&format=jpg";

export async function cold(visit: Visit): Promise<Finding[]> {
  const seen = await visit.look(RENDER);
  const { status, headers, body, cache, milliseconds } = seen;
  const type = headers.get("Content-Type");
  if (status !== 200 || type !== "image/jpeg" || body.length === 0) {
    return wrong(
      `a size of a picture just uploaded answered ${status}, ${type}, ${body.length} bytes`,
      status === 404
        ? "The src Worker does not find the row or the file: both Workers must have the same D1 database and R2 bucket, and SRC_ORIGIN must lead to src."
        : "Read the log of the src Worker: npx wrangler tail -c workers/src/wrangler.toml",
    );
  }
  if (cache === "HIT") {
    return wrong(
      "the cache says that it had a picture that nobody had asked for",
      "A rule before the Worker answers for it: look at the Cache Rules and Workers routes of the zone.",
    );
  }
  return fine(
    `rendered and answered in ${milliseconds.toFixed(0)} ms (${cache ?? "no cache says anything"})`,
  );
}

export async function hit(visit: Visit): Promise<Finding[]> {
  const first = await visit.look(RENDER);
  const seen = await visit.lookUntilHeld(RENDER);
  if (Buffer.compare(first.body, seen.body) !== 0) {
    return wrong(
      "the same address answered other bytes the second time",
      "Something between here and the Worker rewrites pictures: switch off Polish, Mirage and the like in the zone.",
    );
  }
  if (seen.cache === "HIT") return fine(`answered by the cache in ${seen.milliseconds.toFixed(0)} ms`);
  if (visit.isPassedOn && (seen.cache === null || seen.cache === "DYNAMIC"))
    return fine(
      "the same bytes again; pictures are passed on here, and what the cache behind says does not come through",
    );
  return wrong(`the cache never has the picture; it says ${seen.cache ?? "nothing"}`, adviceFor(seen));
}

function adviceFor({ cache, headers }: Seen): string {
  const given = headers.get("Cache-Control");
  if (cache === null || cache === "DYNAMIC") {
    return "Workers Caching is off. `[cache] enabled = true` must stand in workers/src/wrangler.toml; deploy with `npm run deploy`. On one origin (no SRC_ORIGIN) the API Worker answers and may say nothing of its cache: give src a host of its own ([hosts] in docs/deploy.md), or say --passed-on.";
  }
  if (headers.has("Set-Cookie"))
    return "The answer sets a cookie, and is therefore kept by nobody: find what adds it.";
  if (cache === "BYPASS")
    return `The cache makes way for it: Cache-Control is "${given}". Find the rule that rewrites headers.`;
  return "Ask from one place several times: if it stays so, a proxy before Cloudflare changes the address each time.";
}
