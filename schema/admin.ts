// What an operator may change: the state of an image and of an account.
import { z } from "zod";
import { planNames } from "./plans.ts";

export const moderationSchema = z.strictObject({
  status: z.enum(["ready", "blocked"]).optional(),
  nsfw: z.boolean().optional(),
});
export type Moderation = z.infer<typeof moderationSchema>;

export const accountChangeSchema = z.strictObject({
  status: z.enum(["active", "suspended"]).optional(),
  plan: z.enum(planNames).exclude(["anonymous"]).optional(),
});
export type AccountChange = z.infer<typeof accountChangeSchema>;

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
