// An upload with an Idempotency-Key: however often it is sent, it makes one image.
import { ApiError } from "../../shared/api-error.ts";
import { logError } from "../../shared/log.ts";
import type { LedgerStub } from "../accounts/accounting.ts";
import type { Attempt } from "../ledger/idempotency.ts";
import type { Upload } from "../upload/upload.ts";
import { type CreateImage, createImage } from "./create-image.ts";
import { fingerprintOf, readFingerprint } from "./fingerprint.ts";
import { findImage, type ImageRow } from "./store/index.ts";

const RENEWED_EVERY_MILLISECONDS = 20_000;
const RETRY_AFTER_SECONDS = 5;

export interface CreateOnce extends Omit<CreateImage, "beforeRow"> {
  readonly key: string;
  /** The ledger of the caller, to which keys belong. */
  readonly keys: Pick<LedgerStub, "beginKey" | "renewKey" | "finishKey" | "abandonKey">;
}

export interface CreatedOnce {
  readonly row: ImageRow;
  /** The image was made by an earlier request. */
  readonly isReplay: boolean;
}

export async function createOnce(upload: Upload, context: CreateOnce): Promise<CreatedOnce> {
  const { key, keys, id: imageId, clock } = context;
  const attempt = { key, attempt: crypto.randomUUID(), imageId };
  const begun = await keys.beginKey(attempt, clock());
  if (begun.state === "running") throw inProgress();
  if (begun.state === "first") return { row: await createFirst(upload, context, attempt), isReplay: false };

  const { limits, hold } = context;
  const fingerprint = await readFingerprint(upload, { maxBytes: limits.maxFileBytes, hold });
  if (fingerprint !== begun.fingerprint) throw new ApiError("idempotency_key_conflict");
  const row = await findImage(context.db, begun.imageId, context.account.id, clock());
  if (!row) throw imageGone();
  return { row, isReplay: true };
}

/** Without a key every request makes an image of its own. */
export async function createAnew(upload: Upload, context: CreateImage): Promise<CreatedOnce> {
  return { row: await createImage(upload, context), isReplay: false };
}

async function createFirst(upload: Upload, context: CreateOnce, attempt: Attempt): Promise<ImageRow> {
  const { keys, clock } = context;
  const heartbeat = setInterval(() => {
    keys.renewKey(attempt, null, clock()).catch((error) => logError("a key was not renewed", error));
  }, RENEWED_EVERY_MILLISECONDS);
  try {
    const row = await createImage(upload, {
      ...context,
      beforeRow: async ({ sha256 }) => {
        const file = "url" in upload.identity ? undefined : sha256;
        const isHeld = await keys.renewKey(attempt, await fingerprintOf(upload, file), clock());
        // Silent for too long, and another request with this key has taken over: it makes the image.
        if (!isHeld) throw inProgress();
      },
    });
    // Should this message be lost, the next request with the key finds the row.
    await keys.finishKey(attempt).catch((error) => logError("a key was not finished", error));
    return row;
  } catch (cause) {
    await keys.abandonKey(attempt).catch((error) => logError("a key was not given back", error));
    throw cause;
  } finally {
    clearInterval(heartbeat);
  }
}

/** A conflict and no 404: at that clients take a new key, which is right here. */
function imageGone(): ApiError {
  const message =
    "The image that this Idempotency-Key made has been deleted. Send the upload with another key.";
  return new ApiError("idempotency_key_conflict", { message });
}

function inProgress(): ApiError {
  return new ApiError("idempotency_key_in_progress", {
    action: { type: "wait", retry_after: RETRY_AFTER_SECONDS },
  });
}
