// The month's bill of a simulated day, by Cloudflare's public prices.
import { PLAN_USD, prices, usdFor } from "../../schema/prices.ts";
import type { Day } from "./day.ts";
import { type Deployment, ORIGINAL_BYTES, ROW_BYTES } from "./settings.ts";

const DAYS = 30;

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
