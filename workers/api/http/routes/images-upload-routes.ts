// What an upload is declared to be: one address for each form, because generated clients can send only one kind of body to each.
import { createRoute } from "@hono/zod-openapi";
import * as z from "zod";
import { imageSchema } from "../../../../schema/api.ts";
import { fieldMeanings, uploadFieldsSchema } from "../../../../schema/fields.ts";
import { DELETE_TOKEN_HEADER } from "../../accounts/delete-token.ts";
import { bearer, json, refusal, refusals } from "./declare.ts";

/** Bytes, without a type as OpenAPI 3.1 writes them: with `string` some generators want a text for the file. */
const binary = z
  .unknown()
  .refine((file) => file !== undefined)
  .meta({
    contentMediaType: "application/octet-stream",
    description: "The picture's bytes; they tell its type",
  });

const fields = uploadFieldsSchema.partial();
/** In texts there is no null: what is not sent is not given. */
const textFields = fields.extend({
  caption: z.string().max(2_000).optional().meta({ description: fieldMeanings.caption }),
});
const jsonText = (name: "labels" | "metadata", example: string) =>
  z
    .string()
    .optional()
    .meta({ description: `${fieldMeanings[name]}. A JSON object: \`${example}\`` });
const queryFields = textFields.extend({
  labels: jsonText("labels", '{"trip":"rome"}'),
  metadata: jsonText("metadata", '{"camera":"X100"}'),
});

const importFields = fields.extend({
  url: z
    .url()
    .meta({ description: "Where the picture is on the web; pages, and private networks, are refused" }),
});

/** What an answer to an upload may carry beside the image. */
const answerHeaders = z.object({
  [DELETE_TOKEN_HEADER]: z.string().optional().meta({
    description:
      "Only without a key, and told once: who sends it back in place of a key may delete the image",
  }),
  "Idempotent-Replayed": z.literal("true").optional().meta({
    description: "The image was there already: an earlier request with this `Idempotency-Key` made it",
  }),
});

const common = {
  method: "post" as const,
  tags: ["Images"],
  security: [...bearer, {}],
  responses: {
    201: { ...json(imageSchema, "The image"), headers: answerHeaders },
    ...refusals,
    400: refusal("`bad_request`: the body or a header could not be read"),
    409: refusal("`idempotency_key_conflict`, `idempotency_key_in_progress`"),
    502: refusal("`fetch_failed`, `upload_failed`, `import_failed`: nothing was kept"),
    503: refusal("`server_error`: too many uploads are under way, with `Retry-After`"),
    504: refusal("`fetch_failed`: the address took too long, 30 seconds unless the operator says otherwise"),
  },
};

const headers = z.object({
  "Idempotency-Key": z.string().max(255).optional().meta({
    description: "Makes a retry safe: the same request with the same key makes one image.",
  }),
});

const aboutAll =
  "Without a key the image is public and lives for at most 30 days. The type is told by the bytes. " +
  "`/v1/images`, `/v1/upload` and `/v1/import` all take a form, JSON with a `url`, or the file itself; the reference shows one of them " +
  "for each, so that generated clients can send all three.";

export const uploadRoutes = [
  createRoute({
    ...common,
    path: "/v1/images",
    operationId: "createImage",
    summary: "Upload an image as the body, or in any of the forms below",
    description: `${aboutAll} \`Content-Disposition\` may name the file.`,
    request: {
      headers,
      query: queryFields,
      body: { required: true, content: { "application/octet-stream": { schema: binary } } },
    },
  }),
  createRoute({
    ...common,
    path: "/v1/upload",
    operationId: "uploadImage",
    summary: "Upload an image as a form",
    description: `${aboutAll} Fields may stand before or after the file; text fields of other names are kept in \`metadata\`.`,
    request: {
      headers,
      body: {
        required: true,
        content: { "multipart/form-data": { schema: textFields.extend({ file: binary }) } },
      },
    },
  }),
  createRoute({
    ...common,
    path: "/v1/import",
    operationId: "importImage",
    summary: "Import an image from an address",
    description: aboutAll,
    request: {
      headers,
      body: {
        required: true,
        content: { "application/json": { schema: importFields } },
      },
    },
  }),
] as const;
