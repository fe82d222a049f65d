// What a month of a deployment costs by Cloudflare's public prices, and what it will have cost at its end.
import { PLAN_USD, type Price, prices, usdFor } from "../../schema/prices.ts";

/** Of processor time for a request beside its render: as measured (docs/benchmarks.md). */
const DOOR_MS = 1.5;
/** A row with its indexes, caption and placeholder: as measured. */
const ROW_BYTES = 1_000;
const DAY_MS = 86_400_000;

/** What grows through the month, and what lies there. */
export interface Used {
  /** That Cloudflare bills: calls from one of our Workers to the other are none. */
  readonly requests: number;
  readonly renderCpuMs: number;
  readonly objectReads: number;
  readonly objectWrites: number;
  readonly points: number;
  readonly originalBytes: number;
  readonly images: number;
}

export interface CostLine {
  readonly what: string;
  readonly amount: number;
  readonly unit: "" | "s" | "GB";
  readonly usd: number;
}

export interface Cost {
  readonly lines: readonly CostLine[];
  /** The plan's 5 USD among them. */
  readonly totalUsd: number;
}

export function costOf(used: Used): Cost {
  const line = (what: string, amount: number, price: Price, unit: CostLine["unit"] = "", divisor = 1) => ({
    ...{ what, unit, amount: amount / divisor, usd: usdFor(amount, price) },
  });
  const cpuMs = used.renderCpuMs + used.requests * DOOR_MS;
  const lines = [
    line("requests", used.requests, prices.requests),
    line("processor time, as predicted", cpuMs, prices.cpuMs, "s", 1_000),
    line("reads of R2", used.objectReads, prices.objectReads),
    line("writes of R2", used.objectWrites, prices.objectWrites),
    line("originals in R2", used.originalBytes, prices.objectBytes, "GB", 1e9),
    line("rows in D1", used.images * ROW_BYTES, prices.databaseBytes, "GB", 1e9),
    line("points of Analytics Engine", used.points, prices.points),
  ];
  return { lines, totalUsd: PLAN_USD + lines.reduce((sum, { usd }) => sum + usd, 0) };
}

export interface Month {
  /** Unix milliseconds; the next month's beginning is its end. */
  readonly begin: number;
  readonly end: number;
}

/** The calendar month in UTC, as Cloudflare bills. */
export function monthOf(now: number): Month {
  const date = new Date(now);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return { begin: Date.UTC(year, month), end: Date.UTC(year, month + 1) };
}

/** At the month's end, if the rest of it is as what there was; undefined on its first day, which tells too little. */
export function forecast(used: Used, now: number): Used | undefined {
  const { begin, end } = monthOf(now);
  const passed = now - begin;
  if (passed < DAY_MS) return undefined;
  const times = (end - begin) / passed;
  return {
    requests: used.requests * times,
    renderCpuMs: used.renderCpuMs * times,
    objectReads: used.objectReads * times,
    objectWrites: used.objectWrites * times,
    points: used.points * times,
    originalBytes: used.originalBytes,
    images: used.images,
  };
}
