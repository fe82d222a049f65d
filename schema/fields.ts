// What a caller may say about an image: the rules of each field, for uploads and changes alike.
import * as z from "zod";
import { hiddenMetadataLevels } from "./hidden-metadata.ts";
import { MAX_TTL_SECONDS, MIN_TTL_SECONDS } from "./plans.ts";

export const MAX_PAIRS = 50;
const secondsPerUnit: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Half a character can be neither stored nor shown: it becomes the sign for what is missing. */
const text = () => z.string().overwrite((value) => value.toWellFormed());

export const pairKeySchema = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,64}$/, "Keys are 1 to 64 letters, digits, dots, underscores or hyphens.");

export const labelValueSchema = text()
  .min(1, "A label's value can't be empty.")
  // UTF-16 units, where `max` would count an emoji once.
  .refine((value) => value.length <= 128, "A label's value has at most 128 characters.")
  .meta({ maxLength: 128 })
  .refine((value) => !value.includes(","), "A label's value can't hold a comma.")
  .refine((value) => value.trim() === value, "A label's value can't begin or end with a space.");

export const metadataValueSchema = text().max(2_000, "A metadata value has at most 2,000 characters.");

/** zod leaves this key out without a word, and what was sent would be lost. */
const isPrototype = (pairs: unknown) =>
  typeof pairs === "object" && pairs !== null && Object.hasOwn(pairs, "__proto__");

/** Pairs of a key and a value, at most so many: said before each is judged, so that a million bad ones cost nothing. */
function pairsOf<Value extends z.ZodType>(value: Value, maxPairs = MAX_PAIRS) {
  return z.preprocess(
    (pairs, context) => {
      if (isPrototype(pairs)) context.addIssue("__proto__ can't be a key.");
      if (typeof pairs === "object" && pairs !== null && Object.keys(pairs).length > maxPairs)
        context.addIssue(`At most ${maxPairs} entries.`);
      return pairs;
    },
    z.record(pairKeySchema, value),
  );
}

export const labelsSchema = pairsOf(labelValueSchema);
export const metadataSchema = pairsOf(metadataValueSchema);

/** An empty caption is no caption. */
export const captionSchema = text()
  .max(2_000, "A caption has at most 2,000 characters.")
  .transform((caption) => (caption === "" ? null : caption));

/** What forms, checkboxes and Python's `True` send for true and false. */
const booleanWords: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ...["true", "1", "on", "yes", 1].map((word) => [word, true] as const),
  ...["false", "0", "off", "no", 0].map((word) => [word, false] as const),
]);

/** `true`, `false`, and what clients write for them, in any case. */
export const booleanSchema = z.preprocess(
  (value) => booleanWords.get(typeof value === "string" ? value.trim().toLowerCase() : value) ?? value,
  z.boolean("Send true or false."),
);

const ttlSentence = "Send seconds from 300 to 7776000, or 5m to 90d with the unit s, m, h or d.";

/** A life in seconds: `86400`, `"86400"` or `"1d"`; also `"86400.0"`, as Python prints a span of time. */
export const ttlSchema = z.preprocess(
  (ttl) => (typeof ttl === "string" ? ttl.trim().toLowerCase().replace(/\.0+$/, "") : ttl),
  z
    .union([z.int(), z.string().regex(/^\d{1,9}[smhd]?$/, ttlSentence)], ttlSentence)
    .transform((ttl) => (typeof ttl === "number" ? ttl : Number.parseInt(ttl, 10) * unitSeconds(ttl)))
    .refine((seconds) => seconds >= MIN_TTL_SECONDS && seconds <= MAX_TTL_SECONDS, ttlSentence),
);

function unitSeconds(ttl: string): number {
  return secondsPerUnit[ttl.slice(-1)] ?? 1;
}

