// Where an original lies in R2.
import { imageIdSchema, storageSchema } from "../../schema/ids.ts";

/** The R2 key of an image's original: `{storage}/{id}`. */
export function originalKey(storage: string, id: string): string {
  return `${storage}/${id}`;
}

/** The parts of a key; undefined for an object that is no original of ours. */
export function parseOriginalKey(key: string): { readonly storage: string; readonly id: string } | undefined {
  const [storage, id, ...more] = key.split("/");
  const isOurs = storageSchema.safeParse(storage).success && imageIdSchema.safeParse(id).success;
  return isOurs && storage && id && more.length === 0 ? { storage, id } : undefined;
}
