// What one address shows to different browsers, and two addresses to one.
import { type Finding, fine, wrong } from "../finding.ts";
import type { Visit } from "../visit.ts";
import { RENDER } from "./caching.ts";

const AUTO = "?w=320&format=auto";

export async function negotiation(visit: Visit): Promise<Finding[]> {
  const modern = await visit.look(AUTO, { headers: { Accept: "image/webp,image/*" } });
  const old = await visit.look(AUTO, { headers: { Accept: "image/jpeg,image/png" } });
  const typeOf = ({ headers }: typeof old) => headers.get("Content-Type");
  if (typeOf(modern) === "image/webp" && typeOf(old) === "image/webp") {
    return wrong(
      "a browser that reads no WebP was sent one, because another had asked before",
      "A cache on the way ignores Vary: Accept. Cloudflare's own does not; look for a proxy or a Cache Rule that caches everything.",
    );
  }
  const silent = [modern, old].some(({ headers }) => !/\baccept\b(?!-)/i.test(headers.get("Vary") ?? ""));
  if (silent) {
    return wrong(
      "the answer does not say that it varies by Accept",
      "Something on the way drops Vary: proxies of visitors may hand a WebP to a browser that reads none.",
    );
  }
  return fine(`${typeOf(modern)} or ${typeOf(old)} by what the browser reads, with Vary: Accept`);
}

export async function spellings(visit: Visit): Promise<Finding[]> {
  const one = await visit.look(RENDER);
  const other = await visit.look("?format=jpg&width=320&nonsense=1");
  if (one.headers.get("ETag") === other.headers.get("ETag")) return fine("one picture, one render");
  return wrong(
    "two spellings of one picture have different ETags",
    "They are rendered twice: src may run in two versions at once. Wait until a gradual deployment has ended.",
  );
}
