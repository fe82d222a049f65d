// Masters in the bucket, beside their originals: written once by the first look, read by renders.
import { and, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { mimeTypes } from "../../../schema/facts.ts";
import { images } from "../../../schema/tables.ts";
import type { Bytes } from "../../formats/bytes/source.ts";
import { logError } from "../../shared/log.ts";
import { masterKey, type Owner } from "../../shared/object-keys.ts";
import type { Master, MasterPlan } from "../plan/master.ts";
import { type MasterFile, streamOfMaster } from "../render/master-file.ts";
import { gate } from "./gate.ts";
import { objectBytes } from "./original.ts";
import { ENGINE } from "./version.ts";

/** `off`: none are made, and none are used. */
export const areMastersOn = ({ MASTERS }: Pick<SrcEnv, "MASTERS">): boolean => String(MASTERS) !== "off";

/** The row tells of a master, and the bucket has none. Whoever asked starts from the original, under the name of that. */
export class MasterLost extends Error {
  override readonly name = "MasterLost";
}

export function bytesOfMaster(bucket: R2Bucket, owner: Owner, { engine, bytes }: Master): Bytes {
  return objectBytes(bucket, masterKey(owner, engine), bytes, () => new MasterLost());
}

/** Who was told of a loss already; the oldest first. */
const told = new Set<string>();
const MOST_TOLD = 1_000;

/**
 * Takes a master that the bucket has lost out of its row, and has the cron look at the original once more, which makes it anew. Said once: others may
 * be under way with the same row. Never rejects: the answer has gone out.
 */
export async function reportLost(
  database: D1Database,
  { storage, id }: Owner,
  master: Master,
  now: number,
): Promise<void> {
  if (!told.has(id))
    logError("a master is lost; the original is rendered, and looked at again", undefined, { image: id });
  told.add(id);
  for (const oldest of told) if (told.size > MOST_TOLD) told.delete(oldest);
  try {
    // Not of one that was blocked or made anew meanwhile.
    const isStill = and(
      eq(images.id, id),
      eq(images.storage, storage),
      eq(images.master, JSON.stringify(master)),
    );
    await drizzle(database).update(images).set({ master: null, lookDueAt: now }).where(isStill);
  } catch (error) {
    logError("a lost master stays in its row", error, { image: id });
  }
}

/** What the row is to say of it; undefined where the bucket fails, which costs nobody the picture. */
export async function storeMaster(
  bucket: R2Bucket,
  owner: Owner,
  { format, size }: Pick<MasterPlan, "format" | "size">,
  file: MasterFile,
): Promise<Master | undefined> {
  const { bytes } = file;
  const watch = gate.hold(bytes);
  try {
    const body = streamOfMaster(file).pipeThrough(new FixedLengthStream(bytes));
    await bucket.put(masterKey(owner, ENGINE), body, { httpMetadata: { contentType: mimeTypes[format] } });
    return { engine: ENGINE, format, width: size.width, height: size.height, bytes };
  } catch (error) {
    logError("a master could not be stored", error, { image: owner.id });
    return undefined;
  } finally {
    watch.ended();
  }
}
