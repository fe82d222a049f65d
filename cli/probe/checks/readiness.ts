// Whether both Workers reach what they stand on, and what their monitors would see.
import { readinessSchema } from "../../../schema/health.ts";
import { jsonIn } from "../../answers.ts";
import { type Finding, fine, wrong } from "../finding.ts";
import { ask, type Visit } from "../visit.ts";

export async function readiness(visit: Visit): Promise<Finding[]> {
  const origins = new Set([visit.deployment.origin, new URL(visit.image.url).origin]);
  const findings = await Promise.all([...origins].map(lookAt));
  return findings.flat();
}

async function lookAt(origin: string): Promise<Finding[]> {
  const url = `${origin}/readyz`;
  const { status, headers, body } = await ask(url);
  const said = readinessSchema.safeParse(jsonIn(new TextDecoder().decode(body)));
  if (!said.success)
    return wrong(
      `${url} answered ${status}, and not as edgepix does`,
      "Something else answers at this address, or an older release: deploy again, and look at the routes of the zone.",
    );
  if (headers.get("Cache-Control") !== "no-store")
    return wrong(
      `${url} says "${headers.get("Cache-Control")}" of caches: a monitor would be told what was`,
      "A rule of the zone sets Cache-Control: leave /healthz and /readyz alone.",
    );
  const { checks, version } = said.data;
  const missing = Object.entries(checks).filter(([, condition]) => condition !== "ok");
  if (missing.length > 0)
    return wrong(
      `${url}: ${missing.map(([part, condition]) => `${part} is ${condition}`).join(", ")}`,
      "Look at the Worker's log (npx wrangler tail) for why, and at www.cloudflarestatus.com.",
    );
  const release = version?.release ? `; release ${version.release}` : "";
  return fine(`${origin} reaches ${Object.keys(checks).join(", ")}${release}`);
}
