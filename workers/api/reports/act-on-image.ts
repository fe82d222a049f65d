// What the operator does about a picture: each also answers what was said of it.
import { ApiError } from "../../shared/api-error.ts";
import { deleteImages } from "../images/delete-images.ts";
import { moderateImage } from "../images/moderation.ts";
import { blockFileOf, findRows, resolveReports } from "../images/store/index.ts";
import type { Finishing, Purge } from "../upkeep/outbox.ts";

export const imageActions = ["block", "unblock", "nsfw", "sfw", "delete", "dismiss"] as const;
export type ImageAction = (typeof imageActions)[number];

/** Whether it is an answer to a picture that must not be here. */
const isTaking = (action: ImageAction) => action === "block" || action === "delete";

const moderations = {
  block: { status: "blocked" },
  unblock: { status: "ready" },
  nsfw: { nsfw: true },
  sfw: { nsfw: false },
} as const;

interface Acting extends Finishing {
  readonly now: number;
  /** The operator that has its very file refused from now on; undefined where nobody has. Only with what takes a picture away. */
  readonly refusedBy: string | undefined;
}

/** Of any account. Says whether caches have forgotten it. A 404 where there is no such image. */
export async function actOnImage(id: string, action: ImageAction, context: Acting): Promise<Purge> {
  const { db, now, refusedBy } = context;
  // Before the image goes: its row knows the file.
  if (refusedBy !== undefined && isTaking(action))
    await blockFileOf(db, id, { by: refusedBy, note: "", now });
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
