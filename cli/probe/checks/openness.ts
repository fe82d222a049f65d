// Pictures are shown, read and timed by any site, and taken for nothing else.
import { type Finding, fine, wrong } from "../finding.ts";
import type { Visit } from "../visit.ts";
import { RENDER } from "./caching.ts";

const promised = {
  "Access-Control-Allow-Origin": "*",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Timing-Allow-Origin": "*",
  "X-Content-Type-Options": "nosniff",
} as const;

export async function openness(visit: Visit): Promise<Finding[]> {
  const { headers } = await visit.look(RENDER, { headers: { Origin: "https://another-site.example" } });
  const missing = Object.entries(promised).filter(([name, value]) => headers.get(name) !== value);
  if (missing.length === 0) return fine("shown, read and timed by any site");
  return wrong(
    missing.map(([name, value]) => `${name} is "${headers.get(name)}" and not "${value}"`).join("; "),
    "A Transform Rule or a security setting of the zone rewrites headers: leave those of pictures alone.",
  );
}
