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
import { LinksPage } from "../../pages/dashboard/links-page.tsx";
import { placeholderCss } from "../../pages/dashboard/tile.tsx";
import { TilesPage } from "../../pages/dashboard/tiles-page.tsx";
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

const MOST_LINKS = 500;

export const gallery = createMemberPages();

gallery.use("/gallery/*", readMember, requireMember, asCaller);

gallery.get("/gallery", (c) => galleryPage(c, new URL(c.req.url).searchParams));

gallery.post("/gallery/change", ownForm, rateLimit, async (c) => {
  const { form } = c.var;
  const ids = parseChosen(form);
  const { outcomes } = await changeImages(ids, parseBatchForm(form), storyOf(c));
  const problem = problemIn(outcomes);
  if (isScript(form)) return tilesPage(c, outcomes, problem);
  const back = backOf(form);
  if (problem) return galleryPage(c, back.searchParams, { problem, chosen: ids });
  // The same choice, at the first of what was changed.
  back.searchParams.delete("select");
  back.searchParams.set("chosen", ids.join(","));
  return c.redirect(`${pathOf(back)}#p-${ids[0]}`, 303);
});

// Without `sure` it is asked once more: the page's script shows an undo instead, and sends it.
gallery.post("/gallery/delete", ownForm, rateLimit, async (c) => {
  const { form, member, origins } = c.var;
  const ids = parseChosen(form).filter(isImageId);
  if (form.get("sure") !== null) {
    await deleteImages(ids, storyOf(c));
    return isScript(form) ? tilesPage(c, []) : c.redirect(pathOf(backOf(form)), 303);
  }
  const rows = await findImages(openDatabase(c.env.DB), ids, member.account.id, Date.now(), "desc");
  const images = rows.map((row) => toImage(row, origins));
  const page = <ConfirmDeletePage visitor={visitorOf(c.var)} images={images} back={pathOf(backOf(form))} />;
  return htmlAnswer(page, { imageOrigin: origins.src });
});

gallery.post("/gallery/links", ownForm, rateLimit, async (c) => {
  const { form, member, origins } = c.var;
  const ids = parseChosen(form, MOST_LINKS).filter(isImageId);
  const rows = await findImages(openDatabase(c.env.DB), ids, member.account.id, Date.now(), "desc");
  const images = rows.map((row) => toImage(row, origins));
  if (form.get("as") === "file") return listFile(images.map(({ url }) => url));
  return htmlAnswer(<LinksPage visitor={visitorOf(c.var)} images={images} back={pathOf(backOf(form))} />);
});

function listFile(lines: readonly string[]): Response {
  return new Response(lines.map((line) => `${line}\n`).join(""), {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Disposition": 'attachment; filename="edgepix-pictures.txt"',
    },
  });
}

async function galleryPage(
  c: Context<MemberEnv>,
  query: URLSearchParams,
  refused?: { readonly problem: string; readonly chosen: readonly string[] },
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
      chosen={query.get("select") === "all" ? "all" : (refused?.chosen ?? chosenIn(query))}
      back={placeOf(query)}
      address={query.get("url") ?? undefined}
      maxFileBytes={limitsOf(account, settings).maxFileBytes}
      problem={refused?.problem ?? null}
      inlineCss={inlineCss}
    />
  );
  return htmlAnswer(page, { imageOrigin: origins.src, inlineCss, sends: true, status: refused ? 409 : 200 });
}

/** The pictures as they are now. */
function tilesPage(
  { var: { origins } }: Context<MemberEnv>,
  outcomes: readonly ChangeOutcome[],
  problem: string | null = null,
): Promise<Response> {
  const images = outcomes.flatMap(({ row }) => (row ? [toImage(row, origins)] : []));
  const page = <TilesPage images={images} problem={problem} />;
  return htmlAnswer(page, { imageOrigin: origins.src, status: problem === null ? 200 : 409 });
}

/** The page's script asks for what it needs, and not for a whole gallery. */
const isScript = (form: URLSearchParams): boolean => form.get("answer") === "tiles";

/** What stays chosen after a change without scripts. */
const chosenIn = (query: URLSearchParams): readonly string[] =>
  (query.get("chosen") ?? "").split(",").filter(isImageId);

/** The gallery's address without what is chosen there. */
function placeOf(query: URLSearchParams): string {
  const place = new URLSearchParams(query);
  for (const name of ["chosen", "select", "url"]) place.delete(name);
  return place.size > 0 ? `/gallery?${place}` : "/gallery";
}

function storyOf(c: Context<MemberEnv>) {
  return { ...finishingWith(c.env), accountId: c.var.member.account.id, now: Date.now() };
}

/** Where the form stood. */
function backOf(form: URLSearchParams): URL {
  const back = safeNext(form.get("back"));
  return new URL(/^\/gallery(\?|$)/.test(back) ? back : "/gallery", "https://here");
}

const pathOf = ({ pathname, search }: URL): string => pathname + search;

/** Each reason once, with how many pictures it holds back. */
function problemIn(outcomes: readonly ChangeOutcome[]): string | null {
  const errors = outcomes.flatMap(({ error }): readonly ApiError[] => (error ? [error] : []));
  if (errors.length === 0) return null;
  const reasons = [...new Set(errors.map(inSentences))].join(" ");
  return `${errors.length} of ${outcomes.length} pictures could not be changed. ${reasons}`;
}
