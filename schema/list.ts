// What a list may be asked: filters, order and the page's size.
import * as z from "zod";
import { booleanSchema } from "./fields.ts";
import { imageIdSchema } from "./ids.ts";

export const MAX_IDS = 50;
/** Together they stay under the 100 parameters that D1 binds in one statement. */
export const MAX_LABEL_VALUES = 20;

/** Forms send every field that they show: one left blank was not given. */
const orBlank = <Value extends z.ZodType>(value: Value) =>
  z.preprocess((text) => (typeof text === "string" && text.trim() === "" ? undefined : text), value);

export const listQuerySchema = z.object({
  limit: orBlank(z.coerce.number("Send a number from 1 to 100.").int().min(1).max(100).default(50)).meta({
    description: "Images on a page",
  }),
  cursor: orBlank(z.string().optional()).meta({ description: "`pagination.next_cursor` of the page before" }),
  ids: z
    .string()
    .transform((list) => [...new Set(list.split(",").filter(Boolean))])
    .refine((ids) => ids.length >= 1 && ids.length <= MAX_IDS, `Send 1 to ${MAX_IDS} ids.`)
    .optional()
    .meta({
      type: "string",
      description: "Comma-separated. Missing, failed and blocked images are left out; no paging",
    }),
  q: orBlank(z.string().max(200).optional()).meta({ description: "Part of the filename or caption" }),
  public: orBlank(booleanSchema.optional()).meta({ description: "Only those that are public, or are not" }),
  order: orBlank(z.enum(["desc", "asc"]).default("desc")).meta({
    description: "By the time of the upload: newest or oldest first",
  }),
});

export const labelFiltersSchema = z
  .array(
    z.strictObject({
      key: z
        .string()
        .regex(
          /^[A-Za-z0-9_.-]{1,64}$/,
          "A label's key has 1 to 64 letters, digits, dots, underscores or hyphens.",
        ),
      values: z.array(z.string().min(1, "A label filter needs a value.").max(128)).min(1),
    }),
  )
  .refine(
    (filters) => filters.reduce((sum, { values }) => sum + values.length, 0) <= MAX_LABEL_VALUES,
    `At most ${MAX_LABEL_VALUES} values of labels in one request.`,
  );

export const batchIdsSchema = z
  .array(z.string())
  .min(1, "Send 1 to 100 ids.")
  .max(100, "Send 1 to 100 ids.")
  .meta({ description: "The images, 1 to 100 of them; what is named twice counts once" });

/** Ids that can be ids; the others name no image. */
export function isImageId(id: string): boolean {
  return imageIdSchema.safeParse(id).success;
}
