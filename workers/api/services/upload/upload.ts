// An upload on its way in: the same shape for a form, a raw body and an import.
import type { UploadFields } from "../../../../schema/fields.ts";

export interface Upload {
  /** What the sender is told when our side fails. */
  readonly failure: "upload_failed" | "import_failed";
  /** The sender's name for the file. */
  readonly filename: string | undefined;
  /** The type that the sender claims; only told to idempotency, never believed. */
  readonly claimedType: string;
  /** The file's size where the sender told it. */
  readonly declaredBytes: number | undefined;
  /** The file's bytes, once; read no faster than they are used. */
  readonly file: AsyncIterable<Uint8Array>;
  /** Checks the fields that have arrived; all of them have once `file` was read to its end. Throws a 422. */
  readonly fields: () => UploadFields;
}
