// What was shared without an account comes down again by the link that was told, by a plain form.
import { type Context, Hono } from "hono";
import { imageIdSchema } from "../../../../schema/ids.ts";
import { anonymousAccount } from "../../accounts/account.ts";
import { openDatabase } from "../../database.ts";
import { deleteImages } from "../../images/delete-images.ts";
import { toImage } from "../../images/image-object.ts";
import { refuseOtherToken } from "../../images/refuse-other-token.ts";
import { findViewableImage } from "../../images/store/index.ts";
import { DeletedPage, DeletePage, NotDeletedPage } from "../../pages/delete-page.tsx";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { finishingWith } from "../../upkeep/finishing.ts";
import type { AppEnv } from "../app-env.ts";
import { asNobody } from "../middleware/credentials.ts";
import { refusalOf } from "../middleware/errors.ts";
import { rateLimit } from "../middleware/rate-limit.ts";
import { readForm } from "../read-form.ts";

export const deleteForm = new Hono<AppEnv>();

deleteForm.get("/:id{[a-z0-9]{8}}/delete", async (c) => {
  const token = c.req.query("token") ?? "";
  const id = c.req.param("id");
  const row = await findViewableImage(openDatabase(c.env.DB), id, Date.now());
  const image = row ? toImage(row, c.var.origins) : null;
  return htmlAnswer(<DeletePage {...{ id, token, image }} />);
});

deleteForm.post("/:id{[a-z0-9]{8}}/delete", asNobody, refusedOnThePage, rateLimit, async (c) => {
  const id = imageIdSchema.parse(c.req.param("id"));
  const context = { ...finishingWith(c.env), accountId: anonymousAccount.id, now: Date.now() };
  await refuseOtherToken(context.db, id, (await readForm(c)).get("token") ?? "");
  await deleteImages([id], context);
  return htmlAnswer(<DeletedPage pageUrl={`${c.var.origins.page}/${id}`} />);
});

async function refusedOnThePage(c: Context<AppEnv>, next: () => Promise<void>): Promise<void> {
  await next();
  // What was thrown has been logged and answered as JSON by then; its headers are kept.
  if (!c.error) return;
  const { message, status } = refusalOf(c.error);
  c.res = await htmlAnswer(<NotDeletedPage reason={message} />, { status });
}
