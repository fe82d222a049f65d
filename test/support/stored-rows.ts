// Rows of images written straight into D1, for tests of what the store finds and changes: each begins as an upload leaves it.
import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { newImageId } from "../../schema/ids.ts";
import { images, outbox } from "../../schema/tables.ts";
import { openDatabase } from "../../workers/api/database.ts";
import { type ImageRow, insertImage } from "../../workers/api/images/store/index.ts";
import type { TestAccount } from "./accounts.ts";
import { uploadImage } from "./uploads.ts";

const db = openDatabase(env.DB);
const patterns = new Map<string, ImageRow>();

/** An image of this account; what is not named is as it is after an upload. */
export async function storeRow(account: TestAccount, changes: Partial<ImageRow> = {}): Promise<ImageRow> {
  const pattern = patterns.get(account.id) ?? (await uploaded(account));
  const row = { ...pattern, id: newImageId(), ...changes };
  await insertImage(db, row);
  return row;
}

/** The row as it is now. */
export async function rowNow(id: string): Promise<ImageRow | undefined> {
  return db.select().from(images).where(eq(images.id, id)).get();
}

/** What is left to do for an image: its kinds and when they are due. */
export async function workFor(id: string) {
  return db
    .select({ kind: outbox.kind, dueAt: outbox.dueAt })
    .from(outbox)
    .where(eq(outbox.imageId, id))
    .orderBy(outbox.kind);
}

async function uploaded(account: TestAccount): Promise<ImageRow> {
  const { id } = await uploadImage(account.key);
  const row = await rowNow(id);
  if (!row) throw new Error("the upload left no row");
  await db.delete(images).where(eq(images.id, id));
  patterns.set(account.id, row);
  return row;
}
