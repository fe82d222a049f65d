// What lies in a bucket, page by page, and what has become of it so far.
import type { FoundObject, FoundObjects } from "../../../schema/adopt.ts";
import { ownerOf } from "../../shared/object-keys.ts";
import { knownStorages } from "../accounts/known-storages.ts";
import type { Database } from "../database.ts";
import { findAdoptions, missingAmong } from "../images/store/index.ts";
import { objectHash, type SourceBucket } from "./bucket.ts";

const PAGE = 500;

interface Place {
  readonly prefix: string;
  /** The key that was read last; empty at the beginning. */
  readonly after: string;
}

/** The objects behind a place, in the order of their keys. */
export async function findObjects(
  db: Database,
  bucket: SourceBucket,
  { prefix, after }: Place,
): Promise<Omit<FoundObjects, "object">> {
  const listed = await bucket.objects.list({
    limit: PAGE,
    ...(prefix && { prefix }),
    ...(after && { startAfter: after }),
  });
  const hashes = await Promise.all(listed.objects.map(({ key }) => objectHash(bucket, key)));
  const [adopted, ours] = await Promise.all([
    findAdoptions(db, hashes),
    bucket.which === "own" ? ownAmong(db, listed.objects) : new Map<string, FoundObject["state"]>(),
  ]);
  const objects = listed.objects.map((object, at) => {
    const before = adopted.get(hashes[at] ?? "");
    const adoptedState = before && (before.etag === object.etag ? "adopted" : "changed");
    const isFolder = object.size === 0 && object.key.endsWith("/");
    return {
      key: object.key,
      bytes: object.size,
      state: ours.get(object.key) ?? adoptedState ?? (isFolder ? "folder" : "new"),
      uploaded_at: object.uploaded.toISOString(),
    };
  });
  const next = listed.truncated ? (listed.objects.at(-1)?.key ?? null) : null;
  return { bucket: bucket.name, objects, next };
}

/** Objects that are called as ours are: originals and what was made of them. */
async function ownAmong(
  db: Database,
  objects: readonly R2Object[],
): Promise<ReadonlyMap<string, FoundObject["state"]>> {
  const owners = objects.flatMap(({ key }) => {
    const owner = ownerOf(key);
    return owner ? [{ key, ...owner }] : [];
  });
  const [gone, known] = await Promise.all([
    missingAmong(
      db,
      owners.map(({ id }) => id),
    ),
    knownStorages(
      db,
      owners.map(({ storage }) => storage),
    ),
  ]);
  const missing = new Set(gone);
  const ours = owners.filter(({ storage }) => known.has(storage));
  return new Map(ours.map(({ key, id }) => [key, missing.has(id) ? "in danger" : "ours"]));
}
