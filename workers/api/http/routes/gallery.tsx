// The member's pictures at `/gallery`: found, chosen, changed, deleted, a hundred at a time.
import type { Context } from "hono";
import { isImageId } from "../../../../schema/list.ts";
import type { ApiError } from "../../../shared/api-error.ts";
import { limitsOf } from "../../accounts/accounting.ts";
import { openDatabase } from "../../database.ts";
import { type ChangeOutcome, changeImages } from "../../images/change-images.ts";
import { deleteImages } from "../../images/delete-images.ts";
import { toImage } from "../../images/image-object.ts";
import { findImages, listImages } from "../../images/store/index.ts";
import { ConfirmDeletePage } from "../../pages/dashboard/confirm-delete-page.tsx";
import { GalleryPage } from "../../pages/dashboard/gallery-page.tsx";
import { placeholderCss } from "../../pages/dashboard/tile.tsx";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { finishingWith } from "../../upkeep/finishing.ts";
import type { MemberEnv } from "../app-env.ts";
import { printCursor } from "../cursor.ts";
import { parseBatchForm } from "../gallery/changes-form.ts";
import { parseChosen, parseGalleryQuery } from "../gallery/gallery-query.ts";
import { inSentences } from "../in-sentences.ts";
import { asCaller } from "../middleware/as-caller.ts";
import { readMember, requireMember } from "../middleware/member.ts";
import { ownForm } from "../middleware/own-form.ts";
import { rateLimit } from "../middleware/rate-limit.ts";
import { safeNext } from "../next-path.ts";
import { visitorOf } from "../visitor-of.ts";
import { createMemberPages } from "./page-router.ts";

export const gallery = createMemberPages();

gallery.use("/gallery/*", readMember, requireMember, asCaller);

gallery.get("/gallery", (c) => galleryPage(c, new URL(c.req.url).searchParams));

gallery.post("/gallery/change", ownForm, rateLimit, async (c) => {
  const { form } = c.var;
  const ids = parseChosen(form);
  const { outcomes } = await changeImages(ids, parseBatchForm(form), storyOf(c));
  const problem = problemIn(outcomes);
  if (problem) return galleryPage(c, new URLSearchParams(), problem);
  return c.redirect(backOf(form), 303);
});

// Without `sure` it is asked once more: the page's script shows an undo instead, and sends it.
gallery.post("/gallery/delete", ownForm, rateLimit, async (c) => {
  const { form, member, origins } = c.var;
  const ids = parseChosen(form).filter(isImageId);
  if (form.get("sure") !== null) {
    await deleteImages(ids, storyOf(c));
    return c.redirect(backOf(form), 303);
  }
  const rows = await findImages(openDatabase(c.env.DB), ids, member.account.id, Date.now(), "desc");
  const images = rows.map((row) => toImage(row, origins));
  const page = <ConfirmDeletePage visitor={visitorOf(c.var)} images={images} back={backOf(form)} />;
  return htmlAnswer(page, { imageOrigin: origins.src });
});

async function galleryPage(
  c: Context<MemberEnv>,
  query: URLSearchParams,
  refusal?: string,
): Promise<Response> {
  const { member, origins, settings } = c.var;
  const { list, label } = parseGalleryQuery(query);
  const { account } = member;
  const found = await listImages(openDatabase(c.env.DB), { ...list, accountId: account.id }, Date.now());
  const images = found.rows.map((row) => toImage(row, origins));
  const inlineCss = placeholderCss(images);
  const page = (
    <GalleryPage
      visitor={visitorOf(c.var)}
      images={images}
      filters={{ ...list, label }}
      next={found.next ? printCursor(found.next) : null}
      isDeep={list.after !== undefined}
      areChosen={query.get("select") === "all"}
      address={query.get("url") ?? undefined}
      maxFileBytes={limitsOf(account, settings).maxFileBytes}
      problem={refusal ?? null}
      inlineCss={inlineCss}
    />
  );
  return htmlAnswer(page, { imageOrigin: origins.src, inlineCss, sends: true, status: refusal ? 409 : 200 });
}

function storyOf(c: Context<MemberEnv>) {
  return { ...finishingWith(c.env), accountId: c.var.member.account.id, now: Date.now() };
}

/** Where the form stood. */
function backOf(form: URLSearchParams): string {
  const back = safeNext(form.get("back"));
  return /^\/gallery(\?|$)/.test(back) ? back : "/gallery";
}

/** Each reason once, with how many pictures it holds back. */
function problemIn(outcomes: readonly ChangeOutcome[]): string | undefined {
  const errors = outcomes.flatMap(({ error }): readonly ApiError[] => (error ? [error] : []));
  if (errors.length === 0) return undefined;
  const reasons = [...new Set(errors.map(inSentences))].join(" ");
  return `${errors.length} of ${outcomes.length} pictures could not be changed. ${reasons}`;
}
