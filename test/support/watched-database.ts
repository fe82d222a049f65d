// A D1 that notes every statement, so that SQLite can be asked how it is answered.
import { env } from "cloudflare:workers";
import { replacing } from "./failing.ts";

export interface Noted {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export function watchedDatabase(): { readonly DB: D1Database; readonly noted: Noted[] } {
  const noted: Noted[] = [];
  const DB = replacing(env.DB, "prepare", (_, [text]) => {
    const sql = String(text);
    return replacing(env.DB.prepare(sql), "bind", (bind, parameters) => {
      noted.push({ sql, parameters });
      return bind(...parameters);
    });
  });
  return { DB, noted };
}

/** The steps by which SQLite answers a statement. */
export async function planOf({ sql, parameters }: Noted): Promise<readonly string[]> {
  const { results } = await env.DB.prepare(`explain query plan ${sql}`)
    .bind(...parameters)
    .all();
  return results.map(({ detail }) => String(detail));
}

/** How many rows a statement reads. */
export async function rowsReadBy({ sql, parameters }: Noted): Promise<number> {
  const { meta } = await env.DB.prepare(sql)
    .bind(...parameters)
    .all();
  return meta.rows_read;
}
