// What each setting is for: the words of docs/settings.md. Types, ranges and defaults come from what the code reads.
import type { DeploymentSettings } from "../../cli/deploy/deployment.ts";
import type { Settings } from "../../workers/api/settings.ts";

interface Meaning {
  readonly does: string;
  /** A value as one would write it. */
  readonly example: string;
  /** Where the schema has none: what counts instead. */
  readonly unset?: string;
  readonly unit?: string;
}

const address = (what: string, example: string) => ({
  does: `where ${what}; it goes into every URL that is handed out`,
  example,
  unset: "the address that was asked",
});

/** In the order of the page. A var that is missing here does not compile. */
export const ofApi = {
  API_ORIGIN: address("the API is", "https://api.example.com"),
  SRC_ORIGIN: address("the pictures are", "https://src.example.com"),
  PAGE_ORIGIN: address("the pages are", "https://example.com"),
  SIGNUPS: {
    does: "who may sign up: everybody, who has a link of yours, or nobody ([accounts](accounts.md))",
    example: "open",
  },
  ANONYMOUS_UPLOADS_PER_HOUR: {
    does: "uploads without a key in an hour, for each address; 0 switches them off",
    example: "0",
  },
  ANONYMOUS_UPLOADS_PER_DAY: { does: "the same in a day", example: "50" },
  ANONYMOUS_NETWORK_UPLOADS_PER_HOUR: {
    does: "uploads without a key in an hour from one network: an IPv4 /24, an IPv6 /48",
    example: "120",
  },
  ANONYMOUS_NETWORK_BYTES_PER_HOUR: {
    does: "what they may weigh",
    example: "500000000",
    unit: "bytes",
  },
  ANONYMOUS_TOTAL_UPLOADS_PER_HOUR: {
    does: "uploads without a key in an hour from everywhere together",
    example: "5000",
  },
  ANONYMOUS_TOTAL_BYTES_PER_HOUR: { does: "what they may weigh", example: "2000000000", unit: "bytes" },
  ANONYMOUS_STORAGE_BYTES: {
    does: "what all uploads without a key may take together",
    example: "50000000000",
    unit: "bytes",
  },
  ANONYMOUS_EVICTION: {
    does: "whether the oldest images without a key make room for new ones where their storage is nearly full",
    example: "oldest",
  },
  KEY_REQUESTS_PER_MINUTE: { does: "calls of one key in a minute", example: "600" },
  UPLOAD_IDLE_SECONDS: {
    does: "an upload that sends nothing for so long is ended, and nothing of it is kept",
    example: "60",
    unit: "seconds",
  },
  UPLOAD_TIMEOUT_SECONDS: {
    does: "how long an upload may take in all",
    example: "1800",
    unit: "seconds",
  },
  UPLOAD_WAIT_SECONDS: {
    does: "how long an upload waits for memory before it is answered 503 with `Retry-After`",
    example: "10",
    unit: "seconds",
  },
  IMPORT_TIMEOUT_SECONDS: {
    does: "how long an import from an address may take, its file included",
    example: "60",
    unit: "seconds",
  },
  DNS_RESOLVER: {
    does: "DNS over HTTPS, JSON form: it is asked where an import's host lies before that is fetched",
    example: "https://dns.google/resolve",
  },
  SIGNUP_URL: {
    does: "where a refusal sends callers who need a key",
    example: "https://example.com/join",
    unset: "the home page",
  },
  UPGRADE_URL: {
    does: "where a refusal sends callers who need a larger plan",
    example: "https://example.com/plans",
    unset: "the home page",
  },
  MAIL_FROM: {
    does: "the address that sign-in codes come from ([accounts](accounts.md#codes-by-e-mail))",
    example: "login@example.com",
    unset: "no codes are sent",
  },
  MAIL_URL: {
    does: "a mail provider's address, where Cloudflare's own mail is not used; https only",
    example: "https://api.resend.com/emails",
    unset: "none",
  },
  MAIL_TOKEN: { does: "the mail provider's token", example: "re_…", unset: "none" },
  MAILS_PER_HOUR: { does: "mails of the whole deployment in an hour", example: "100" },
  TURNSTILE_SITE_KEY: {
    does: "Cloudflare's Turnstile stands before a code is sent; both keys or none",
    example: "0x4AAAAAAA…",
    unset: "none",
  },
  TURNSTILE_SECRET_KEY: { does: "its secret half", example: "0x4AAAAAAA…", unset: "none" },
  SETUP_TOKEN: {
    does: "claims the deployment at `/setup`, once: whoever has it becomes the operator",
    example: "`openssl rand -hex 24`",
    unset: "nobody can claim it",
  },
  ADMIN_TOKEN: {
    does: "the operator's key for `/v1/admin` and for copies ([moderation](moderation.md), [backup](backup.md))",
    example: "`openssl rand -hex 24`",
    unset: "there is no `/v1/admin`",
  },
  ADOPT_BUCKET: {
    does: "the bucket of `npm run adopt`; follows from `adopt` there ([moving in](moving-in.md#a-bucket-of-r2))",
    example: "old-pictures",
    unset: "none",
  },
  DEV_SHOW_CODES: {
    does: "shows sign-in codes instead of sending them; `npm run dev` sets it, and on a deployed Worker it does nothing",
    example: "yes",
    unset: "codes are sent",
  },
} as const satisfies Record<keyof Settings, Meaning>;

