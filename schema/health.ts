// What `/healthz` and `/readyz` answer, at every host of a deployment.
import * as z from "zod";

/** Which code answers; null where the platform does not tell. */
const versionSchema = z
  .strictObject({
    /** Cloudflare's name of the Worker's version. */
    id: z.string(),
    /** The release's name, as `npm run rollback -- --list` shows it; null where it was not deployed by `npm run deploy`. */
    release: z.string().nullable(),
  })
  .nullable();
export type Version = z.infer<typeof versionSchema>;

export const healthSchema = z.strictObject({
  object: z.literal("health"),
  status: z.literal("ok"),
  version: versionSchema,
});
export type Health = z.infer<typeof healthSchema>;

/** `slow`: no answer within the time. `failing`: it answered with an error. */
const conditionSchema = z.enum(["ok", "slow", "failing"]);
export type Condition = z.infer<typeof conditionSchema>;

export const readinessSchema = z.strictObject({
  object: z.literal("readiness"),
  status: z.enum(["ready", "not_ready"]),
  checks: z.record(z.string(), conditionSchema),
  version: versionSchema,
});
export type Readiness = z.infer<typeof readinessSchema>;
