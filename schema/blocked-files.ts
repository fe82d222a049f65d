// Files that an operator refuses for good, by their SHA-256: what the operator's programs send and get.
import * as z from "zod";
import { imageIdSchema } from "./ids.ts";

export const MAX_FILES_AT_ONCE = 500;
export const MAX_BLOCK_NOTE = 500;

export const sha256Schema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/, "A SHA-256 has 64 hexadecimal digits.");

export const blockFilesSchema = z.strictObject({
  sha256: z.array(sha256Schema).min(1).max(MAX_FILES_AT_ONCE),
  /** For whoever reads the list later. */
  note: z.string().trim().max(MAX_BLOCK_NOTE).default(""),
});

export const blockedFileSchema = z
  .strictObject({
    object: z.literal("blocked_file"),
    sha256: z.string(),
    /** The image that it was blocked with, which may be gone. */
    image_id: imageIdSchema.nullable(),
    note: z.string(),
    blocked_at: z.string(),
    /** The operator's account; null for who had the operator's token, or the database. */
    blocked_by: z.string().nullable(),
    /** Since when it may be uploaded again; null while it is refused. */
    lifted_at: z.string().nullable(),
    lifted_by: z.string().nullable(),
  })
  .meta({ id: "BlockedFile" });
export type BlockedFile = z.infer<typeof blockedFileSchema>;

export const blockedFileListSchema = z.strictObject({
  object: z.literal("list"),
  data: z.array(blockedFileSchema),
  /** For `?before=`; null at the end. */
  next_cursor: z.string().nullable(),
});
export type BlockedFileList = z.infer<typeof blockedFileListSchema>;

export const filesBlockedSchema = z.strictObject({
  object: z.literal("files_blocked"),
  /** Those that were not refused before. */
  blocked: z.int(),
  there: z.int(),
});
export type FilesBlocked = z.infer<typeof filesBlockedSchema>;
