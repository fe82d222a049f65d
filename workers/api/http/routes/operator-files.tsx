// `/operator/files`: files that nobody may upload, by their SHA-256.
import type { Context } from "hono";
import { MAX_BLOCK_NOTE, sha256Schema } from "../../../../schema/blocked-files.ts";
import { openDatabase } from "../../database.ts";
import { blockFiles, liftFile, listBlockedFiles } from "../../images/store/index.ts";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { FilesPage } from "../../pages/operator/files-page.tsx";
import type { MemberEnv } from "../app-env.ts";
import { readMember, requireMember, requireOperator } from "../middleware/member.ts";
import { ownForm } from "../middleware/own-form.ts";
import { parseOperatorCursor, printOperatorCursor } from "../operator-cursor.ts";
import { visitorOf } from "../visitor-of.ts";
import { createMemberPages } from "./page-router.ts";

const PATH = "/operator/files";
const FILES_A_PAGE = 50;

export const operatorFiles = createMemberPages();

operatorFiles.use(`${PATH}/*`, readMember, requireMember, requireOperator);

operatorFiles.get(PATH, (c) => page(c));

operatorFiles.post(PATH, ownForm, async (c) => {
  const { form, member } = c.var;
  const sha256 = sha256Schema.safeParse(form.get("sha256"));
  if (!sha256.success) return page(c, "A SHA-256 has 64 hexadecimal digits.");
  const note = (form.get("note") ?? "").trim().slice(0, MAX_BLOCK_NOTE);
  await blockFiles(openDatabase(c.env.DB), [sha256.data], { by: member.account.id, note, now: Date.now() });
  return c.redirect(PATH, 303);
});

// Twice does no harm: the page shows how it is.
operatorFiles.post(`${PATH}/allow`, ownForm, async (c) => {
  const sha256 = sha256Schema.safeParse(c.var.form.get("sha256"));
  const lifting = { by: c.var.member.account.id, now: Date.now() };
  if (sha256.success) await liftFile(openDatabase(c.env.DB), sha256.data, lifting);
  return c.redirect(PATH, 303);
});

async function page(c: Context<MemberEnv>, problem: string | null = null): Promise<Response> {
  const before = parseOperatorCursor(c.req.query("before"));
  const { page: files, next } = await listBlockedFiles(openDatabase(c.env.DB), before, FILES_A_PAGE);
  const older = next ? `${PATH}?before=${printOperatorCursor(next)}` : null;
  const props = { visitor: visitorOf(c.var), files, next: older, isFirst: before === undefined, problem };
  return htmlAnswer(<FilesPage {...props} />, { status: problem ? 422 : 200 });
}
