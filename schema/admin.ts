// What an operator may change: the state of an image and of an account.
import * as z from "zod";
import { planNames } from "./plans.ts";

export const moderationSchema = z.strictObject({
  status: z.enum(["ready", "blocked"]).optional(),
  nsfw: z.boolean().optional(),
});
/** `refuse_file`: and nobody may upload that very file from now on. */
export const moderationOrderSchema = moderationSchema.extend({ refuse_file: z.literal(true).optional() });
export type Moderation = z.infer<typeof moderationSchema>;

export const accountChangeSchema = z.strictObject({
  status: z.enum(["active", "suspended"]).optional(),
  plan: z.enum(planNames).exclude(["anonymous"]).optional(),
});
export type AccountChange = z.infer<typeof accountChangeSchema>;

const usedOf = z.strictObject({ used: z.number(), limit: z.number() });

/** How full the storage of images without a key is, and what came in the last hour. */
export const anonymousPoolSchema = z
  .strictObject({
    object: z.literal("anonymous_pool"),
    images: z.number(),
    storage_bytes: usedOf,
    /** Storage is divided by the ids of images; uploads are refused where a part is full. */
    fullest_part_bytes: usedOf,
    eviction: z.enum(["off", "oldest"]),
    last_hour: z.strictObject({
      uploads: usedOf,
      bytes: usedOf,
      network_limits: z.strictObject({ uploads: z.number(), bytes: z.number() }),
      /** Those that stored most, the greatest first; at most 20. */
      networks: z.array(z.strictObject({ network: z.string(), uploads: z.number(), bytes: z.number() })),
    }),
  })
  .meta({ id: "AnonymousPool" });
export type AnonymousPool = z.infer<typeof anonymousPoolSchema>;

export const accountSchema = z
  .strictObject({
    id: z.string(),
    object: z.literal("account"),
    name: z.string(),
    storage: z.string(),
    plan: z.enum(planNames),
    status: z.enum(["active", "suspended"]),
  })
  .meta({ id: "Account" });

/** Asks for the next images that no look of today's engine has seen. */
export const reexamineSchema = z.strictObject({
  /** Where the answer before ended. */
  cursor: z.string().max(64).default(""),
  limit: z.int().min(1).max(50).default(10),
});

export const reexaminationSchema = z
  .strictObject({
    object: z.literal("reexamination"),
    engine: z.int(),
    examined: z.int(),
    changed: z.array(z.string()),
    /** Their originals are lost, or a look failed. */
    failed: z.array(z.string()),
    /** There is no time for looks right now: go on in a moment. */
    is_busy: z.boolean(),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: "Reexamination" });
export type Reexamination = z.infer<typeof reexaminationSchema>;
