// Many images in one call: delete or change up to 100.
import { createRoute } from "@hono/zod-openapi";
import * as z from "zod";
import { batchResultSchema } from "../../../../schema/api.ts";
import { changesSchema } from "../../../../schema/fields.ts";
import { batchIdsSchema, isImageId } from "../../../../schema/list.ts";
import type { ApiError } from "../../../shared/api-error.ts";
import { changeImages } from "../../images/change-images.ts";
import { deleteImages } from "../../images/delete-images.ts";
import { toImage } from "../../images/image-object.ts";
import { finishingWith } from "../../upkeep/finishing.ts";
import { keyMay } from "../middleware/credentials.ts";
import { refuseOtherMethods } from "../middleware/methods.ts";
import { rateLimit } from "../middleware/rate-limit.ts";
import { bearer, jsonWithPurge, PURGE_HEADER, refusals } from "./declare.ts";
import { createRouter, jsonBody } from "./router.ts";

export const imagesBatch = createRouter();

const deleteSchema = z.strictObject({ ids: batchIdsSchema });
const changeSchema = changesSchema.extend({ ids: batchIdsSchema });

const common = {
  path: "/v1/images/batch" as const,
  tags: ["Images"],
  security: bearer,
  middleware: [keyMay("write"), rateLimit, ...jsonBody],
  responses: { 200: jsonWithPurge(batchResultSchema, "What was done, and what could not be"), ...refusals },
};

const deleteRoute = createRoute({
  ...common,
  method: "delete",
  operationId: "deleteImages",
  summary: "Delete up to 100 images",
  description: "Ids that are gone already count as deleted.",
  request: { body: { required: true, content: { "application/json": { schema: deleteSchema } } } },
});

const changeRoute = createRoute({
  ...common,
  method: "patch",
  operationId: "changeImages",
  summary: "Change up to 100 images in the same way",
  request: { body: { required: true, content: { "application/json": { schema: changeSchema } } } },
});

imagesBatch.openapi(deleteRoute, async (c) => {
  const ids = [...new Set(c.req.valid("json").ids)];
  const { account } = c.var.caller;
  const context = { ...finishingWith(c.env), accountId: account.id, now: Date.now() };
  c.header(PURGE_HEADER, await deleteImages(ids.filter(isImageId), context));
  const data = ids.map((id) => ({ id, object: "image" as const, deleted: true as const }));
  return c.json({ object: "batch_result" as const, data, errors: [] }, 200);
});

imagesBatch.openapi(changeRoute, async (c) => {
  const { ids, ...changes } = c.req.valid("json");
  const context = { ...finishingWith(c.env), accountId: c.var.caller.account.id, now: Date.now() };
  const { outcomes, purge } = await changeImages([...new Set(ids)], changes, context);
  c.header(PURGE_HEADER, purge);
  const data = outcomes.flatMap(({ row }) => (row ? [toImage(row, c.var.origins)] : []));
  const errors = outcomes.flatMap(({ id, error }) => (error ? [{ id, error: inBatch(error) }] : []));
  return c.json({ object: "batch_result" as const, data, errors }, 200);
});

// Here, because `/v1/images/{id}` would take the other methods, with `batch` for an id.
refuseOtherMethods(imagesBatch);

function inBatch({ code, message }: ApiError) {
  return { code, message };
}
