// `/healthz` and `/readyz` at the host of the pictures.
import { healthAnswer, type Parts, readinessAnswer, Watch } from "../../shared/health.ts";

/** Of this isolate. */
const watch = new Watch();

/** Undefined where another address is asked for. */
export function answerHealth(
  { pathname }: URL,
  env: SrcEnv,
  context: Pick<ExecutionContext, "waitUntil">,
): Response | Promise<Response> | undefined {
  if (pathname === "/healthz") return healthAnswer(env);
  if (pathname !== "/readyz") return undefined;
  return watch
    .look(partsOf(env), (work) => context.waitUntil(work))
    .then((checks) => readinessAnswer(checks, env));
}

function partsOf({ DB, ORIGINALS, ANONYMOUS_BUDGET }: SrcEnv): Parts {
  return {
    d1: () => DB.prepare("select 1 from accounts where id = 'anonymous'").first(),
    r2: () => ORIGINALS.head("health"),
    // Nothing is taken, and nothing written.
    budget: async () => ANONYMOUS_BUDGET.getByName("health").lease(0, 0, 0),
  };
}
