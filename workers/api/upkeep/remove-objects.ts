// Takes images out of R2: originals, and what was made of them.
import { madeOf, type Owner, originalKey } from "../../shared/object-keys.ts";

type Bucket = Pick<R2Bucket, "delete" | "list">;

/** As many as one call to R2 deletes. */
const A_CALL = 1_000;

/** Originals first: they are what a deletion is about. */
export async function removeImages(originals: Bucket, images: readonly Owner[]): Promise<void> {
  await removeKeys(
    originals,
    images.map(({ storage, id }) => originalKey(storage, id)),
  );
  await removeMade(originals, images);
}

/** What was made of these images; their originals stay. */
export async function removeMade(originals: Bucket, images: readonly Owner[]): Promise<void> {
  const keys = await Promise.all(images.map((image) => keysBelow(originals, madeOf(image))));
  await removeKeys(originals, keys.flat());
}

async function keysBelow(originals: Bucket, prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  let cursor: string | undefined;
  do {
    const listed = await originals.list({ prefix, ...(cursor && { cursor }) });
    keys.push(...listed.objects.map(({ key }) => key));
    cursor = listed.truncated ? listed.cursor : undefined;
  } while (cursor);
  return keys;
}

async function removeKeys(originals: Bucket, keys: readonly string[]): Promise<void> {
  for (let start = 0; start < keys.length; start += A_CALL)
    await originals.delete(keys.slice(start, start + A_CALL));
}
