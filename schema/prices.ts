// Cloudflare's public prices, as far as a deployment comes to pay them, beyond what the paid plan includes. One table for the docs,
// the simulation, `npm run stats` and the operator's page. Read on 2026-11-26 in the sources of Cloudflare's documentation: workers/platform/pricing, d1/platform/pricing, r2/pricing,
// analytics/analytics-engine/pricing (github.com/cloudflare/cloudflare-docs).

export interface Price {
  readonly included: number;
  readonly usd: number;
  /** What the price is for. */
  readonly per: number;
}

/** A month. Bytes are of storage, for the whole month. */
export const prices = {
  /** Hits of Workers Caching are requests, too, without processor time; calls of our own entrypoints are not. */
  requests: { included: 10e6, usd: 0.3, per: 1e6 },
  cpuMs: { included: 30e6, usd: 0.02, per: 1e6 },
  rowsRead: { included: 25e9, usd: 0.001, per: 1e6 },
  databaseBytes: { included: 5e9, usd: 0.75, per: 1e9 },
  objectReads: { included: 10e6, usd: 0.36, per: 1e6 },
  objectWrites: { included: 1e6, usd: 4.5, per: 1e6 },
  objectBytes: { included: 10e9, usd: 0.015, per: 1e9 },
  points: { included: 10e6, usd: 0.25, per: 1e6 },
} as const satisfies Record<string, Price>;

/** Workers Paid, a month. */
export const PLAN_USD = 5;

/** What an amount costs beyond what is included. */
export const usdFor = (amount: number, { included, usd, per }: Price) =>
  (Math.max(0, amount - included) / per) * usd;
