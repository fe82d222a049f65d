// How cached answers are found again when an image is deleted, blocked or changed: by itself, by its account, and by a bucket.

/** The platform takes so many tags a call. */
const TAGS_PER_PURGE = 100;
/** Calls are rationed (five a minute): more images than this are forgotten by their buckets, all of which take three calls. */
const MOST_BY_NAME = 3 * TAGS_PER_PURGE;
const BUCKETS = 256;

export const imageTag = (id: string) => `image-${id}`;
export const accountTag = (storage: string) => `account-${storage}`;

/** One of 256, by the FNV-1a hash of the id (http://www.isthe.com/chongo/tech/comp/fnv/): ids fall into them evenly. */
export function bucketTag(id: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return `bucket-${((hash >>> 24) ^ (hash & 0xff)) % BUCKETS}`;
}

/** What an answer of the front door carries; one of no image, too, so that it goes when there is one again. */
export function cacheTags({ storage, id }: { readonly storage: string; readonly id: string }): string {
  return [imageTag(id), accountTag(storage), bucketTag(id)].join(",");
}

/** The calls that forget these images: their names while they are few, their buckets when they are many. */
export function purgeCalls(ids: readonly string[]): string[][] {
  const names = [...new Set(ids)];
  const tags = names.length <= MOST_BY_NAME ? names.map(imageTag) : [...new Set(names.map(bucketTag))];
  const calls: string[][] = [];
  for (let start = 0; start < tags.length; start += TAGS_PER_PURGE)
    calls.push(tags.slice(start, start + TAGS_PER_PURGE));
  return calls;
}
