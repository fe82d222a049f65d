// The declaration of an upload: three forms, one result.
import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { imageSchema } from "../../../schema/api.ts";
import { uploadFieldsSchema } from "../../../schema/fields.ts";
import { bearer, json, refusal, refusals } from "./declare.ts";

const binary = z.string().meta({ format: "binary" });
const fields = uploadFieldsSchema.partial();

export const uploadRoute = createRoute({
  method: "post",
  path: "/v1/images",
  tags: ["Images"],
  operationId: "createImage",
  summary: "Upload an image, or import one from an address",
  description:
    "Without a key the image is public and lives for at most 30 days. The type is told by the bytes. " +
    "Fields may stand before or after the file; text fields of other names are kept in `metadata`.",
  security: [...bearer, {}],
  request: {
    headers: z.object({
      "Idempotency-Key": z.string().min(1).max(255).optional().meta({
        description: "Makes a retry safe: the same request with the same key makes one image.",
      }),
    }),
    query: fields.meta({ description: "Fields, where the body is the file itself" }),
    body: {
      required: true,
      content: {
        "multipart/form-data": { schema: fields.extend({ file: binary }) },
        "application/json": { schema: fields.extend({ url: z.url() }) },
        "image/*": { schema: binary },
        "application/octet-stream": { schema: binary },
      },
    },
  },
  responses: {
    201: json(imageSchema, "The image"),
    ...refusals,
    400: refusal("`bad_request`: the body or a header could not be read"),
    409: refusal("`idempotency_key_conflict`, `idempotency_key_in_progress`"),
    502: refusal("`fetch_failed`, `upload_failed`, `import_failed`: nothing was kept"),
    504: refusal("`fetch_failed`: the address took over 30 seconds"),
  },
});
