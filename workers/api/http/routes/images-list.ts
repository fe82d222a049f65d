// Lists of images: newest first, by label, by text, by ids.
import { createRoute } from "@hono/zod-openapi";
import * as z from "zod";
import { imageListSchema } from "../../../../schema/api.ts";
import { isImageId, labelFiltersSchema, listQuerySchema } from "../../../../schema/list.ts";
import { openDatabase } from "../../database.ts";
import { toImage } from "../../images/image-object.ts";
import { findImages, listImages } from "../../images/store/index.ts";
import { invalid } from "../../validation.ts";
import { parseCursor, printCursor } from "../cursor.ts";
import { keyMay } from "../middleware/credentials.ts";
import { rateLimit } from "../middleware/rate-limit.ts";
import { bearer, json, refusal, refusals } from "./declare.ts";
import { createRouter } from "./router.ts";

export const imagesList = createRouter();

const labelParameter = z
  .record(z.string(), z.string())
  .optional()
  .meta({
    param: { in: "query", name: "label", style: "deepObject", explode: true },
    description: "`label[trip]=rome`; several = all of them, commas in a value = any of them",
  });

const listRoute = createRoute({
  method: "get",
  path: "/v1/images",
  tags: ["Images"],
  operationId: "listImages",
  summary: "List images",
  description:
    "A page whose filters match rarely may hold fewer images than asked for, or none, and still have more to come.",
  security: bearer,
  middleware: [keyMay("read"), rateLimit] as const,
  request: { query: listQuerySchema.extend({ label: labelParameter }) },
  responses: {
    200: json(imageListSchema, "A page of images"),
    ...refusals,
    400: refusal("`bad_request`: the cursor is broken"),
  },
});

imagesList.openapi(listRoute, async (c) => {
  const query = c.req.valid("query");
  const labels = labelFilters(new URL(c.req.url).searchParams);
  const { account } = c.var.caller;
  const db = openDatabase(c.env.DB);
  const now = Date.now();
  const page = query.ids
    ? {
        rows: await findImages(db, query.ids.filter(isImageId), account.id, now, query.order),
        next: undefined,
      }
    : await listImages(
        db,
        {
          accountId: account.id,
          limit: query.limit,
          order: query.order,
          after: query.cursor === undefined ? undefined : parseCursor(query.cursor),
          labels,
          isPublic: query.public,
          text: query.q,
        },
        now,
      );
  return c.json(
    {
      object: "list" as const,
      data: page.rows.map((row) => toImage(row, c.var.origins)),
      pagination: {
        has_more: page.next !== undefined,
        next_cursor: page.next ? printCursor(page.next) : null,
      },
    },
    200,
  );
});

/** `label[trip]=rome,paris&label[day]=1` */
function labelFilters(query: URLSearchParams) {
  const filters = [...query].flatMap(([name, value]) => {
    const key = /^label\[(.*)\]$/.exec(name)?.[1];
    return key === undefined ? [] : [{ key, values: [...new Set(value.split(","))].filter(Boolean) }];
  });
  const result = labelFiltersSchema.safeParse(filters);
  if (!result.success) throw invalid({ label: result.error.issues.map(({ message }) => message) });
  return result.data;
}
