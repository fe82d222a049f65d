// Whether browsers are told what the Worker said: a zone's Browser Cache TTL overrules it.
import { newImageId } from "../../../schema/ids.ts";
import { type Finding, fine, wrong } from "../finding.ts";
import { ask, type Visit } from "../visit.ts";
import { RENDER } from "./caching.ts";

const YEAR_SECONDS = 31_536_000;
const FOREVER = `public, max-age=${YEAR_SECONDS}, immutable`;
const SHORTLY = "public, max-age=60";
const ADVICE =
  "Set Caching > Configuration > Browser Cache TTL of the zone to Respect Existing Headers; if it is, look for a rule that sets Cache-Control.";

export async function lifetime(visit: Visit): Promise<Finding[]> {
  const { headers } = await visit.look(RENDER);
  const given = headers.get("Cache-Control");
  const atEdge = headers.get("Cloudflare-CDN-Cache-Control");
  if (atEdge !== null) {
    return wrong(
      `the header meant for Cloudflare alone has come through: ${atEdge}`,
      "No cache of Cloudflare stands before the Worker: `[cache] enabled = true` must stand in workers/src/wrangler.toml.",
    );
  }
  const { expires_at } = visit.image;
  if (expires_at === null) return given === FOREVER ? fine(given) : wrong(overruled(given, FOREVER), ADVICE);
  const left = Math.max(0, Math.ceil((Date.parse(expires_at) - Date.now()) / 1000)) + 1;
  const seconds = secondsOf(given);
  // What is cached counts down by its Age; it was right when it was kept.
  const age = Number(headers.get("Age") ?? 0);
  if (seconds === undefined) return wrong(overruled(given, `public, max-age=${left}`), ADVICE);
  if (seconds - age <= left + CLOCKS_SECONDS)
    return fine(`${given}: no longer than the image, which expires in ${left} s`);
  return wrong(
    `browsers may keep a picture for ${seconds} s that expires in ${left} s: ${overruled(given, `public, max-age=${left}`)}`,
    ADVICE,
  );
}

/** Ours and theirs differ, and a cached answer is as old as it was kept. */
const CLOCKS_SECONDS = 30;

export async function notFound(visit: Visit): Promise<Finding[]> {
  const url = visit.image.url.replace(visit.image.id, newImageId());
  const { status, headers } = await ask(url);
  const given = headers.get("Cache-Control");
  if (status !== 404) {
    return wrong(
      `an image that does not exist answered ${status}`,
      "Something else than src answers at this address: look at the routes of the zone.",
    );
  }
  return given === SHORTLY ? fine(given) : wrong(overruled(given, SHORTLY), ADVICE);
}

const overruled = (given: string | null, expected: string) =>
  `browsers are told "${given}"; the Worker says "${expected}"`;

function secondsOf(directives: string | null): number | undefined {
  const [, seconds] = /\bmax-age=(\d+)/.exec(directives ?? "") ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}
