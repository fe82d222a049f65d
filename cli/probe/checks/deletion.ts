// Whether what is deleted is gone, and how soon.
import { type Finding, fine, wrong } from "../finding.ts";
import { ask, pause, type Visit } from "../visit.ts";

/** Longer than a purge takes to reach every city, by far. */
const SOON_MS = 10_000;

export async function gone(visit: Visit): Promise<Finding[]> {
  if (!visit.deployment.hasKey) return fine("not checked: that takes a key (--key img_live_…)");
  const purge = await visit.remove();
  const start = performance.now();
  const left = new Set(visit.seen);
  while (left.size > 0 && performance.now() - start <= visit.patienceMs) {
    for (const url of left) if ((await ask(url)).status === 404) left.delete(url);
    if (left.size > 0) await pause();
  }
  const seconds = (performance.now() - start) / 1000;
  const says = `${visit.seen.size} addresses, Purge: ${purge}`;
  const [still] = left;
  if (still !== undefined) {
    return wrong(
      `${left.size} of ${visit.seen.size} addresses still show the deleted picture after ${seconds.toFixed(0)} s (Purge: ${purge}), ${still} among them`,
      purge === "pending"
        ? "Cloudflare's ration of purges was used up. The cron tries each minute: check that the API Worker's cron trigger runs, and probe again with --patience 180."
        : "Something keeps pictures that no purge of the Worker reaches: a Cache Rule that caches everything, Cache Reserve, or a proxy before Cloudflare.",
    );
  }
  if (purge !== "done" && purge !== "pending") {
    return wrong(
      `all are gone, but the answer says nothing of caches (${says})`,
      "The API Worker is older than src, or a rule drops its headers: deploy both.",
    );
  }
  if (seconds * 1000 > SOON_MS && purge === "done") {
    return wrong(
      `the deleted picture was seen for ${seconds.toFixed(0)} s after the deletion said that it was forgotten`,
      "Something before the Worker keeps pictures for some seconds: look for Cache Rules of the zone.",
    );
  }
  return fine(`gone from all ${says}, after ${seconds.toFixed(1)} s`);
}
