// What rendering strangers' images may cost the operator in an hour, all over the world: one Durable Object counts it, in large coins.
//
// Each isolate takes a lease of processor time and spends it by itself, so that the object is asked once in a hundred renders, and never for
// a view of what is cached.
import { DurableObject } from "cloudflare:workers";

const HOUR_MS = 3_600_000;
const LEASE_MS = 10_000;
const DEFAULT_SECONDS_PER_HOUR = 1_000;

interface Lease {
  readonly hour: number;
  leftMs: number;
}

/** Of this isolate. */
let lease: Lease = { hour: 0, leftMs: 0 };
/** The hour whose budget is known to be spent: it is not asked for again. */
let spent = { hour: 0, budgetMs: 0 };

export interface AnonymousBudgetEnv {
  readonly ANONYMOUS_BUDGET: {
    getByName(name: string): Pick<DurableObjectStub<AnonymousBudget>, "lease">;
  };
  readonly ANONYMOUS_CPU_SECONDS_PER_HOUR: string;
}

/** Counts so much work; gives the seconds to wait where this hour's budget is spent. */
export async function spendAnonymous(
  env: AnonymousBudgetEnv,
  cpuMs: number,
  now: number,
): Promise<number | undefined> {
  const hour = Math.floor(now / HOUR_MS);
  if (lease.hour !== hour) lease = { hour, leftMs: 0 };
  if (lease.leftMs < cpuMs) {
    const budgetMs = 1_000 * secondsPerHour(env);
    const waitSeconds = Math.ceil(((hour + 1) * HOUR_MS - now) / 1_000);
    if (spent.hour === hour && spent.budgetMs === budgetMs) return waitSeconds;
    const budget = env.ANONYMOUS_BUDGET.getByName("anonymous");
    if (!(await budget.lease(hour, LEASE_MS, budgetMs))) {
      spent = { hour, budgetMs };
      return waitSeconds;
    }
    // Others of this isolate may have taken one meanwhile: what is left adds up.
    lease = { hour, leftMs: LEASE_MS + (lease.hour === hour ? lease.leftMs : 0) };
  }
  lease.leftMs -= cpuMs;
  return undefined;
}

/** A var that is no number says so in the log, and leaves the site as it was shipped. */
function secondsPerHour({ ANONYMOUS_CPU_SECONDS_PER_HOUR: text }: AnonymousBudgetEnv): number {
  const seconds = Number(text);
  if (seconds >= 0) return seconds;
  console.error(
    "ANONYMOUS_CPU_SECONDS_PER_HOUR must be a number of seconds; the default is taken instead of",
    text,
  );
  return DEFAULT_SECONDS_PER_HOUR;
}

/** One for all: `getByName("anonymous")`. */
export class AnonymousBudget extends DurableObject<SrcEnv> {
  /** Takes so many milliseconds from the hour's budget, unless it is spent. An hour that is over is forgotten. */
  async lease(hour: number, ms: number, budgetMs: number): Promise<boolean> {
    const stored = await this.ctx.storage.get<{ hour: number; spentMs: number }>("spent");
    const spentMs = stored?.hour === hour ? stored.spentMs : 0;
    if (spentMs >= budgetMs) return false;
    await this.ctx.storage.put("spent", { hour, spentMs: spentMs + ms });
    return true;
  }
}
