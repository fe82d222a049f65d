// `/v1/admin/blocked-files`: files that nobody may upload, by their SHA-256. Mounted behind the operator's token.
import {
  type BlockedFile,
  type BlockedFileList,
  blockFilesSchema,
  type FilesBlocked,
  sha256Schema,
} from "../../../../schema/blocked-files.ts";
import { ApiError } from "../../../shared/api-error.ts";
import { openDatabase } from "../../database.ts";
import { type BlockedFileRow, blockFiles, liftFile, listBlockedFiles } from "../../images/store/index.ts";
import { parseOperatorCursor, printOperatorCursor } from "../operator-cursor.ts";
import { readBody } from "./operator-body.ts";
import { createRouter, jsonBody } from "./router.ts";

const FILES_A_PAGE = 100;

export const blockedFiles = createRouter();

blockedFiles.get("/v1/admin/blocked-files", async (c) => {
  const before = parseOperatorCursor(c.req.query("before"));
  const { page, next } = await listBlockedFiles(openDatabase(c.env.DB), before, FILES_A_PAGE);
  return c.json({
    object: "list",
    data: page.map(toBlockedFile),
    next_cursor: next ? printOperatorCursor(next) : null,
  } satisfies BlockedFileList);
});

blockedFiles.post("/v1/admin/blocked-files", ...jsonBody, async (c) => {
  const { sha256, note } = await readBody(c.req, blockFilesSchema);
  const files = [...new Set(sha256)];
  const blocked = await blockFiles(openDatabase(c.env.DB), files, { by: null, note, now: Date.now() });
  return c.json({
    object: "files_blocked",
    blocked: blocked.length,
    there: files.length - blocked.length,
  } satisfies FilesBlocked);
});

blockedFiles.delete("/v1/admin/blocked-files/:id", async (c) => {
  const sha256 = sha256Schema.safeParse(c.req.param("id"));
  if (!sha256.success) throw new ApiError("not_found");
  const row = await liftFile(openDatabase(c.env.DB), sha256.data, { by: null, now: Date.now() });
  if (!row) throw new ApiError("not_found", { message: "This file is not refused." });
  return c.json(toBlockedFile(row));
});

function toBlockedFile(row: BlockedFileRow): BlockedFile {
  return {
    object: "blocked_file",
    sha256: row.sha256,
    image_id: row.imageId,
    note: row.note,
    blocked_at: new Date(row.blockedAt).toISOString(),
    blocked_by: row.blockedBy,
    lifted_at: row.liftedAt === null ? null : new Date(row.liftedAt).toISOString(),
    lifted_by: row.liftedBy,
  };
}
