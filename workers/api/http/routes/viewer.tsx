// The page of each public image at `/{id}`.
import { Hono } from "hono";
import { imageIdSchema } from "../../../../schema/ids.ts";
import { openDatabase } from "../../database.ts";
import { toImage } from "../../images/image-object.ts";
import { findPublicImage } from "../../images/store/index.ts";
import { BlockedPage } from "../../pages/blocked-page.tsx";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { NotFoundPage } from "../../pages/not-found-page.tsx";
import { pictureCss } from "../../pages/picture.tsx";
import { ViewerPage } from "../../pages/viewer-page.tsx";
import type { AppEnv } from "../app-env.ts";

export const viewer = new Hono<AppEnv>();

viewer.get("/:id{[a-z0-9]{8}}", async (c) => {
  const id = imageIdSchema.parse(c.req.param("id"));
  const row = await findPublicImage(openDatabase(c.env.DB), id, Date.now());
  if (!row) return notFoundAnswer();
  if (row.status === "blocked") return blockedAnswer();
  const image = toImage(row, c.var.origins);
  const inlineCss = pictureCss(image);
  // What will be gone soon should not outlive itself in search results.
  const indexed = image.expires_at === null && !image.nsfw;
  const isGated = image.nsfw && c.req.query("show") !== "1";
  return htmlAnswer(<ViewerPage {...{ image, inlineCss, indexed, isGated }} />, {
    inlineCss,
    imageOrigin: c.var.origins.src,
    indexed,
  });
});

/** For every address that belongs to nothing, when a browser asks. */
export function notFoundAnswer(): Promise<Response> {
  return htmlAnswer(<NotFoundPage />, { status: 404 });
}

/** For the pages of images that were public when the operator blocked them. Their URLs answer 404. */
export function blockedAnswer(): Promise<Response> {
  return htmlAnswer(<BlockedPage />, { status: 403 });
}
