// The month's bill by Cloudflare's public prices, beyond what the paid plan includes. Read on 2026-11-26 in the sources of their documentation:
// workers/platform/pricing, d1/platform/pricing, r2/pricing (github.com/cloudflare/cloudflare-docs).
import type { Day } from "./day.ts";
import { type Deployment, ORIGINAL_BYTES, ROW_BYTES } from "./settings.ts";

const DAYS = 30;

export interface Price {
  readonly included: number;
  readonly usd: number;
  /** What the price is for. */
  readonly per: number;
}

export const prices = {
  /** Hits of Workers Caching are requests, too, without processor time; calls of our own entrypoints are not. */
  requests: { included: 10e6, usd: 0.3, per: 1e6 },
  cpuMs: { included: 30e6, usd: 0.02, per: 1e6 },
  rowsRead: { included: 25e9, usd: 0.001, per: 1e6 },
  databaseBytes: { included: 5e9, usd: 0.75, per: 1e9 },
  objectReads: { included: 10e6, usd: 0.36, per: 1e6 },
  objectBytes: { included: 10e9, usd: 0.015, per: 1e9 },
} as const satisfies Record<string, Price>;
export const PLAN_USD = 5;

/** What an amount costs beyond what is included. */
export const usdFor = (amount: number, { included, usd, per }: Price) =>
  (Math.max(0, amount - included) / per) * usd;

export interface Bill {
  readonly requests: number;
  readonly cpu: number;
  readonly database: number;
  readonly reads: number;
  readonly storage: number;
  readonly total: number;
}

export function billOf({ images }: Deployment, day: Day): Bill {
  const bill = {
    requests: usdFor(day.atEdge * DAYS, prices.requests),
    cpu: usdFor(day.cpuMs * DAYS, prices.cpuMs),
    database: usdFor(day.rowsRead * DAYS, prices.rowsRead) + usdFor(images * ROW_BYTES, prices.databaseBytes),
    reads: usdFor(day.objectsRead * DAYS, prices.objectReads),
    storage: usdFor(images * ORIGINAL_BYTES, prices.objectBytes),
  };
  return { ...bill, total: PLAN_USD + Object.values(bill).reduce((sum, part) => sum + part, 0) };
}
