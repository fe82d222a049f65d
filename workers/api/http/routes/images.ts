// One image: look at it, change it, delete it.
import { createRoute } from "@hono/zod-openapi";
import * as z from "zod";
import { deletedImageSchema, imageSchema } from "../../../../schema/api.ts";
import { changesSchema } from "../../../../schema/fields.ts";
import { ApiError } from "../../../shared/api-error.ts";
import { DELETE_TOKEN_HEADER } from "../../accounts/delete-token.ts";
import { openDatabase } from "../../database.ts";
import { changeImages } from "../../images/change-images.ts";
import { deleteImages } from "../../images/delete-images.ts";
import { toImage } from "../../images/image-object.ts";
import { refuseOtherToken } from "../../images/refuse-other-token.ts";
import { findImage } from "../../images/store/index.ts";
import { finishingWith } from "../../upkeep/finishing.ts";
import { keyMay, keyOrDeleteToken } from "../middleware/credentials.ts";
import { rateLimit } from "../middleware/rate-limit.ts";
import { bearer, json, jsonWithPurge, PURGE_HEADER, parseImageId, refusals } from "./declare.ts";
import { createRouter, jsonBody } from "./router.ts";

export const images = createRouter();

const imageParams = z.object({ id: z.string().meta({ description: "The image's id, as in its addresses" }) });

const getImage = createRoute({
  method: "get",
  path: "/v1/images/{id}",
  tags: ["Images"],
  operationId: "getImage",
  summary: "Look at an image",
  security: bearer,
  middleware: [keyMay("read"), rateLimit] as const,
  request: { params: imageParams },
  responses: { 200: json(imageSchema, "The image"), ...refusals },
});

images.openapi(getImage, async (c) => {
  const id = parseImageId(c.req.valid("param").id);
  const row = await findImage(openDatabase(c.env.DB), id, c.var.caller.account.id, Date.now());
  if (!row) throw new ApiError("not_found");
  if (row.status === "blocked") throw new ApiError("media_blocked");
  if (row.status === "failed") throw new ApiError("media_failed");
  return c.json(toImage(row, c.var.origins), 200);
});

const changeImage = createRoute({
  method: "patch",
  path: "/v1/images/{id}",
  tags: ["Images"],
  operationId: "changeImage",
  summary: "Change an image",
  description: "Labels and metadata are merged key by key; null removes a key.",
  security: bearer,
  middleware: [keyMay("write"), rateLimit, ...jsonBody] as const,
  request: {
    params: imageParams,
    body: { required: true, content: { "application/json": { schema: changesSchema } } },
  },
  responses: { 200: jsonWithPurge(imageSchema, "The image as it is now"), ...refusals },
});

images.openapi(changeImage, async (c) => {
  const id = parseImageId(c.req.valid("param").id);
  const context = { ...finishingWith(c.env), accountId: c.var.caller.account.id, now: Date.now() };
  const { outcomes, purge } = await changeImages([id], c.req.valid("json"), context);
  const [outcome] = outcomes;
  if (!outcome?.row) throw outcome?.error ?? new ApiError("not_found");
  c.header(PURGE_HEADER, purge);
  return c.json(toImage(outcome.row, c.var.origins), 200);
});

const deleteImage = createRoute({
  method: "delete",
  path: "/v1/images/{id}",
  tags: ["Images"],
  operationId: "deleteImage",
  summary: "Delete an image",
  description:
    "Deleting what is gone answers the same. An image that was uploaded without a key is deleted without one: send the " +
    "`Edgepix-Delete-Token` that its upload was answered with.",
  security: [...bearer, {}],
  middleware: [keyOrDeleteToken, rateLimit] as const,
  request: {
    params: imageParams,
    headers: z.object({
      [DELETE_TOKEN_HEADER]: z.string().optional().meta({ description: "In place of a key" }),
    }),
  },
  responses: { 200: jsonWithPurge(deletedImageSchema, "It is gone"), ...refusals },
});

images.openapi(deleteImage, async (c) => {
  const id = parseImageId(c.req.valid("param").id);
  const { caller } = c.var;
  const context = { ...finishingWith(c.env), accountId: caller.account.id, now: Date.now() };
  if (caller.kind === "anonymous") await refuseOtherToken(context.db, id, c.req.header(DELETE_TOKEN_HEADER));
  c.header(PURGE_HEADER, await deleteImages([id], context));
  return c.json({ id, object: "image" as const, deleted: true as const }, 200);
});
