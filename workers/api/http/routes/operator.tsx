// `/operator`: pictures that were reported, and what the operator does about them.
import * as z from "zod";
import { ANONYMOUS_ACCOUNT, imageIdSchema } from "../../../../schema/ids.ts";
import { ApiError } from "../../../shared/api-error.ts";
import { openDatabase } from "../../database.ts";
import { toImage } from "../../images/image-object.ts";
import {
  answeredReports,
  findRows,
  type ImageRow,
  isBlockedFile,
  listReported,
  openReports,
} from "../../images/store/index.ts";
import type { Origins } from "../../origins.ts";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { ImagePage } from "../../pages/operator/image-page.tsx";
import { ReportsPage } from "../../pages/operator/reports-page.tsx";
import { actOnImage, type ImageAction, imageActions } from "../../reports/act-on-image.ts";
import { finishingWith } from "../../upkeep/finishing.ts";
import { readMember, requireMember, requireOperator } from "../middleware/member.ts";
import { ownForm } from "../middleware/own-form.ts";
import { parseOperatorCursor, printOperatorCursor } from "../operator-cursor.ts";
import { visitorOf } from "../visitor-of.ts";
import { createMemberPages } from "./page-router.ts";

const IMAGES_A_PAGE = 10;

export const operator = createMemberPages();

operator.use("/operator", readMember, requireMember, requireOperator);
operator.use("/operator/images/*", readMember, requireMember, requireOperator);

operator.get("/operator", async (c) => {
  const db = openDatabase(c.env.DB);
  const before = parseOperatorCursor(c.req.query("before"));
  const { page, next } = await listReported(db, before, IMAGES_A_PAGE);
  const ids = page.map(({ imageId }) => imageId);
  const rows = new Map((await findRows(db, ids)).map((row) => [row.id, row]));
  const reports = await openReports(db, ids);
  const reported = ids.flatMap((id, at) => {
    const row = rows.get(id);
    return row ? [{ ...judged(row, c.var.origins), reports: reports[at] ?? [] }] : [];
  });
  const props = { visitor: visitorOf(c.var), reported, isFirst: before === undefined, said: saidIn(c.req) };
  const older = next ? `/operator?before=${printOperatorCursor(next)}` : null;
  return htmlAnswer(<ReportsPage {...props} next={older} />, { imageOrigin: c.var.origins.src });
});

/** Finds a picture by whatever the operator was sent: an id, a page's address, an image's. */
operator.get("/operator/images", (c) => {
  const given = (c.req.query("picture") ?? "").trim();
  const path = URL.canParse(given) ? new URL(given).pathname : given;
  const [, id] = /(?:^|\/)([a-z0-9]{8})(?:\.[a-z]+)?$/.exec(path) ?? [];
  if (!id)
    throw new ApiError("not_found", { message: "That is neither an id nor the address of a picture." });
  return c.redirect(`/operator/images/${id}`, 303);
});

operator.get("/operator/images/:id", async (c) => {
  const db = openDatabase(c.env.DB);
  const [row] = await findRows(db, [idOf(c.req.param("id"))]);
  if (!row) throw new ApiError("not_found", { message: "There is no such picture." });
  const [open = []] = await openReports(db, [row.id]);
  const answered = await answeredReports(db, row.id);
  const isShown = c.req.query("show") === "1";
  const isFileRefused = await isBlockedFile(db, row.sha256);
  const props = {
    ...judged(row, c.var.origins),
    open,
    answered,
    isShown,
    isFileRefused,
    said: saidIn(c.req)?.words,
  };
  return htmlAnswer(<ImagePage visitor={visitorOf(c.var)} {...props} />, { imageOrigin: c.var.origins.src });
});

operator.post("/operator/images/:id", ownForm, async (c) => {
  const { form } = c.var;
  const id = idOf(c.req.param("id"));
  const action = z.enum(imageActions).safeParse(form.get("do"));
  if (!action.success) throw new ApiError("bad_request");
  const purge = await actOnImage(id, action.data, {
    ...finishingWith(c.env),
    now: Date.now(),
    refusedBy: form.get("refuse") === null ? undefined : c.var.member.account.id,
  });
  const isBackToImage = form.get("back") === "image" && action.data !== "delete";
  const page = isBackToImage ? `/operator/images/${id}` : "/operator";
  return c.redirect(`${page}?${new URLSearchParams({ did: action.data, to: id, purge })}`, 303);
});

const idOf = (given: string): string => {
  const id = imageIdSchema.safeParse(given);
  if (!id.success) throw new ApiError("not_found");
  return id.data;
};

const judged = (row: ImageRow, origins: Origins) => ({
  image: toImage(row, origins),
  accountId: row.accountId === ANONYMOUS_ACCOUNT ? null : row.accountId,
});

const done: Readonly<Record<ImageAction, string>> = {
  block: "is blocked",
  unblock: "is no longer blocked",
  nsfw: "is marked as not safe for work",
  sfw: "is marked as safe for work",
  delete: "is deleted",
  dismiss: "is left as it is",
};
const saidSchema = z.object({
  did: z.enum(imageActions),
  to: imageIdSchema,
  purge: z.enum(["done", "pending"]),
});

/** What the address says was done: anybody may write it, so only into fixed sentences. */
function saidIn(request: {
  query(): Record<string, string>;
}): { readonly words: string; readonly picture: string | null } | undefined {
  const said = saidSchema.safeParse(request.query());
  if (!said.success) return undefined;
  const { did, to, purge } = said.data;
  const later = purge === "pending" ? " Caches may show it as it was for a minute or two more." : "";
  return { words: `The picture ${to} ${done[did]}.${later}`, picture: did === "delete" ? null : to };
}
