// Images for tests that need some: uploaded as a client does it.
import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import type { Image } from "../../schema/api.ts";
import { newImageId } from "../../schema/ids.ts";
import { images } from "../../schema/tables.ts";
import { accountLedgerName } from "../../workers/api/accounts/accounting.ts";
import { openDatabase } from "../../workers/api/database.ts";
import { insertImage } from "../../workers/api/images/store/index.ts";
import { originalKey } from "../../workers/shared/object-keys.ts";
import type { TestAccount } from "./accounts.ts";
import { authorization, call } from "./api.ts";
import { fixtureBytes } from "./fixture-bytes.ts";
import { upload } from "./upload.ts";

const coffee = new File([await fixtureBytes("coffee.jpg")], "coffee.jpg", { type: "image/jpeg" });

/** Uploads a small photo. */
export const uploadImage = (
  key: string,
  fields: Readonly<Record<string, string>> = {},
  bindings: Readonly<Record<string, unknown>> = {},
): Promise<Image> => upload((path, order) => call(path, order, bindings), coffee, { key, fields });

/** Many images at once, written as uploads leave them: row, labels, object, and counted. */
export async function makeImages(account: TestAccount, count: number): Promise<readonly string[]> {
  const db = openDatabase(env.DB);
  const { id: pattern } = await uploadImage(account.key);
  const [row] = await db.select().from(images).where(eq(images.id, pattern));
  if (!row) throw new Error("the upload left no row");
  const rows = Array.from({ length: count - 1 }, () => ({ ...row, id: newImageId() }));
  const ledger = env.LEDGER.getByName(accountLedgerName(account.id));
  await Promise.all(
    rows.map(async (one) => {
      await insertImage(db, one);
      await env.ORIGINALS.put(originalKey(one.storage, one.id), "bytes");
      await ledger.commit(one.id, one.bytes, Date.now());
    }),
  );
  return [pattern, ...rows.map(({ id }) => id)];
}

/** Sends JSON with a key and parses the answer. */
export async function callJson(key: string, method: string, path: string, body?: unknown) {
  const response = await call(path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    headers: { ...authorization(key), ...(body !== undefined && { "Content-Type": "application/json" }) },
  });
  return { response, status: response.status, answer: await response.json<unknown>() };
}
