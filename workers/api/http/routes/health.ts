// For monitors: `/healthz` says that the Worker runs, `/readyz` that what it stands on answers. Neither is a way to anything else.
import { healthAnswer, type Parts, readinessAnswer, Watch } from "../../../shared/health.ts";
import { createRouter } from "./router.ts";

/** Of this isolate. */
const watch = new Watch();

/** Counts nothing, and is asked nothing but whether it is there. */
const WATCHED_LEDGER = "health";

export const health = createRouter();

health.get("/healthz", (c) => healthAnswer(c.env));

health.get("/readyz", async (c) => {
  const checks = await watch.look(partsOf(c.env), (work) => c.executionCtx.waitUntil(work));
  return readinessAnswer(checks, c.env);
});

/** Each costs next to nothing: one row, one head, one call. */
function partsOf({ DB, ORIGINALS, LEDGER, SRC }: ApiEnv): Parts {
  return {
    // A table, so that a database that was never migrated is seen.
    d1: () => DB.prepare("select 1 from accounts where id = 'anonymous'").first(),
    r2: () => ORIGINALS.head("health"),
    ledger: async () => LEDGER.getByName(WATCHED_LEDGER).counted([]),
    src: async () => SRC.engine(),
  };
}
