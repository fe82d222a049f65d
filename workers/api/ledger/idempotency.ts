// Idempotency keys: which request came first, whether it still runs, and which image it made.
import * as z from "zod";

/** Where a key stands for someone who comes with it. */
export type KeyState =
  /** The caller is the first, or takes over from one that died: it must finish, or give the key back. */
  | { readonly state: "first" }
  | { readonly state: "running" }
  | { readonly state: "done"; readonly imageId: string; readonly fingerprint: string };

/** One request's hold on a key. */
export interface Attempt {
  readonly key: string;
  /** Names this request among all that use the key. */
  readonly attempt: string;
  /** The image that it is going to make. */
  readonly imageId: string;
}

export const KEPT_MILLISECONDS = 24 * 3_600_000;
/** A request that has not been heard of for so long is dead; living ones renew their hold well before. */
export const HOLD_MILLISECONDS = 60_000;

const rowSchema = z.object({
  attempt: z.string(),
  image_id: z.string(),
  fingerprint: z.string().nullable(),
  held_until: z.number().nullable(),
});
type KeyRow = z.infer<typeof rowSchema>;

function isHeld(row: KeyRow): row is KeyRow & { readonly held_until: number } {
  return row.held_until !== null;
}

export class IdempotencyKeys {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** A hold that nobody renewed, and that may or may not have made its image. */
  deadHold(key: string, now: number): KeyRow | undefined {
    const row = this.#find(key);
    return row && isHeld(row) && row.held_until <= now ? row : undefined;
  }

  /** Takes the key, or says who has it. */
  begin({ key, attempt, imageId }: Attempt, now: number): KeyState {
    this.#sql.exec("delete from idempotency where expires_at <= ?", now);
    const row = this.#find(key);
    if (row && isHeld(row)) return { state: "running" };
    if (row?.fingerprint) return { state: "done", imageId: row.image_id, fingerprint: row.fingerprint };
    this.#sql.exec(
      "insert or replace into idempotency (key, attempt, image_id, held_until, expires_at) values (?, ?, ?, ?, ?)",
      ...[key, attempt, imageId, now + HOLD_MILLISECONDS, now + KEPT_MILLISECONDS],
    );
    return { state: "first" };
  }

  /** Says that the request lives, and once it is known what it asks for. False when another one took over. */
  renew({ key, attempt }: Attempt, fingerprint: string | null, now: number): boolean {
    return this.#changed(
      `update idempotency set held_until = ?, fingerprint = coalesce(?, fingerprint)
       where key = ? and attempt = ? and held_until is not null returning 1`,
      ...[now + HOLD_MILLISECONDS, fingerprint, key, attempt],
    );
  }

  /** The image exists: from now on the key answers with it. */
  finish(key: string, attempt: string): boolean {
    return this.#changed(
      "update idempotency set held_until = null where key = ? and attempt = ? returning 1",
      key,
      attempt,
    );
  }

  /** A failed request does not pin its key. */
  abandon(key: string, attempt: string): boolean {
    return this.#changed("delete from idempotency where key = ? and attempt = ? returning 1", key, attempt);
  }

  prune(now: number): void {
    this.#sql.exec("delete from idempotency where expires_at <= ?", now);
  }

  /** When the last key is forgotten; undefined when there is none. */
  lastEnd(): number | undefined {
    const { at } = this.#sql.exec("select max(expires_at) as at from idempotency").one();
    return typeof at === "number" ? at : undefined;
  }

  #find(key: string): KeyRow | undefined {
    const columns = "attempt, image_id, fingerprint, held_until";
    const [row] = this.#sql.exec(`select ${columns} from idempotency where key = ?`, key).toArray();
    return row && rowSchema.parse(row);
  }

  #changed(statement: string, ...bindings: (string | number | null)[]): boolean {
    return this.#sql.exec(statement, ...bindings).toArray().length > 0;
  }
}