/** A file name is shown and downloaded, never used as a path: directories and control characters go. */
export const filenameSchema = text()
  .transform((name) => name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1))
  .transform((name) =>
    name
      .replace(/\p{Cc}/gu, "")
      .trim()
      .slice(0, 255)
      // Half of an emoji is none.
      .replace(/[\uD800-\uDBFF]$/, ""),
  );

/** How much of the original's hidden metadata its URLs may carry, if they ask with `metadata`. */
export const hiddenMetadataSchema = z.enum(hiddenMetadataLevels).meta({
  description:
    "What the image's URLs may carry of its hidden metadata (EXIF, XMP, IPTC) where they ask with `metadata`: nothing, artist and copyright, all but where it was taken, or all of it",
});

/** What each field means, for the reference. */
export const fieldMeanings = {
  caption: "What is shown below the picture; empty is none",
  public: "Whether the picture's page shows it to everybody. Its URL works either way",
  nsfw: "Whether the page asks before it shows the picture",
  ttl: "How long it lives, from now: seconds, or a number with `s`, `m`, `h` or `d`, from `5m` to `90d`",
  labels: "What lists are filtered by: up to 50 pairs of a key and a value without a comma",
  metadata:
    "Anything of yours: up to 50 pairs. `author`, `license` and `source_url` are shown on the picture's page",
  filename: "What it is called when somebody saves it; directories fall away",
} as const;

const meaning = (name: keyof typeof fieldMeanings, more = "") => ({
  description: `${fieldMeanings[name]}${more}`,
});

/** The fields of an upload once their JSON is read. */
export const uploadFieldsSchema = z.object({
  caption: captionSchema.nullable().default(null).meta(meaning("caption")),
  public: booleanSchema.default(true).meta(meaning("public")),
  nsfw: booleanSchema.default(false).meta(meaning("nsfw")),
  ttl: ttlSchema.optional().meta(meaning("ttl", "; without it, for ever with a key")),
  labels: labelsSchema.default({}).meta(meaning("labels")),
  metadata: metadataSchema.default({}).meta(meaning("metadata")),
  filename: filenameSchema.optional().meta(meaning("filename")),
  hidden_metadata: hiddenMetadataSchema.default("strip"),
  // Whoever asks for more must not get less without a word.
  access: z
    .literal("public", "Send public, or nothing: whoever has a picture's address may see it.")
    .optional()
    .meta({ description: "Who may see it: whoever has its address. There is no other yet" }),
});
export type UploadFields = z.infer<typeof uploadFieldsSchema>;

/** Room to remove all that are there and to add as many. */
const changedPairs = <Value extends z.ZodType>(value: Value) => pairsOf(value.nullable(), 2 * MAX_PAIRS);

/** What a PATCH may change. Absent = unchanged; null clears, in `labels` and `metadata` key by key. */
export const changesSchema = z.strictObject({
  caption: captionSchema.nullable().optional().meta(meaning("caption", ". Null clears it")),
  public: booleanSchema.optional().meta(meaning("public")),
  nsfw: booleanSchema.optional().meta(meaning("nsfw")),
  ttl: ttlSchema.nullable().optional().meta(meaning("ttl", ". Null: for ever")),
  expires_at: z.iso
    .datetime({ offset: true, message: "Send an ISO 8601 time." })
    .nullable()
    .optional()
    .meta({ description: "When it is to be deleted by itself, ISO 8601, in place of `ttl`. Null: never" }),
  labels: changedPairs(labelValueSchema)
    .optional()
    .meta(meaning("labels", ". Merged key by key; null removes a key")),
  metadata: changedPairs(metadataValueSchema)
    .optional()
    .meta(meaning("metadata", ". Merged key by key; null removes a key")),
  filename: filenameSchema
    .pipe(z.string().min(1, "A file name can't be empty."))
    .optional()
    .meta(meaning("filename")),
  hidden_metadata: hiddenMetadataSchema.optional(),
});
export type Changes = z.infer<typeof changesSchema>;
