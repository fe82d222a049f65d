// A D1 binding that works as the real one and remembers every statement that was prepared on it.
import { env } from "cloudflare:workers";
import { replacing } from "./failing.ts";

export function recordQueries(): { readonly DB: D1Database; readonly queries: ReadonlySet<string> } {
  const queries = new Set<string>();
  const DB = replacing(env.DB, "prepare", (prepare, [query]) => {
    if (typeof query === "string") queries.add(query);
    return prepare(query);
  });
  return { DB, queries };
}

/** The steps that SQLite takes for a statement. Values don't change them, so none are given. */
export async function stepsOf(query: string): Promise<readonly string[]> {
  const values = (query.match(/\?/g) ?? []).map(() => null);
  const { results } = await env.DB.prepare(`explain query plan ${query}`)
    .bind(...values)
    .all<{ detail: string }>();
  return results.map(({ detail }) => detail);
}
