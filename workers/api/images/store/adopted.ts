// Which objects images were made of: written with the image's row or not at all, so that no object becomes two.
import { and, eq, inArray } from "drizzle-orm";
import { adoptions, images } from "../../../../schema/tables.ts";
import type { Database } from "../../database.ts";
import { dropOfBlockedFile } from "./blocked-files.ts";
import { among, type ImageRow, insertLabels } from "./rows.ts";

interface Adopted {
  readonly imageId: string;
  readonly etag: string;
}

/** Those of the objects of which an image was made, by their hashes. */
export async function findAdoptions(
  db: Database,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, Adopted>> {
  const rows = await db
    .select()
    .from(adoptions)
    .where(inArray(adoptions.objectHash, among(hashes)));
  return new Map(rows.map(({ objectHash, imageId, etag }) => [objectHash, { imageId, etag }]));
}

/** The image's row, its labels and whose it was, in one transaction; false where its file is blocked. Throws where the object has been adopted meanwhile. */
export async function insertAdopted(
  db: Database,
  row: ImageRow,
  { objectHash, etag }: { readonly objectHash: string; readonly etag: string },
): Promise<boolean> {
  const { id: imageId, accountId, createdAt: adoptedAt } = row;
  const [, , , blocked] = await db.batch([
    db.insert(adoptions).values({ objectHash, accountId, imageId, etag, adoptedAt }),
    db.insert(images).values(row),
    insertLabels(db, imageId, accountId),
    dropOfBlockedFile(db, imageId),
  ]);
  return blocked.length === 0;
}

/** Takes back what `insertAdopted` wrote for this image, and nothing that another call has written. */
export async function deleteAdopted(
  db: Database,
  { id, accountId }: Pick<ImageRow, "id" | "accountId">,
  objectHash: string,
): Promise<void> {
  await db.batch([
    db.delete(adoptions).where(and(eq(adoptions.objectHash, objectHash), eq(adoptions.imageId, id))),
    db.delete(images).where(and(eq(images.id, id), eq(images.accountId, accountId))),
  ]);
}
