// Rate windows in SQLite: hours and days must outlive the object's sleep.
import * as z from "zod";
import type { RateWindow, RateWindows } from "./rate.ts";

const rowSchema = z.object({ used: z.number(), ends_at: z.number() });

export class StoredWindows implements RateWindows {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  get(name: string): RateWindow | undefined {
    const [row] = this.#sql.exec("select used, ends_at from rate_windows where name = ?", name).toArray();
    if (!row) return undefined;
    const { used, ends_at: endsAt } = rowSchema.parse(row);
    return { used, endsAt };
  }

  set(name: string, { used, endsAt }: RateWindow): void {
    this.#sql.exec(
      "insert or replace into rate_windows (name, used, ends_at) values (?, ?, ?)",
      ...[name, used, endsAt],
    );
  }

  /** Forgets the windows that are over. */
  prune(now: number): void {
    this.#sql.exec("delete from rate_windows where ends_at <= ?", now);
  }

  /** When the last open window ends; undefined when none is open. */
  lastEnd(): number | undefined {
    const row = this.#sql.exec("select max(ends_at) as ends_at from rate_windows").one();
    return typeof row.ends_at === "number" ? row.ends_at : undefined;
  }
}
