// Writes an original to R2: in one go when it is one part, else in parts as they arrive.

import type { LedgerStub } from "../accounts/accounting.ts";
import { abortUpload } from "../ledger/abort-upload.ts";
import type { Part } from "../upload/parts.ts";
import type { Undo } from "./undo.ts";

interface Target {
  readonly originals: R2Bucket;
  readonly key: string;
  readonly undo: Undo;
}

/** Stores a file that is whole in memory. R2 checks its hash. */
export async function putOriginal(target: Target, bytes: Uint8Array, sha256: string): Promise<void> {
  const { originals, key, undo } = target;
  undo.add(() => originals.delete(key));
  const stored = await originals.put(key, bytes, { sha256 });
  if (!stored) throw new Error(`R2 did not store ${key}`);
}

interface PartsTarget extends Target {
  readonly ledger: Pick<LedgerStub, "beginParts">;
  readonly imageId: string;
}

/**
 * Stores a file that is still arriving. `judge` runs when every byte has been read and before the object exists:
 * the place for checks that need the whole file. Answers what it answers.
 */
export async function putOriginalInParts<T>(
  target: PartsTarget,
  first: Part,
  rest: AsyncIterable<Part>,
  judge: () => Promise<T>,
): Promise<T> {
  const { originals, key, undo, ledger, imageId } = target;
  const multipart = originals.resumeMultipartUpload(key, await ledger.beginParts(imageId));
  // Completing may have happened although its answer was lost, so both are taken back.
  undo.add(() => originals.delete(key));
  undo.add(() => abortUpload(multipart));
  const uploaded = [await multipart.uploadPart(1, first.bytes)];
  for await (const part of rest) {
    uploaded.push(await multipart.uploadPart(uploaded.length + 1, part.bytes));
  }
  const judgement = await judge();
  await multipart.complete(uploaded);
  return judgement;
}
