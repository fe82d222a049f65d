// The vars that an operator may set, read once at the door. Unset or empty means the default; nonsense closes its own feature only.
import * as z from "zod";
import {
  ANONYMOUS_NETWORK_BYTES_PER_HOUR,
  ANONYMOUS_NETWORK_UPLOADS_PER_HOUR,
  ANONYMOUS_TOTAL_BYTES_PER_HOUR,
  ANONYMOUS_TOTAL_UPLOADS_PER_HOUR,
  ANONYMOUS_UPLOADS_PER_DAY,
  ANONYMOUS_UPLOADS_PER_HOUR,
  plans,
} from "../../schema/plans.ts";
import { logError } from "../shared/log.ts";

/** Vars whose nonsense this isolate has logged already. */
const logged = new Set<string>();

/** What each var takes, and what follows where it holds anything else: the page of settings is made of it. */
export const accepted = new Map<string, { readonly schema: z.ZodType; readonly consequence: string }>();

/**
 * One var. `whenWrong` is what counts instead of a value that can't be read: a feature is closed rather than open to all, a limit
 * keeps its default. The log names the var and why, never its value: it may be a secret.
 */
function setting<Schema extends z.ZodType, const Wrong>(
  name: string,
  schema: Schema,
  whenWrong: Wrong,
  consequence: string,
) {
  accepted.set(name, { schema, consequence });
  return z.unknown().transform((given): z.output<Schema> | Wrong => {
    const result = schema.safeParse(given === "" ? undefined : given);
    if (result.success) return result.data;
    if (!logged.has(name)) {
      const why = result.error.issues.map(({ message }) => message).join(" ");
      logError(`${name} is not valid: ${why} ${consequence}`, undefined, { var: name });
    }
    logged.add(name);
    return whenWrong;
  });
}

/** `pics.example.com:8080` is a URL, too, of a scheme that nobody knows; its origin is "null", as that of every form from nowhere. */
const originSchema = z
  .url({ protocol: /^https?$/ })
  .transform((url) => new URL(url).origin)
  .optional();
const count = (byDefault: number) => z.coerce.number().int().nonnegative().default(byDefault);
const seconds = (byDefault: number) => z.coerce.number().positive().default(byDefault);

const origin = (name: string) =>
  setting(name, originSchema, undefined, "The origin of each request counts instead.");
const anonymousLimit = (name: string, byDefault: number) =>
  setting(name, count(byDefault), 0, "Uploads without a key are closed.");
const helpUrl = (name: string) =>
  setting(name, z.url().optional(), undefined, "Callers are sent to the home page.");
const mail = <Schema extends z.ZodType>(name: string, schema: Schema) =>
  setting(name, schema, undefined, "No mails are sent by it.");
const turnstileKey = (name: string) =>
  setting(name, z.string().min(10).optional(), null, "Nobody can ask for a code by e-mail.");
const guard = <Schema extends z.ZodType>(name: string, schema: Schema, byDefault: number) =>
  setting(name, schema, byDefault, `The default of ${byDefault} counts instead.`);

