// One picture of the member at `/gallery/{id}`: every field, every link, and the form that changes it.
import type { Context } from "hono";
import { ApiError } from "../../../shared/api-error.ts";
import { openDatabase } from "../../database.ts";
import { changeImages } from "../../images/change-images.ts";
import { toImage } from "../../images/image-object.ts";
import { findImage, type ImageRow } from "../../images/store/index.ts";
import { GalleryImagePage } from "../../pages/dashboard/gallery-image-page.tsx";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { pictureCss } from "../../pages/picture.tsx";
import { finishingWith } from "../../upkeep/finishing.ts";
import type { MemberEnv } from "../app-env.ts";
import { parsePictureForm } from "../gallery/changes-form.ts";
import { inSentences } from "../in-sentences.ts";
import { asCaller } from "../middleware/as-caller.ts";
import { readMember, requireMember } from "../middleware/member.ts";
import { ownForm } from "../middleware/own-form.ts";
import { rateLimit } from "../middleware/rate-limit.ts";
import { visitorOf } from "../visitor-of.ts";
import { parseImageId } from "./declare.ts";
import { createMemberPages } from "./page-router.ts";

const PATH = "/gallery/:id{[a-z0-9]{8}}";

export const galleryImage = createMemberPages();

galleryImage.use(PATH, readMember, requireMember, asCaller);

galleryImage.get(PATH, async (c) => picturePage(c, await ownImage(c)));

galleryImage.post(PATH, ownForm, rateLimit, async (c) => {
  const row = await ownImage(c);
  try {
    const changes = parsePictureForm(c.var.form, toImage(row, c.var.origins));
    const context = { ...finishingWith(c.env), accountId: c.var.member.account.id, now: Date.now() };
    const [outcome] = (await changeImages([row.id], changes, context)).outcomes;
    if (!outcome?.row) throw outcome?.error ?? new ApiError("not_found");
    return c.redirect(`/gallery/${row.id}?saved=1`, 303);
  } catch (error) {
    if (error instanceof ApiError && error.status < 500) return picturePage(c, row, error);
    throw error;
  }
});

async function ownImage(c: Context<MemberEnv>): Promise<ImageRow> {
  const id = parseImageId(c.req.param("id") ?? "");
  const row = await findImage(openDatabase(c.env.DB), id, c.var.member.account.id, Date.now());
  if (!row) throw new ApiError("not_found");
  return row;
}

function picturePage(c: Context<MemberEnv>, row: ImageRow, refusal?: ApiError): Promise<Response> {
  const { origins, form } = c.var;
  const image = toImage(row, origins);
  const inlineCss = pictureCss(image);
  const page = (
    <GalleryImagePage
      visitor={visitorOf(c.var)}
      image={image}
      inlineCss={inlineCss}
      isSaved={c.req.query("saved") !== undefined && !refusal}
      problem={refusal ? { words: inSentences(refusal), given: form } : null}
    />
  );
  const status = refusal?.status ?? 200;
  return htmlAnswer(page, { imageOrigin: origins.src, inlineCss, sends: true, status });
}
