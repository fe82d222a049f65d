// The vars that an operator may set, read once at the door. Unset or empty means the default.
import { z } from "zod";
import {
  ANONYMOUS_NETWORK_BYTES_PER_HOUR,
  ANONYMOUS_NETWORK_UPLOADS_PER_HOUR,
  ANONYMOUS_TOTAL_BYTES_PER_HOUR,
  ANONYMOUS_TOTAL_UPLOADS_PER_HOUR,
  ANONYMOUS_UPLOADS_PER_DAY,
  ANONYMOUS_UPLOADS_PER_HOUR,
  plans,
} from "../../schema/plans.ts";

const originSchema = z.url().transform((url) => new URL(url).origin);
const unsetWhenEmpty = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema);
const countSchema = z.coerce.number().int().nonnegative();

const settingsSchema = z.object({
  /** Where the API, the originals and the pages are reached; unset means the origin of the request. */
  API_ORIGIN: unsetWhenEmpty(originSchema.optional()),
  SRC_ORIGIN: unsetWhenEmpty(originSchema.optional()),
  PAGE_ORIGIN: unsetWhenEmpty(originSchema.optional()),
  /** Uploads without a key, per address; 0 switches them off. */
  ANONYMOUS_UPLOADS_PER_HOUR: unsetWhenEmpty(countSchema.default(ANONYMOUS_UPLOADS_PER_HOUR)),
  ANONYMOUS_UPLOADS_PER_DAY: unsetWhenEmpty(countSchema.default(ANONYMOUS_UPLOADS_PER_DAY)),
  ANONYMOUS_STORAGE_BYTES: unsetWhenEmpty(countSchema.default(plans.anonymous.storageBytes)),
  /** What is stored without a key in an hour, from one network and from everywhere. */
  ANONYMOUS_NETWORK_UPLOADS_PER_HOUR: unsetWhenEmpty(countSchema.default(ANONYMOUS_NETWORK_UPLOADS_PER_HOUR)),
  ANONYMOUS_NETWORK_BYTES_PER_HOUR: unsetWhenEmpty(countSchema.default(ANONYMOUS_NETWORK_BYTES_PER_HOUR)),
  ANONYMOUS_TOTAL_UPLOADS_PER_HOUR: unsetWhenEmpty(countSchema.default(ANONYMOUS_TOTAL_UPLOADS_PER_HOUR)),
  ANONYMOUS_TOTAL_BYTES_PER_HOUR: unsetWhenEmpty(countSchema.default(ANONYMOUS_TOTAL_BYTES_PER_HOUR)),
  /** Whether the oldest images without a key make room for new ones when their storage is nearly full. */
  ANONYMOUS_EVICTION: unsetWhenEmpty(z.enum(["off", "oldest"]).default("off")),
  KEY_REQUESTS_PER_MINUTE: unsetWhenEmpty(countSchema.default(3_000)),
  /** Where a refusal sends callers who need a key or a larger plan; unset means the home page. */
  SIGNUP_URL: unsetWhenEmpty(z.url().optional()),
  UPGRADE_URL: unsetWhenEmpty(z.url().optional()),
  /** DNS over HTTPS, JSON form: says where an import's host lies before it is asked. */
  DNS_RESOLVER: unsetWhenEmpty(z.url().default("https://cloudflare-dns.com/dns-query")),
  /** How long an import may take, its file included. */
  IMPORT_TIMEOUT_SECONDS: unsetWhenEmpty(z.coerce.number().positive().default(30)),
  /** How long an upload's sender may say nothing, and how long an upload may take in all. */
  UPLOAD_IDLE_SECONDS: unsetWhenEmpty(z.coerce.number().positive().default(30)),
  UPLOAD_TIMEOUT_SECONDS: unsetWhenEmpty(z.coerce.number().positive().default(900)),
  /** How long an upload waits for memory before it is turned away. */
  UPLOAD_WAIT_SECONDS: unsetWhenEmpty(z.coerce.number().nonnegative().default(10)),
  /** The operator's secret for /v1/admin; unset means that there is no such address. */
  ADMIN_TOKEN: unsetWhenEmpty(z.string().min(16).optional()),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Throws when a var is nonsense: better no answer than a limit that nobody set. */
export function readSettings(env: object): Settings {
  return settingsSchema.parse(env);
}
