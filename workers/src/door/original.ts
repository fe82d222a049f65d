// Originals: their facts come from D1 first, their bytes from R2 only when they are needed.
import { and, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import * as z from "zod";
import type { HiddenMetadata } from "../../../schema/hidden-metadata.ts";
import { images } from "../../../schema/tables.ts";
import type { Bytes } from "../../formats/bytes/source.ts";
import { readWhole } from "../../formats/bytes/whole.ts";
import { isAlive } from "../../shared/alive.ts";
import { ApiError } from "../../shared/api-error.ts";
import { originalKey } from "../../shared/object-keys.ts";
import { type Master, masterSchema } from "../plan/master.ts";
import { type OriginalFacts, originalFactsSchema } from "../plan/stored-facts.ts";
import { isSample, sampleBytes, sampleOriginal } from "./sample.ts";
import { ENGINE } from "./version.ts";

export interface Original {
  readonly id: string;
  readonly storage: string;
  /** What the plain URL answers. */
  readonly format: string;
  readonly filename: string;
  readonly transformable: boolean;
  /** A look has found that it is shown as far as it goes. */
  readonly isDamaged: boolean;
  readonly bytes: number;
  readonly sha256: string;
  readonly facts: OriginalFacts;
  /** What renders may start from in its place; one of another engine is as good as none. */
  readonly master: Master | null;
  /** What its uploader lets answers carry. */
  readonly hiddenMetadata: HiddenMetadata;
  /** Unix milliseconds. */
  readonly createdAt: number;
  readonly expiresAt: number | null;
}

const notesSchema = z.array(z.object({ code: z.string() }));

/**
 * The original that an image URL names; undefined when it never was, is gone, expired, blocked or not ready.
 * `public: false` hides an image's page, not its URL: who knows the URL was given it.
 */
export async function findOriginal(
  db: D1Database,
  { storage, id }: { readonly storage: string; readonly id: string },
  now: number,
): Promise<Original | undefined> {
  if (isSample({ storage, id })) return sampleOriginal();
  const row = await drizzle(db)
    .select({
      id: images.id,
      storage: images.storage,
      status: images.status,
      format: images.format,
      filename: images.filename,
      transformable: images.transformable,
      bytes: images.bytes,
      sha256: images.sha256,
      notes: images.notes,
      master: images.master,
      facts: images.facts,
      hiddenMetadata: images.hiddenMetadata,
      createdAt: images.createdAt,
      expiresAt: images.expiresAt,
    })
    .from(images)
    .where(and(eq(images.id, id), eq(images.storage, storage)))
    .get();
  if (row?.status !== "ready" || !isAlive(row, now)) return undefined;
  const { status, facts, notes, master: stored, ...rest } = row;
  const isDamaged = notesSchema.parse(JSON.parse(notes)).some(({ code }) => code === "damaged");
  const made = stored === null ? null : masterSchema.parse(JSON.parse(stored));
  const master = made?.engine === ENGINE ? made : null;
  return { ...rest, isDamaged, master, facts: originalFactsSchema.parse(JSON.parse(facts)) };
}

/** The original's bytes as stored, metadata and all. */
export function bytesOf(
  bucket: R2Bucket,
  { storage, id, bytes }: Pick<Original, "storage" | "id" | "bytes">,
): Bytes {
  if (isSample({ storage, id })) return sampleBytes;
  // Deleted between the row and the bytes.
  return objectBytes(bucket, originalKey(storage, id), bytes, () => new ApiError("not_found"));
}

/** An object of this length; `lost` says what is thrown where there is none. */
export function objectBytes(bucket: R2Bucket, key: string, bytes: number, lost: () => Error): Bytes {
  async function open(range?: R2Range): Promise<R2ObjectBody> {
    const object = await bucket.get(key, range && { range });
    if (!object) throw lost();
    return object;
  }
  return {
    // R2 refuses a range that begins at the end, and files name places behind theirs.
    stream: async (from = 0) =>
      from >= bytes && from > 0
        ? new Blob([]).stream()
        : (await open(from > 0 ? { offset: from } : undefined)).body,
    whole: async () => readWhole((await open()).body, bytes),
    async range(offset, length) {
      if (offset >= bytes || length <= 0) return new Uint8Array();
      return new Uint8Array(await (await open({ offset, length })).arrayBuffer());
    },
  };
}
