// For `npm run export`, `restore` and `verify`: rows and originals as they are. Mounted behind the operator's token.
import * as z from "zod";
import {
  type CopiedRows,
  copiedObjectSchema,
  type restoredRowsSchema,
  restoreRowsSchema,
  rowsQuerySchema,
  type Verified,
  verifyQuestionSchema,
} from "../../../../schema/backup.ts";
import { ApiError } from "../../../shared/api-error.ts";
import { declaredLength } from "../../../shared/http.ts";
import { originalKey } from "../../../shared/object-keys.ts";
import { readRows, writeRows } from "../../backup/copy-rows.ts";
import { verifyImages } from "../../backup/verify-images.ts";
import { verifyLedgers } from "../../backup/verify-ledgers.ts";
import { openDatabase } from "../../database.ts";
import { invalid } from "../../validation.ts";
import { readBody } from "./operator-body.ts";
import { createRouter, jsonBody } from "./router.ts";

export const backup = createRouter();

backup.get("/v1/admin/backup/rows", async (c) => {
  const { table, after } = read(rowsQuerySchema, c.req.query());
  const { rows, next } = await readRows(openDatabase(c.env.DB), table, after);
  return c.json({ object: "rows", table, rows: [...rows], next } satisfies CopiedRows);
});

backup.post("/v1/admin/backup/rows", ...jsonBody, async (c) => {
  const { table, rows } = await readBody(c.req, restoreRowsSchema);
  const context = {
    db: openDatabase(c.env.DB),
    ledgerNamed: (name: string) => c.env.LEDGER.getByName(name),
    now: Date.now(),
  };
  const counts = await writeRows(table, rows, context);
  return c.json({ object: "restored_rows", ...counts } satisfies z.infer<typeof restoredRowsSchema>);
});

backup.get("/v1/admin/backup/original", async (c) => {
  const { storage, id } = read(copiedObjectSchema, c.req.query());
  const object = await c.env.ORIGINALS.get(originalKey(storage, id));
  if (!object) throw new ApiError("not_found");
  return new Response(object.body, {
    headers: { "Content-Length": String(object.size), "Content-Type": "application/octet-stream" },
  });
});

const sentOriginalSchema = copiedObjectSchema.extend({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** R2 compares the hash, and stores nothing that has another. */
backup.put("/v1/admin/backup/original", async (c) => {
  const { storage, id, sha256 } = read(sentOriginalSchema, c.req.query());
  const length = declaredLength(c.req.raw.headers);
  if (length === undefined || !c.req.raw.body)
    throw new ApiError("bad_request", { message: "Say how long the original is: Content-Length." });
  const { readable, writable } = new FixedLengthStream(length);
  const sent = c.req.raw.body.pipeTo(writable).catch(() => undefined);
  const stored = await c.env.ORIGINALS.put(originalKey(storage, id), readable, { sha256 }).catch(
    (cause: unknown) => {
      throw new ApiError("validation_error", {
        message: "It was not stored: it has another SHA-256, or was cut off.",
        cause,
      });
    },
  );
  await sent;
  return c.json({ object: "original", storage, id, bytes: stored.size });
});

backup.post("/v1/admin/backup/verify", ...jsonBody, async (c) => {
  const { part, ...question } = await readBody(c.req, verifyQuestionSchema);
  const context = {
    ...{ db: openDatabase(c.env.DB), originals: c.env.ORIGINALS, now: Date.now() },
    ledgerNamed: (name: string) => c.env.LEDGER.getByName(name),
  };
  const found = await (part === "images"
    ? verifyImages(question, context)
    : verifyLedgers(question, context));
  return c.json({ object: "verification", ...found } satisfies Verified);
});

function read<T>(schema: z.ZodType<T>, query: Readonly<Record<string, string>>): T {
  const result = schema.safeParse(query);
  if (!result.success) throw invalid(result.error);
  return result.data;
}
