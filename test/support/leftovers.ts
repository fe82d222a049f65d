// What an upload left behind: nothing may remain of one that was refused.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { originalKey } from "../../workers/shared/object-keys.ts";

export interface Leftovers {
  readonly objects: readonly string[];
  readonly rows: number;
  readonly reservations: number;
  readonly uploadsCounted: number;
  readonly bytesCounted: number;
}

export const nothing: Leftovers = {
  objects: [],
  rows: 0,
  reservations: 0,
  uploadsCounted: 0,
  bytesCounted: 0,
};

/** Everything that is kept of an account's images. */
export async function leftoversOf({ id, storage }: { readonly id: string; readonly storage: string }) {
  const { objects } = await env.ORIGINALS.list({ prefix: originalKey(storage, "") });
  const rows = await env.DB.prepare("select count(*) as n from images where account_id = ?")
    .bind(id)
    .first("n");
  const ledger = env.LEDGER.getByName(`account:${id}`);
  const usage = await ledger.usage(Date.now());
  const reservations = await runInDurableObject(ledger, (_, state) => {
    return state.storage.sql.exec("select count(*) as n from reservations").one().n;
  });
  return {
    objects: objects.map(({ key }) => key),
    rows: Number(rows),
    reservations: Number(reservations),
    uploadsCounted: usage.uploads,
    bytesCounted: usage.bytes,
  } satisfies Leftovers;
}
