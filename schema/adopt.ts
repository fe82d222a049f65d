// For `npm run adopt`: what lies in a bucket, and what becomes of it.
import * as z from "zod";
import { uploadFieldsSchema } from "./fields.ts";

/** `own`: the deployment's, beside its originals. `other`: the one that is bound as ADOPT. */
export const bucketNames = ["own", "other"] as const;
export type BucketName = (typeof bucketNames)[number];

/** R2 takes no longer one; in UTF-8. */
const MAX_KEY_BYTES = 1_024;
const keySchema = z
  .string()
  .min(1)
  .refine((key) => new TextEncoder().encode(key).length <= MAX_KEY_BYTES, "R2 has no key so long.");

/** In one look: the free plan gives a request 10 ms of processor time. */
export const MAX_LOOKED_AT = 20;

export const objectsQuestionSchema = z.strictObject({
  bucket: z.enum(bucketNames),
  prefix: z.string().max(MAX_KEY_BYTES).default(""),
  /** The key that was read last. */
  after: z.string().max(MAX_KEY_BYTES).default(""),
});

export const objectStates = [
  /** Nobody has looked at it. */
  "new",
  /** An image was made of it; whether that still is there is its owner's business. */
  "adopted",
  /** The same, but the object has other bytes today. */
  "changed",
  /** An original of ours, or what was made of one. */
  "ours",
  /** In an account's own part of the bucket, and no image has it: the sweeper takes it for something that an upload left behind. */
  "in danger",
  /** As tools put them in the place of folders: no bytes, and a slash at the end. */
  "folder",
] as const;

export const foundObjectSchema = z.strictObject({
  key: z.string(),
  bytes: z.number(),
  state: z.enum(objectStates),
  uploaded_at: z.string(),
});
export type FoundObject = z.infer<typeof foundObjectSchema>;

export const foundObjectsSchema = z.strictObject({
  object: z.literal("objects"),
  /** What the bucket is called. */
  bucket: z.string(),
  objects: z.array(foundObjectSchema),
  /** Where to go on; null at the end. */
  next: z.string().nullable(),
});
export type FoundObjects = z.infer<typeof foundObjectsSchema>;

export const lookQuestionSchema = z.strictObject({
  bucket: z.enum(bucketNames),
  account: z.string().max(200),
  keys: z.array(keySchema).min(1).max(MAX_LOOKED_AT),
});

/** Why not, in a sentence; null: nothing that its first bytes show stands in the way. */
export const lookedAtSchema = z.strictObject({
  object: z.literal("objects_look"),
  looks: z.array(z.strictObject({ key: z.string(), refusal: z.string().nullable() })),
});
export type LookedAt = z.infer<typeof lookedAtSchema>;

/** What may be said of an adopted image is what an upload may say, but it lives as long as its account lets it. */
export const adoptionQuestionSchema = z.strictObject({
  bucket: z.enum(bucketNames),
  account: z.string().max(200),
  key: keySchema,
  fields: z.strictObject(uploadFieldsSchema.omit({ ttl: true }).shape),
});

export const adoptionSchema = z.strictObject({
  object: z.literal("adoption"),
  outcome: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("adopted"), image_id: z.string() }),
    /** By an earlier call, or by one at the same time. */
    z.strictObject({ kind: z.literal("there"), image_id: z.string() }),
    z.strictObject({ kind: z.literal("refused"), code: z.string(), message: z.string() }),
  ]),
});
export type Adoption = z.infer<typeof adoptionSchema>;