interface SrcMeaning extends Meaning {
  /** What it takes: src reads its vars where it needs them, and each of them has a value that counts for nonsense. */
  readonly takes: string;
  readonly otherwise: string;
}

export const ofSrc: Readonly<Record<string, SrcMeaning>> = {
  PAGE_ORIGIN: {
    takes: "an address",
    does: "where the pages are: the links in error answers lead there",
    example: "https://example.com",
    unset: "the address that was asked",
    otherwise: "The origin of each request counts instead.",
  },
  VARIANTS: {
    takes: "`ladder`, `any`",
    does: "`ladder`: named sizes and common widths are made as fast as they are asked for, all other variants of an image at the pace of `ODD_RENDERS`; `any`: no difference is made ([caching](caching.md#strangers-who-ask-for-every-width-there-is))",
    example: "any",
    otherwise: "The same as `ladder`.",
  },
  MASTERS: {
    takes: "`on`, `off`",
    does: "`on`: what is slow to decode (HEIC, AVIF, large WebP, PNG and TIFF) is brought to a JPEG or PNG once, when it is uploaded, and renders start from that; it takes about as much room in R2 as a JPEG of the same. `off`: none are made, and none are used",
    example: "off",
    otherwise: "The same as `on`.",
  },
  ANONYMOUS_CPU_SECONDS_PER_HOUR: {
    takes: "a number, 0 or more; seconds of processor time",
    does: "what rendering images without an account, and looking at their uploads, may take in an hour, all over the world (1,000 cost 0.02 USD). Over it, what is not cached yet answers 429 until the hour ends, and uploads are kept unlooked at until then. 0 serves such images as they are only",
    example: "200",
    otherwise: "The default counts instead.",
  },
};

/** What the file of a deployment holds beside its vars. A key that is missing here does not compile. */
export const ofDeployment = {
  account_id: {
    does: "which Cloudflare account, as `npx wrangler whoami` shows it",
    example: '"0123456789abcdef0123456789abcdef"',
    unset: "the only one of your login",
  },
  shape: {
    does: "`pair`: the API and the images are two Workers; `solo`: both are one ([deploy](deploy.md#one-worker-and-the-button)). A deployment keeps its shape",
    example: '"solo"',
  },
  plan: {
    does: "that of Workers; `free` leaves out the processor time that the free plan refuses, and photos are not resized then",
    example: '"free"',
  },
  workers_dev: { does: "whether it answers at `<name>.<account>.workers.dev`, too", example: "false" },
  analytics: {
    does: "whether both Workers note requests and renders in Workers Analytics Engine ([analytics](analytics.md)), which must be switched on in the dashboard before",
    example: "true",
  },
  send_email: {
    does: "whether sign-in codes are sent by Cloudflare's own mail; `MAIL_FROM` is needed then",
    example: "true",
  },
  names: {
    does: "what Workers, database and bucket are called: `api`, `src`, `database`, `bucket`; 3 to 54 small letters, digits and hyphens. `adopt` names a bucket that holds pictures already, `dataset` one of Analytics Engine",
    example: '{ api = "mypics" }',
    unset: "`edgepix`, `edgepix-src`, `edgepix`, `edgepix-originals`",
  },
  hosts: {
    does: "where it answers: `page`, and `api` and `src` where they are elsewhere. Routes and the three origins follow from it",
    example: '{ page = "example.com", src = "src.example.com" }',
    unset: "the address at workers.dev",
  },
  vars: { does: "settings of the API Worker, below", example: '{ SIGNUPS = "open" }', unset: "all defaults" },
  src_vars: {
    does: "settings of the Worker of the images, below",
    example: '{ MASTERS = "off" }',
    unset: "all defaults",
  },
} as const satisfies Record<keyof DeploymentSettings, Meaning>;

/** Of the rate limits and limits in workers/src/wrangler.toml, by the path of the number. */
export const ofConfigs: Readonly<Record<string, string>> = {
  "RENDERS.limit":
    "rendering for one address (an IPv6 /64) in a minute at one location, in units of 200 ms of processor time; what is cached does not count",
  "ODD_RENDERS.limit":
    'with `VARIANTS = "ladder"`: rendering of one image\'s unusual variants (cuts, effects, odd widths) in a minute at one location, in the same units, whoever asks; over it a variant that is not cached yet answers 429 with `Retry-After`',
  "limits.cpu_ms":
    "processor time that one request may take before Cloudflare ends it; left out where `plan` is `free`",
};

/** What commands read from their environment. */
export const ofCommands: Readonly<Record<string, string>> = {
  ADMIN_TOKEN: "the operator's token, for `npm run export`, `restore`, `verify` and `admin`",
  EDGEPIX_KEY: "an API key, for `npm run import` and `probe`",
  EDGEPIX_SOURCE_KEY: "the key of the host that `npm run import` brings pictures from, where it asks for one",
  PORT: "where `npm run dev` listens, 8787 unless said otherwise",
  CLOUDFLARE_API_TOKEN: "a token of Cloudflare in the place of `npx wrangler login`, as in CI",
  CLOUDFLARE_ACCOUNT_ID:
    "which of several accounts is meant; `account_id` of the deployment's file goes before it",
};

/** Read, and no business of an operator: what tests and Cloudflare's builder set. */
export const ofMachines = ["EDGEPIX_DEPLOYMENTS", "EDGEPIX_STATE", "WORKERS_CI", "CLOUDFLARE_API_BASE_URL"];
