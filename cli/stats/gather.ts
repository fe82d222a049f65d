// Asks the account for what a deployment counted and noted.
import * as z from "zod";
import { jsonIn } from "../answers.ts";
import { askAnalytics } from "../cloudflare/analytics.ts";
import { CloudflareError } from "../cloudflare/client.ts";
import type { Account } from "../cloudflare/login.ts";
import { findDatabase } from "../cloudflare/storage.ts";
import type { Deployment } from "../deploy/deployment.ts";
import { Stop } from "../stop.ts";
import type { Answers, Tally } from "./figures.ts";
import { type Query, queries } from "./queries.ts";

const tallySchema = z.object({
  images: z.number(),
  bytes: z.number(),
  thisMonth: z.number(),
  blocked: z.number(),
});
const rowsSchema = z.array(
  z.object({
    results: z.array(z.object({ counted: z.string().nullable(), countedAt: z.number().nullable() })),
  }),
);

/** What the sweeper counted on its last walk: one row. */
export async function tallyOf(account: Account, { names }: Deployment): Promise<Tally | undefined> {
  const { id, cloudflare } = account;
  const database = await findDatabase(account, names.database);
  if (!database)
    throw new Stop(`The account has no database ${names.database}.`, "`npm run deploy` makes it.");
  const sql = `select counted, counted_at as "countedAt" from tallies where name = 'images'`;
  const [answer] = await cloudflare.post(
    `/accounts/${id}/d1/database/${database}/query`,
    { sql },
    rowsSchema,
  );
  const [row] = answer?.results ?? [];
  if (!row?.counted || row.countedAt === null) return undefined;
  return { ...tallySchema.parse(jsonIn(row.counted)), countedAt: row.countedAt };
}

/** Since that moment, Unix milliseconds. */
export async function notedIn(account: Account, { names }: Deployment, since: number): Promise<Answers> {
  const ask = <Schema extends z.ZodType>(query: Query<Schema>) =>
    askAnalytics(account, query, names.dataset, since);
  try {
    const [requests, uploads, renders, errors, images] = await Promise.all([
      ask(queries.requests),
      ask(queries.uploads),
      ask(queries.renders),
      ask(queries.errors),
      ask(queries.images),
    ]);
    return { requests, uploads, renders, errors, images };
  } catch (problem) {
    if (!(problem instanceof CloudflareError)) throw problem;
    throw new Stop(
      problem.message,
      problem.isForbidden
        ? "Give the token Account Analytics: Read, or npx wrangler login."
        : `Has anybody looked at a picture since analytics = true was deployed? The dataset ${names.dataset} is made by its first point.`,
      { cause: problem },
    );
  }
}
