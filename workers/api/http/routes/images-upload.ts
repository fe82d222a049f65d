// An upload: three forms, one result.
import { DELETE_TOKEN_HEADER } from "../../accounts/delete-token.ts";
import { toImage } from "../../images/image-object.ts";
import { anyoneMay } from "../middleware/credentials.ts";
import { uploadRateLimit } from "../middleware/rate-limit.ts";
import { takeUpload } from "../take-upload.ts";
import { uploadRoutes } from "./images-upload-routes.ts";
import { createRouter } from "./router.ts";

export const imagesUpload = createRouter();

// Declared without zod-openapi's own reader, which would hold the whole body in memory.
for (const route of uploadRoutes) imagesUpload.openAPIRegistry.registerPath(route);

/** Each of the three takes all three forms: the two older names are what early clients of the v1 API call. */
imagesUpload.on(
  "POST",
  ["/v1/images", "/v1/upload", "/v1/import"],
  anyoneMay("write"),
  uploadRateLimit,
  async (c) => {
    const { row, isReplay, deleteToken } = await takeUpload(c);
    if (isReplay) c.header("Idempotent-Replayed", "true");
    if (deleteToken) c.header(DELETE_TOKEN_HEADER, deleteToken);
    return c.json(toImage(row, c.var.origins), 201);
  },
);
