// What a copy of a deployment is made of: rows of these tables, and the originals.
import * as z from "zod";
import { imageIdSchema, storageSchema } from "./ids.ts";
import {
  accounts,
  adoptions,
  apiKeys,
  blockedFiles,
  claims,
  images,
  invitations,
  passkeys,
  reports,
} from "./tables.ts";

/** In this order a row finds those that it names. What lives for minutes, or is told by others, is not copied: sessions, labels, the outbox. */
export const copiedTables = {
  accounts,
  api_keys: apiKeys,
  passkeys,
  invitations,
  claims,
  /** Before images: those of a blocked file come in as blocked. */
  blocked_files: blockedFiles,
  images,
  reports,
  adoptions,
} as const;
export type CopiedTable = keyof typeof copiedTables;
export const copiedTableNames = Object.keys(copiedTables) as [CopiedTable, ...CopiedTable[]];

/** What the originals in a copy are called by. */
export const copiedObjectSchema = z.strictObject({ storage: storageSchema, id: imageIdSchema });

export const rowSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export type CopiedRow = z.infer<typeof rowSchema>;

export const rowsQuerySchema = z.object({
  table: z.enum(copiedTableNames),
  /** The key of the row that was read last. */
  after: z.string().max(200).default(""),
});

export const copiedRowsSchema = z.strictObject({
  object: z.literal("rows"),
  table: z.enum(copiedTableNames),
  rows: z.array(rowSchema),
  /** Where to go on; null at the end. */
  next: z.string().nullable(),
});
export type CopiedRows = z.infer<typeof copiedRowsSchema>;

export const MAX_RESTORED_ROWS = 100;
/** Of rows together; a body takes 1 MB, and one row of images has at most some 450 kB. */
export const MAX_RESTORED_BYTES = 500_000;
export const restoreRowsSchema = z.strictObject({
  table: z.enum(copiedTableNames),
  rows: z.array(rowSchema).min(1).max(MAX_RESTORED_ROWS),
});

export const restoredRowsSchema = z.strictObject({
  object: z.literal("restored_rows"),
  restored: z.int(),
  /** They were there already, and were left as they are. */
  there: z.int(),
});

export const verifyQuestionSchema = z.strictObject({
  part: z.enum(["images", "ledgers"]),
  cursor: z.string().max(200).default(""),
  fix: z.boolean().default(false),
  /** Reads every original and compares its SHA-256. */
  deep: z.boolean().default(false),
});
export type VerifyQuestion = z.infer<typeof verifyQuestionSchema>;

export const faults = {
  original_missing: "its original is gone",
  original_other: "its original has other bytes than its row says",
  labels: "its labels can't be found by filters",
  not_counted: "its bytes do not count in its account's ledger",
  counted_otherwise: "its account's ledger counts other bytes than it has",
  counted_without_row: "a ledger counts an image that is gone",
  failed_though_there: "it is marked as failed, and its original is there",
} as const;
export type FaultKind = keyof typeof faults;

export const verifiedSchema = z.strictObject({
  object: z.literal("verification"),
  examined: z.int(),
  faults: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(Object.keys(faults) as [FaultKind, ...FaultKind[]]),
      /** False where nothing but a copy can mend it, or nobody asked for it. */
      fixed: z.boolean(),
    }),
  ),
  next_cursor: z.string().nullable(),
});
export type Verified = z.infer<typeof verifiedSchema>;
