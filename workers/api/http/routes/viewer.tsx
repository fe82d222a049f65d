// The page of each public image at `/{id}`.
import type { Context } from "hono";
import { imageIdSchema } from "../../../../schema/ids.ts";
import { openDatabase } from "../../database.ts";
import { toImage } from "../../images/image-object.ts";
import { findImage, findPublicImage, type ImageRow } from "../../images/store/index.ts";
import { BlockedPage } from "../../pages/blocked-page.tsx";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { NotFoundPage } from "../../pages/not-found-page.tsx";
import { pictureCss } from "../../pages/picture.tsx";
import { ViewerPage } from "../../pages/viewer-page.tsx";
import type { AppEnv } from "../app-env.ts";
import { readMember } from "../middleware/member.ts";
import { signInPath } from "../next-path.ts";
import { createPages } from "./page-router.ts";

export const viewer = createPages();

const PATH = "/:id{[a-z0-9]{8}}";

viewer.get(PATH, async (c, next) => {
  const id = imageIdSchema.parse(c.req.param("id"));
  const row = await findPublicImage(openDatabase(c.env.DB), id, Date.now());
  if (!row) return next();
  if (row.status === "blocked") return blockedAnswer();
  return pictureAnswer(c, row);
});

// What strangers find nothing of, its owner sees. Only then it is asked who is here: a public picture's page costs no look-up more.
viewer.get(PATH, readMember, async (c) => {
  const { member } = c.var;
  if (!member) return notFoundAnswer(signInPath(c.req.path));
  if (member.isSuspended) return notFoundAnswer();
  const id = imageIdSchema.parse(c.req.param("id"));
  const row = await findImage(openDatabase(c.env.DB), id, member.account.id, Date.now());
  if (row?.status !== "ready") return notFoundAnswer();
  return pictureAnswer(c, row);
});

function pictureAnswer(c: Context<AppEnv>, row: ImageRow): Promise<Response> {
  const image = toImage(row, c.var.origins);
  const inlineCss = pictureCss(image);
  // What will be gone soon should not outlive itself in search results.
  const indexed = image.expires_at === null && !image.nsfw && image.public;
  const isGated = image.nsfw && c.req.query("show") !== "1";
  return htmlAnswer(<ViewerPage {...{ image, inlineCss, indexed, isGated }} />, {
    inlineCss,
    imageOrigin: c.var.origins.src,
    indexed,
  });
}

/** For every address that belongs to nothing, when a browser asks. */
export function notFoundAnswer(signInPath: string | null = null): Promise<Response> {
  return htmlAnswer(<NotFoundPage signInPath={signInPath} />, { status: 404 });
}

/** For the pages of images that were public when the operator blocked them. Their URLs answer 404. */
export function blockedAnswer(): Promise<Response> {
  return htmlAnswer(<BlockedPage />, { status: 403 });
}
