// An upload on its way in: the same shape for a form, a raw body and an import.
import type { UploadFields } from "../../../schema/fields.ts";

export interface Upload {
  /** What the sender is told when our side fails. */
  readonly failure: "upload_failed" | "import_failed";
  /** Checks the fields that have arrived; all of them have once the file was read to its end. Throws a 422. */
  readonly fields: () => UploadFields;
  /** What tells this file from another for idempotency: an address, or else what the sender says and the bytes. */
  readonly identity: { readonly url: string } | { readonly filename: string; readonly claimedType: string };
  /** Begins to read the file; only once. */
  readonly open: () => Promise<OpenFile>;
}

export interface OpenFile {
  /** The sender's name for the file. */
  readonly filename: string | undefined;
  /** The file's size where the sender told it. */
  readonly declaredBytes: number | undefined;
  /** What it can't be longer than; a form says only how long all of it is. */
  readonly atMostBytes: number | undefined;
  /** The file's bytes; read no faster than they are used. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** No picture begins so. */
export function beginsLikeJson(head: Uint8Array): boolean {
  return new TextDecoder().decode(head.subarray(0, 64)).trimStart().startsWith("{");
}
