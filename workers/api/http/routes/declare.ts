// Pieces of route declarations: one declaration validates, documents and is what tests hold answers to.
import * as z from "zod";
import { errorSchema } from "../../../../schema/api.ts";
import { imageIdSchema } from "../../../../schema/ids.ts";
import { ApiError } from "../../../shared/api-error.ts";

export const bearer = [{ apiKey: [] }];

/** The answer of a route that goes well. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** Says whether every city has forgotten what it had cached. */
export const PURGE_HEADER = "Purge";

/** The answer of a route that changes what is served. */
export function jsonWithPurge<Schema extends z.ZodType>(schema: Schema, description: string) {
  return {
    ...json(schema, description),
    headers: z.object({
      [PURGE_HEADER]: z
        .enum(["done", "pending"])
        .describe("`pending` where caches show the former picture for some minutes more"),
    }),
  };
}

/** An answer with the error object. */
export function refusal(description: string) {
  return json(errorSchema, description);
}

/** The refusals that every route with a key can give, besides its own. */
export const refusals = {
  400: refusal("`bad_request`: the body or a parameter could not be read"),
  401: refusal("`unauthorized`: the key is missing, malformed, expired or revoked"),
  403: refusal("`forbidden` and the other permission and quota errors"),
  404: refusal("`not_found`"),
  422: refusal("`validation_error`, with `details` by field"),
  429: refusal("`rate_limited`, with `Retry-After`"),
  500: refusal("`server_error`"),
};

/** An id that can't be one is answered like one that is not there. */
export function parseImageId(id: string): string {
  const result = imageIdSchema.safeParse(id);
  if (!result.success) throw new ApiError("not_found");
  return result.data;
}
