// What differs between deployments: the shape of `deployments/<name>.toml`. Everything else is in the wrangler.toml files, which stay as they are in git.
import * as z from "zod";
import { readSettings } from "../../workers/api/settings.ts";

/** Vars that `[hosts]` decides, so that no address can be handed out at which nobody answers. */
const originVars: readonly string[] = ["API_ORIGIN", "SRC_ORIGIN", "PAGE_ORIGIN"];

/** Vars that other parts of the file decide, and where: one can't be other than the other. */
export const derivedVars: ReadonlyMap<string, string> = new Map([
  ...originVars.map((name) => [name, "[hosts]"] as const),
  ["ADOPT_BUCKET", "[names]"],
]);

/** Settings that nobody but Cloudflare may hold: never in a file. */
export const secretVars: readonly string[] = [
  "SETUP_TOKEN",
  "ADMIN_TOKEN",
  "MAIL_TOKEN",
  "TURNSTILE_SECRET_KEY",
];

const apiVars = Object.keys(readSettings({})).filter(
  (name) => ![...derivedVars.keys(), ...secretVars, "DEV_SHOW_CODES"].includes(name),
);
const srcVars = ["VARIANTS", "MASTERS", "ANONYMOUS_CPU_SECONDS_PER_HOUR"];

const nameSchema = (what: string) =>
  z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]{1,52}[a-z0-9]$/,
      `${what} takes 3 to 54 small letters, digits and hyphens, and neither begins nor ends with a hyphen.`,
    );
/** Somebody else has named it: as R2 allows. */
const bucketNameSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    "takes the name of a bucket: 3 to 63 small letters, digits and hyphens.",
  );
const hostSchema = z
  .string()
  .regex(
    /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]+$/,
    "takes a host name like img.example.com: small letters, without https:// and without a path.",
  );

function varsSchema(known: readonly string[]) {
  const value = z.union([z.string(), z.number(), z.boolean()], "takes text or a number.");
  return z
    .record(z.string(), value.transform(String))
    .default({})
    .superRefine((vars, context) => {
      for (const name of Object.keys(vars).filter((one) => !known.includes(one))) {
        context.addIssue({ code: "custom", path: [name], message: whyNot(name, known) });
      }
    });
}

function whyNot(name: string, known: readonly string[]): string {
  const decidedBy = derivedVars.get(name);
  if (decidedBy) return `follows from ${decidedBy}; take it out of here.`;
  if (secretVars.includes(name))
    return `is a secret, which no file may hold: npx wrangler secret put ${name} --name <the Worker>`;
  return `is no setting. There are ${known.join(", ")}.`;
}

const hostsSchema = z
  .strictObject({ page: hostSchema, api: hostSchema.optional(), src: hostSchema.optional() })
  .transform(({ page, api = page, src = page }) => ({ page, api, src }));

export const deploymentSchema = z
  .strictObject({
    /** Which Cloudflare account; may be left out where the login has only one. */
    account_id: z
      .string()
      .regex(/^[0-9a-f]{32}$/, "takes the 32 letters and digits that `npx wrangler whoami` shows.")
      .optional(),
    /** `pair`: the API and the images are two Workers. `solo`: both are one, as the deploy button makes it. */
    shape: z.enum(["pair", "solo"], "takes pair or solo.").default("pair"),
    /** Of Workers. `free` leaves out the processor time that the free plan refuses: nothing but small pictures is rendered then. */
    plan: z.enum(["paid", "free"], "takes paid or free.").default("paid"),
    /** Whether it answers at <name>.<account>.workers.dev, too. */
    workers_dev: z.boolean("takes true or false.").default(true),
    /** Whether both Workers note what they do in Workers Analytics Engine. It must be switched on once in the dashboard. */
    analytics: z.boolean("takes true or false.").default(false),
    /** Whether codes are sent by Cloudflare's own mail. */
    send_email: z.boolean("takes true or false.").default(false),
    names: z
      .strictObject({
        api: nameSchema("The name of a Worker").default("edgepix"),
        src: nameSchema("The name of a Worker").default("edgepix-src"),
        database: nameSchema("The name of a database").default("edgepix"),
        bucket: nameSchema("The name of a bucket").default("edgepix-originals"),
        /** Of Analytics Engine. */
        dataset: z
          .string()
          .regex(
            /^[a-z][a-z0-9_]{2,53}$/,
            "takes 3 to 54 small letters, digits and underscores, a letter first.",
          )
          .default("edgepix"),
        /** One that holds pictures already, for `npm run adopt`. */
        adopt: bucketNameSchema.optional(),
      })
      .prefault({}),
    /** Where it answers; without it the address that was asked. Each must lie on a domain of the account. */
    hosts: hostsSchema.optional(),
    vars: varsSchema(apiVars),
    src_vars: varsSchema(srcVars),
  })
  .superRefine(({ names, workers_dev, hosts }, context) => {
    if (names.api === names.src)
      context.addIssue({ code: "custom", path: ["names", "src"], message: "is the name of the API Worker." });
    if (names.adopt === names.bucket)
      context.addIssue({
        code: "custom",
        path: ["names", "adopt"],
        message: "is the deployment's own bucket: `npm run adopt -- own` needs no line here.",
      });
    if (!workers_dev && !hosts)
      context.addIssue({
        code: "custom",
        path: ["workers_dev"],
        message: "is false and there are no [hosts]: it would answer nowhere.",
      });
  });

export type DeploymentSettings = z.infer<typeof deploymentSchema>;

/** A deployment with its name, which is that of its file. */
export interface Deployment extends DeploymentSettings {
  readonly name: string;
}
