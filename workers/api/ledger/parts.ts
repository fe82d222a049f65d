// The unfinished multipart uploads of reservations: noted as they begin, since R2 lists them to nobody.
import * as z from "zod";
import { originalKey } from "../../shared/object-keys.ts";
import { abortUpload } from "./abort-upload.ts";

export interface Parts {
  readonly sql: SqlStorage;
  readonly originals: R2Bucket;
}

const reservedSchema = z.object({ storage: z.string(), upload_id: z.string().nullable() });

/** Begins and notes one. Throws where the reservation is gone: what was begun is then ended at once. */
export async function begin({ sql, originals }: Parts, imageId: string): Promise<string> {
  const reserved = find(sql, imageId);
  if (!reserved) throw new Error("There is no reservation for these parts.");
  const upload = await originals.createMultipartUpload(originalKey(reserved.storage, imageId));
  const noted = sql
    .exec("update reservations set upload_id = ? where image_id = ? returning 1", upload.uploadId, imageId)
    .toArray();
  if (noted.length > 0) return upload.uploadId;
  await abortUpload(upload);
  throw new Error("The reservation of these parts ended while they began.");
}

/** Ends that of a reservation, if it has one. Safe to repeat, and after its completion. */
export async function abort({ sql, originals }: Parts, imageId: string): Promise<void> {
  const reserved = find(sql, imageId);
  if (!reserved?.upload_id) return;
  const key = originalKey(reserved.storage, imageId);
  await abortUpload(originals.resumeMultipartUpload(key, reserved.upload_id));
}

function find(sql: SqlStorage, imageId: string): z.infer<typeof reservedSchema> | undefined {
  const [row] = sql.exec("select storage, upload_id from reservations where image_id = ?", imageId).toArray();
  return row && reservedSchema.parse(row);
}
