// Asks the account's Analytics Engine (developers.cloudflare.com/analytics/analytics-engine/sql-api).
import * as z from "zod";
import type { Query } from "../stats/queries.ts";
import type { Account } from "./login.ts";

/** The rows of a query. A `CloudflareError` where the token may not read analytics, or nothing was ever written. */
export async function askAnalytics<Schema extends z.ZodType>(
  { id, cloudflare }: Account,
  { sql, rows }: Query<Schema>,
  dataset: string,
  since: number,
): Promise<z.output<Schema>> {
  const answer = z.object({ data: z.unknown() });
  const text = `${sql(dataset, since)} FORMAT JSON`;
  const { data } = await cloudflare.query(`/accounts/${id}/analytics_engine/sql`, text, answer);
  return rows.parse(data);
}