const settingsSchema = z.object({
  /** Where the API, the originals and the pages are reached; unset means the origin of the request. */
  API_ORIGIN: origin("API_ORIGIN"),
  SRC_ORIGIN: origin("SRC_ORIGIN"),
  PAGE_ORIGIN: origin("PAGE_ORIGIN"),
  /** Uploads without a key, per address; 0 switches them off. */
  ANONYMOUS_UPLOADS_PER_HOUR: anonymousLimit("ANONYMOUS_UPLOADS_PER_HOUR", ANONYMOUS_UPLOADS_PER_HOUR),
  ANONYMOUS_UPLOADS_PER_DAY: anonymousLimit("ANONYMOUS_UPLOADS_PER_DAY", ANONYMOUS_UPLOADS_PER_DAY),
  ANONYMOUS_STORAGE_BYTES: anonymousLimit("ANONYMOUS_STORAGE_BYTES", plans.anonymous.storageBytes),
  /** What is stored without a key in an hour, from one network and from everywhere. */
  ANONYMOUS_NETWORK_UPLOADS_PER_HOUR: anonymousLimit(
    "ANONYMOUS_NETWORK_UPLOADS_PER_HOUR",
    ANONYMOUS_NETWORK_UPLOADS_PER_HOUR,
  ),
  ANONYMOUS_NETWORK_BYTES_PER_HOUR: anonymousLimit(
    "ANONYMOUS_NETWORK_BYTES_PER_HOUR",
    ANONYMOUS_NETWORK_BYTES_PER_HOUR,
  ),
  ANONYMOUS_TOTAL_UPLOADS_PER_HOUR: anonymousLimit(
    "ANONYMOUS_TOTAL_UPLOADS_PER_HOUR",
    ANONYMOUS_TOTAL_UPLOADS_PER_HOUR,
  ),
  ANONYMOUS_TOTAL_BYTES_PER_HOUR: anonymousLimit(
    "ANONYMOUS_TOTAL_BYTES_PER_HOUR",
    ANONYMOUS_TOTAL_BYTES_PER_HOUR,
  ),
  /** Whether the oldest images without a key make room for new ones when their storage is nearly full. */
  ANONYMOUS_EVICTION: setting(
    "ANONYMOUS_EVICTION",
    z.enum(["off", "oldest"]).default("off"),
    "off",
    "Nothing makes room.",
  ),
  KEY_REQUESTS_PER_MINUTE: guard("KEY_REQUESTS_PER_MINUTE", count(3_000), 3_000),
  /** Where a refusal sends callers who need a key or a larger plan; unset means the home page. */
  SIGNUP_URL: helpUrl("SIGNUP_URL"),
  UPGRADE_URL: helpUrl("UPGRADE_URL"),
  /** DNS over HTTPS, JSON form: says where an import's host lies before it is asked. Null closes imports. */
  DNS_RESOLVER: setting(
    "DNS_RESOLVER",
    z.url().default("https://cloudflare-dns.com/dns-query"),
    null,
    "Imports are closed.",
  ),
  /** How long an import may take, its file included. Null closes imports. */
  IMPORT_TIMEOUT_SECONDS: setting("IMPORT_TIMEOUT_SECONDS", seconds(30), null, "Imports are closed."),
  /** How long the sender of an upload or of JSON may say nothing, and how long a body may take in all. */
  UPLOAD_IDLE_SECONDS: guard("UPLOAD_IDLE_SECONDS", seconds(30), 30),
  UPLOAD_TIMEOUT_SECONDS: guard("UPLOAD_TIMEOUT_SECONDS", seconds(900), 900),
  /** How long an upload waits for memory before it is turned away. */
  UPLOAD_WAIT_SECONDS: guard("UPLOAD_WAIT_SECONDS", z.coerce.number().nonnegative().default(30), 30),
  /** Who may sign up: everybody, who has an invitation, or nobody. */
  SIGNUPS: setting(
    "SIGNUPS",
    z.enum(["open", "invite", "closed"]).default("invite"),
    "closed",
    "Nobody can sign up.",
  ),
  /** Where codes come from; and, where Cloudflare's binding is not used, by whom they are sent. */
  MAIL_FROM: mail("MAIL_FROM", z.string().includes("@").optional()),
  MAIL_URL: mail("MAIL_URL", z.url({ protocol: /^https$/ }).optional()),
  MAIL_TOKEN: mail("MAIL_TOKEN", z.string().min(1).optional()),
  /** Of the whole deployment. */
  MAILS_PER_HOUR: guard("MAILS_PER_HOUR", count(500), 500),
  /** Shows codes instead of sending them, on one's own machine only. */
  DEV_SHOW_CODES: setting("DEV_SHOW_CODES", z.literal("yes").optional(), undefined, "No codes are shown."),
  /** Null is a key that is none: it stops the forms that it should guard. */
  TURNSTILE_SITE_KEY: turnstileKey("TURNSTILE_SITE_KEY"),
  TURNSTILE_SECRET_KEY: turnstileKey("TURNSTILE_SECRET_KEY"),
  /** Whoever holds it claims the deployment at /setup, once; unset means that nobody can. */
  SETUP_TOKEN: setting(
    "SETUP_TOKEN",
    z.string().min(16).optional(),
    undefined,
    "Nobody can claim this deployment.",
  ),
  /** What the bucket is called that is bound as ADOPT. */
  ADOPT_BUCKET: setting("ADOPT_BUCKET", z.string().optional(), undefined, "Nothing is adopted from it."),
  /** The operator's secret for /v1/admin; unset means that there is no such address. */
  ADMIN_TOKEN: setting("ADMIN_TOKEN", z.string().min(16).optional(), undefined, "/v1/admin is closed."),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Never throws: a var that is nonsense closes its feature, and is logged once an isolate. */
export function readSettings(env: object): Settings {
  const vars = Object.keys(settingsSchema.shape).map((name) => [name, Reflect.get(env, name)]);
  return settingsSchema.parse(Object.fromEntries(vars));
}

/** How long the sender of a body is waited for. */
export function patienceOf({ UPLOAD_IDLE_SECONDS, UPLOAD_TIMEOUT_SECONDS }: Settings) {
  return {
    idleMilliseconds: UPLOAD_IDLE_SECONDS * 1_000,
    totalMilliseconds: UPLOAD_TIMEOUT_SECONDS * 1_000,
  };
}
