// What the v1 API answers, field by field and in this order. Tests parse every real answer against these shapes.
import * as z from "zod";
import { hiddenMetadataSchema } from "./fields.ts";
import { planNames } from "./plans.ts";

/** ISO 8601, UTC, to the second: `2026-05-01T09:30:00Z`. */
export const timestampSchema = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

/** Gives a field its meaning: a sentence for the reference, which says when it is null where it may be. */
const saying = <Schema extends z.ZodType>(schema: Schema, description: string) =>
  schema.meta({ description });

const sizeSchema = z.strictObject({
  url: saying(z.url(), "Its address"),
  width: saying(z.int().positive(), "Pixels"),
  height: saying(z.int().positive(), "Pixels"),
});

/** `{}` where the source can't be transformed. */
const sizesSchema = z.strictObject({
  small: saying(sizeSchema.optional(), "Short side 320 pixels, or as it is where it is smaller"),
  medium: saying(sizeSchema.optional(), "Short side 640 pixels"),
  large: saying(sizeSchema.optional(), "Short side 1,080 pixels"),
});

const placeholderSchema = z.strictObject({
  thumbhash: saying(z.string(), "ThumbHash, base64: some 25 bytes from which a blurred preview is drawn"),
  color: saying(z.string().regex(/^#[0-9a-f]{6}$/), "Its average colour, `#rrggbb`"),
});

/** What a person should know of an image. */
export const noteSchema = z
  .strictObject({
    code: saying(
      z.enum(["not_transformable", "damaged", "converted"]),
      "What it is about, for programs; more may come",
    ),
    message: saying(z.string(), "A sentence for people"),
  })
  .meta({
    description:
      "`not_transformable`: it is served as it was uploaded, and parameters do nothing; the message says why. `damaged`: the end of the file is missing or broken, and it is shown as far as it goes. `converted`: the plain URL answers another format than was uploaded.",
  });
export type Note = z.infer<typeof noteSchema>;

export const imageSchema = z
  .strictObject({
    id: saying(z.string().regex(/^[a-z0-9]{8}$/), "Names the image in calls, and is the path of its page"),
    object: saying(z.literal("image"), "What this object is"),
    url: saying(z.url(), "The picture. Its extension converts, and parameters resize, cut and change it"),
    page_url: saying(z.url(), "The page that shows it, to share"),
    sizes: saying(sizesSchema, "Three sizes that are ready to use; `{}` where it can't be transformed"),
    filename: saying(
      z.string(),
      "The name that it was uploaded under, or `{id}.{format}`; downloads are called so",
    ),
    format: saying(z.string(), "What the plain URL serves: jpg, png, gif, webp, avif, svg …"),
    width: saying(
      z.int().positive().nullable(),
      "Pixels, as it is shown upright. Null where the file doesn't say",
    ),
    height: saying(
      z.int().positive().nullable(),
      "Pixels, as it is shown upright. Null where the file doesn't say",
    ),
    bytes: saying(z.int().nonnegative(), "Size of the file that was uploaded; it counts against the storage"),
    transformable: saying(
      z.boolean(),
      "Whether parameters work on it. Where not, it is served as it was uploaded, and `notes` say why",
    ),
    status: saying(
      z.enum(["processing", "ready", "failed", "blocked"]),
      "`ready`: it is shown. `blocked`: the operator has taken it down. `failed`: its original is lost, or a later look found nothing in it that anybody could see. `processing` is kept for files that take time",
    ),
    public: saying(z.boolean(), "Whether `page_url` shows it to everybody. Its `url` works either way"),
    published_at: saying(timestampSchema.nullable(), "When it became public. Null while it is not"),
    expires_at: saying(timestampSchema.nullable(), "When it will be deleted by itself. Null: never"),
    created_at: saying(timestampSchema, "When it was uploaded"),
    caption: saying(z.string().nullable(), "What is shown below it. Null where none was given"),
    labels: saying(z.record(z.string(), z.string()), "What lists are filtered by; `{}` where there are none"),
    metadata: saying(
      z.record(z.string(), z.string()),
      "Anything of yours; `{}` where there is none. `author`, `license` and `source_url` are shown on its page",
    ),
    nsfw: saying(z.boolean(), "Whether its page asks before it shows the picture"),
    placeholder: saying(
      placeholderSchema.nullable(),
      "What to show until the picture has loaded. Null where it can't be transformed, or nobody has looked at it yet",
    ),
    access: saying(z.literal("public"), "Who has the URL may see it"),
    hidden_metadata: hiddenMetadataSchema,
    notes: saying(z.array(noteSchema), "What a person should know of it; `[]` where there is nothing"),
  })
  .meta({ id: "Image", description: "An image. Every field is always there; unknown is null, {} or []." });
export type Image = z.infer<typeof imageSchema>;

export const deletedImageSchema = z
  .strictObject({
    id: saying(z.string(), "The image that was meant"),
    object: saying(z.literal("image"), "What this object is about"),
    deleted: saying(z.literal(true), "It is gone, or was gone before"),
  })
  .meta({ id: "DeletedImage", description: "What is left of an image." });

export const imageListSchema = z
  .strictObject({
    object: saying(z.literal("list"), "What this object is"),
    data: saying(z.array(imageSchema), "Image objects, newest first unless `order` says otherwise"),
    pagination: saying(
      z.strictObject({
        has_more: saying(z.boolean(), "Whether there is another page"),
        next_cursor: saying(
          z.string().nullable(),
          "Send it as `cursor` for the next page. Null on the last one",
        ),
      }),
      "The way to the next page",
    ),
  })
  .meta({ id: "ImageList", description: "A page of images." });

export const batchResultSchema = z
  .strictObject({
    object: saying(z.literal("batch_result"), "What this object is"),
    data: saying(
      z.array(z.union([deletedImageSchema, imageSchema])),
      "What was done, in the order that was asked: changed images as they are now, or what is left of deleted ones",
    ),
    errors: saying(
      z.array(
        z.strictObject({
          id: saying(z.string(), "The image that was meant"),
          error: saying(
            z.strictObject({
              code: saying(z.string(), "One of the codes of the errors page"),
              message: saying(z.string(), "A sentence for people"),
            }),
            "Why not",
          ),
        }),
      ),
      "What could not be done; `[]` where all went well",
    ),
  })
  .meta({ id: "BatchResult", description: "What became of each image of a batch." });

const usedOfLimitSchema = z.strictObject({
  used: saying(z.int().nonnegative(), "What is taken of it"),
  limit: saying(z.int().nonnegative().nullable(), "What the plan holds. Null: no limit"),
});

export const usageSchema = z
  .strictObject({
    object: saying(z.literal("usage"), "What this object is"),
    plan: saying(z.enum(planNames), "The account's plan"),
    limits_enforced: saying(z.boolean(), "Whether anything is refused at a limit"),
    period: saying(
      z.strictObject({
        start: saying(timestampSchema, "Its first second"),
        end: saying(timestampSchema, "When the next one begins and uploads count from zero again"),
      }),
      "The calendar month, in UTC",
    ),
    limits: saying(
      z.strictObject({
        uploads: saying(usedOfLimitSchema, "Uploads in this month; deleting gives none back"),
        storage_bytes: saying(
          usedOfLimitSchema,
          "Bytes of stored originals; deleting gives them back at once",
        ),
        images: saying(usedOfLimitSchema, "Stored images"),
      }),
      "Used and allowed",
    ),
    totals: saying(
      z.strictObject({
        images_stored: saying(z.int().nonnegative(), "Stored images"),
        bytes_stored: saying(z.int().nonnegative(), "Bytes of stored originals"),
      }),
      "What is there now",
    ),
  })
  .meta({ id: "Usage", description: "What an account has used of its plan." });
export type Usage = z.infer<typeof usageSchema>;

export const errorSchema = z
  .strictObject({
    error: saying(
      z.strictObject({
        type: saying(z.string(), "The family of the code"),
        code: saying(z.string(), "What programs decide by"),
        message: saying(z.string(), "A sentence for people; it may change"),
        action: saying(
          z
            .strictObject({
              type: saying(z.enum(["upgrade", "signup", "wait"]), "Its kind"),
              url: saying(z.string().optional(), "Where to go for it"),
              label: saying(z.string().optional(), "What to write on the button that leads there"),
              retry_after: saying(
                z.int().positive().optional(),
                "Seconds to wait; the header `Retry-After` says the same",
              ),
            })
            .optional(),
          "What helps, where something does",
        ),
        usage: saying(
          z
            .strictObject({
              plan: saying(z.string(), "The account's plan"),
              uploads_used: saying(z.int(), "Uploads in this month"),
              uploads_limit: saying(z.int().nullable(), "Uploads a month. Null: no limit"),
              storage_used_bytes: saying(z.int(), "Bytes of stored originals"),
              storage_limit_bytes: saying(z.int().nullable(), "Bytes that may be stored. Null: no limit"),
            })
            .optional(),
          "How full the account is, with `quota_exceeded`",
        ),
        details: saying(
          z.record(z.string(), z.array(z.string())).optional(),
          "Sentences by field, with `validation_error`",
        ),
        doc_url: saying(z.url(), "Leads to what the code means and what to do"),
        request_id: saying(
          z.string(),
          "Finds the request in the operator's log; `X-Request-Id` says the same",
        ),
      }),
      "Why it was refused",
    ),
  })
  .meta({ id: "Error", description: "Every refusal, whatever was asked." });
