// What the operator does about a picture: each also answers what was said of it.
import { ApiError } from "../../shared/api-error.ts";
import { deleteImages } from "../images/delete-images.ts";
import { moderateImage } from "../images/moderation.ts";
import { findRows, resolveReports } from "../images/store/index.ts";
import type { Finishing, Purge } from "../upkeep/outbox.ts";

export const imageActions = ["block", "unblock", "nsfw", "sfw", "delete", "dismiss"] as const;
export type ImageAction = (typeof imageActions)[number];

const moderations = {
  block: { status: "blocked" },
  unblock: { status: "ready" },
  nsfw: { nsfw: true },
  sfw: { nsfw: false },
} as const;

/** Of any account. Says whether caches have forgotten it. A 404 where there is no such image. */
export async function actOnImage(
  id: string,
  action: ImageAction,
  context: Finishing & { readonly now: number },
): Promise<Purge> {
  const { db, now } = context;
  if (action !== "delete" && action !== "dismiss")
    return (await moderateImage(id, moderations[action], context)).purge;
  if (action === "dismiss") {
    await resolveReports(db, id, "dismissed", now);
    return "done";
  }
  const [row] = await findRows(db, [id]);
  if (!row) throw new ApiError("not_found");
  // Before the image goes: what was open would go with it, and nobody could read later why.
  await resolveReports(db, id, "deleted", now);
  return deleteImages([id], { ...context, accountId: row.accountId });
}
