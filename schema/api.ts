// What the v1 API answers, field by field and in this order. Tests parse every real answer against these shapes.
import * as z from "zod";
import { hiddenMetadataSchema } from "./fields.ts";
import { planNames } from "./plans.ts";

/** ISO 8601, UTC, to the second: `2026-05-01T09:30:00Z`. */
export const timestampSchema = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

const sizeSchema = z.strictObject({
  url: z.url(),
  width: z.int().positive(),
  height: z.int().positive(),
});

/** `{}` where the source can't be transformed. */
const sizesSchema = z.strictObject({
  small: sizeSchema.optional(),
  medium: sizeSchema.optional(),
  large: sizeSchema.optional(),
});

const placeholderSchema = z.strictObject({
  thumbhash: z.string().meta({ description: "ThumbHash, base64" }),
  color: z.string().regex(/^#[0-9a-f]{6}$/),
});

/** What a person should know of an image. */
export const noteSchema = z
  .strictObject({ code: z.enum(["not_transformable", "damaged", "converted"]), message: z.string() })
  .meta({
    description:
      "`not_transformable`: it is served as it was uploaded, and parameters do nothing; the message says why. `damaged`: the end of the file is missing or broken, and it is shown as far as it goes. `converted`: the plain URL answers another format than was uploaded.",
  });
export type Note = z.infer<typeof noteSchema>;

export const imageSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]{8}$/),
    object: z.literal("image"),
    url: z.url(),
    page_url: z.url(),
    sizes: sizesSchema,
    filename: z.string(),
    format: z.string().meta({ description: "What the plain URL serves: jpg, png, gif, webp, avif, svg …" }),
    width: z.int().positive().nullable(),
    height: z.int().positive().nullable(),
    bytes: z.int().nonnegative(),
    transformable: z.boolean(),
    status: z.enum(["processing", "ready", "failed", "blocked"]),
    public: z.boolean(),
    published_at: timestampSchema.nullable(),
    expires_at: timestampSchema.nullable(),
    created_at: timestampSchema,
    caption: z.string().nullable(),
    labels: z.record(z.string(), z.string()),
    metadata: z.record(z.string(), z.string()),
    nsfw: z.boolean(),
    placeholder: placeholderSchema.nullable(),
    access: z.literal("public").meta({ description: "Who has the URL may see it" }),
    hidden_metadata: hiddenMetadataSchema,
    notes: z.array(noteSchema),
  })
  .meta({ id: "Image", description: "An image. Every field is always there; unknown is null, {} or []." });
export type Image = z.infer<typeof imageSchema>;

export const deletedImageSchema = z
  .strictObject({ id: z.string(), object: z.literal("image"), deleted: z.literal(true) })
  .meta({ id: "DeletedImage" });

export const imageListSchema = z
  .strictObject({
    object: z.literal("list"),
    data: z.array(imageSchema),
    pagination: z.strictObject({ has_more: z.boolean(), next_cursor: z.string().nullable() }),
  })
  .meta({ id: "ImageList" });

export const batchResultSchema = z
  .strictObject({
    object: z.literal("batch_result"),
    data: z.array(z.union([deletedImageSchema, imageSchema])),
    errors: z.array(
      z.strictObject({ id: z.string(), error: z.strictObject({ code: z.string(), message: z.string() }) }),
    ),
  })
  .meta({ id: "BatchResult" });

const usedOfLimitSchema = z.strictObject({
  used: z.int().nonnegative(),
  limit: z.int().nonnegative().nullable().meta({ description: "null = no limit" }),
});

export const usageSchema = z
  .strictObject({
    object: z.literal("usage"),
    plan: z.enum(planNames),
    limits_enforced: z.boolean(),
    period: z.strictObject({ start: timestampSchema, end: timestampSchema }),
    limits: z.strictObject({
      uploads: usedOfLimitSchema,
      storage_bytes: usedOfLimitSchema,
      images: usedOfLimitSchema,
    }),
    totals: z.strictObject({ images_stored: z.int().nonnegative(), bytes_stored: z.int().nonnegative() }),
  })
  .meta({ id: "Usage" });
export type Usage = z.infer<typeof usageSchema>;

export const errorSchema = z
  .strictObject({
    error: z.strictObject({
      type: z.string(),
      code: z.string(),
      message: z.string(),
      action: z
        .strictObject({
          type: z.enum(["upgrade", "signup", "wait"]),
          url: z.string().optional(),
          label: z.string().optional(),
          retry_after: z.int().positive().optional().meta({ description: "Seconds" }),
        })
        .optional(),
      usage: z
        .strictObject({
          plan: z.string(),
          uploads_used: z.int(),
          uploads_limit: z.int().nullable(),
          storage_used_bytes: z.int(),
          storage_limit_bytes: z.int().nullable(),
        })
        .optional(),
      details: z.record(z.string(), z.array(z.string())).optional(),
      doc_url: z.url().meta({ description: "What the code means and what to do" }),
      request_id: z.string(),
    }),
  })
  .meta({ id: "Error" });
