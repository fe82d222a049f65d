// One image: upload it, look at it.
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import { imageSchema } from "../../../schema/api.ts";
import { ApiError } from "../../shared/api-error.ts";
import { ledgerOf, limitsOf } from "../accounting.ts";
import type { AppEnv } from "../app-env.ts";
import { openDatabase } from "../database.ts";
import { toImage } from "../image-object.ts";
import { anyoneMay, keyMay } from "../middleware/credentials.ts";
import { rateLimit } from "../middleware/rate-limit.ts";
import { createImage } from "../services/create-image.ts";
import { findImage } from "../services/image-rows.ts";
import { readUpload } from "../services/upload/read-upload.ts";
import { bearer, json, parseImageId, refusals } from "./declare.ts";
import { uploadRoute } from "./upload-route.ts";

export const images = new OpenAPIHono<AppEnv>();

// Declared without zod-openapi's own reader, which would hold the whole body in memory.
images.openAPIRegistry.registerPath(uploadRoute);

/** The two older names are what early clients of the v1 API call. */
images.on("POST", ["/v1/images", "/v1/upload", "/v1/import"], anyoneMay("write"), rateLimit, async (c) => {
  const { settings, caller, origins } = c.var;
  const { account } = caller;
  const now = Date.now();
  const upload = readUpload(c.req.raw, {
    fetch: (url, init) => fetch(url, init),
    resolver: settings.DNS_RESOLVER,
    timeoutMilliseconds: settings.IMPORT_TIMEOUT_SECONDS * 1_000,
  });
  const creation = createImage(await upload, {
    account,
    limits: limitsOf(account, settings),
    db: openDatabase(c.env.DB),
    originals: c.env.ORIGINALS,
    ledgerFor: (imageId) => ledgerOf(c.env.LEDGER, account, imageId),
    now,
  });
  // A sender who hangs up must not stop the undoing of what was begun.
  c.executionCtx.waitUntil(creation.catch(() => undefined));
  return c.json(toImage(await creation, origins), 201);
});

const getImage = createRoute({
  method: "get",
  path: "/v1/images/{id}",
  tags: ["Images"],
  summary: "Look at an image",
  security: bearer,
  middleware: [keyMay("read"), rateLimit] as const,
  request: { params: z.object({ id: z.string() }) },
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
