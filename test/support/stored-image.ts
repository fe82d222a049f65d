// Puts an image where src looks for it: a row in D1 and an object in R2, as the API would have left them.
import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { newImageId } from "../../schema/ids.ts";
import { accounts, images } from "../../schema/tables.ts";
import { createFactsReader } from "../../workers/shared/image-facts.ts";
import { originalKey } from "../../workers/shared/object-keys.ts";

export interface StoredImage {
  readonly id: string;
  readonly path: string;
}

type Row = typeof images.$inferInsert;

const STORAGE = "7c1";
const CREATED_AT = Date.UTC(2026, 4, 1, 9, 30);

/** Stores a file as an image of its own; `changes` overrides what the row says. */
export async function storeImage(file: Uint8Array, changes: Partial<Row> = {}): Promise<StoredImage> {
  const id = newImageId();
  const row = { ...(await rowOf(id, file)), ...changes };
  const db = drizzle(env.DB);
  await db
    .insert(accounts)
    .values({ id: "acc_test", storage: STORAGE, name: "Test", plan: "unlimited", createdAt: CREATED_AT })
    .onConflictDoNothing();
  await db.insert(images).values(row);
  await env.ORIGINALS.put(originalKey(row.storage, id), file);
  return { id, path: `/${row.storage}/${id}.${row.format}` };
}

/** Browsers can't show these. */
const notShown: ReadonlySet<string> = new Set(["heic", "tiff"]);

async function rowOf(id: string, file: Uint8Array): Promise<Row> {
  const reader = createFactsReader();
  reader.push(file);
  const read = reader.end();
  if (read.kind !== "image") throw new Error(`The test's file is no image: ${read.kind}`);
  const { facts } = read;
  return {
    id,
    accountId: "acc_test",
    storage: STORAGE,
    filename: `picture.${facts.format}`,
    format: notShown.has(facts.format) ? "jpg" : facts.format,
    width: facts.displayedWidth,
    height: facts.displayedHeight,
    bytes: file.length,
    sha256: new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(file))).toHex(),
    transformable: facts.format !== "svg",
    facts: JSON.stringify(facts),
    createdAt: CREATED_AT,
  };
}
