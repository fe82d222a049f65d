// Plans: every number that an operator may want to change, in one table. MB and GB are decimal.

export const MB = 1_000_000;
export const GB = 1_000_000_000;
export const DAY_SECONDS = 86_400;

export interface PlanLimits {
  /** Uploads in a UTC calendar month; null = no limit. */
  readonly uploadsPerMonth: number | null;
  /** Bytes of originals stored at one time; null = no limit. */
  readonly storageBytes: number | null;
  /** Largest original in bytes. */
  readonly maxFileBytes: number;
  /** Longest life of an image in seconds; null = it may stay for ever. */
  readonly maxTtlSeconds: number | null;
}

export const planNames = ["anonymous", "free", "pro", "business", "scale", "unlimited"] as const;
export type PlanName = (typeof planNames)[number];

export const plans = {
  anonymous: {
    uploadsPerMonth: null,
    storageBytes: 10 * GB,
    maxFileBytes: 20 * MB,
    maxTtlSeconds: 30 * DAY_SECONDS,
  },
  free: { uploadsPerMonth: 100, storageBytes: 1 * GB, maxFileBytes: 70 * MB, maxTtlSeconds: null },
  pro: { uploadsPerMonth: 1_000, storageBytes: 10 * GB, maxFileBytes: 70 * MB, maxTtlSeconds: null },
  business: { uploadsPerMonth: 10_000, storageBytes: 100 * GB, maxFileBytes: 70 * MB, maxTtlSeconds: null },
  scale: { uploadsPerMonth: 100_000, storageBytes: 1_000 * GB, maxFileBytes: 70 * MB, maxTtlSeconds: null },
  unlimited: { uploadsPerMonth: null, storageBytes: null, maxFileBytes: 70 * MB, maxTtlSeconds: null },
} as const satisfies Record<PlanName, PlanLimits>;

/** SVGs are text that is sanitised whole, so they have a smaller limit of their own. */
export const MAX_SVG_BYTES = 10 * MB;

/** Limits on callers without a key, per IP address; both can be set by vars. */
export const ANONYMOUS_UPLOADS_PER_HOUR = 20;
export const ANONYMOUS_UPLOADS_PER_DAY = 100;

/** What one IP address may do without a key besides uploading: take pictures back by their delete tokens, and send the forms of signing in. */
export const ANONYMOUS_FORMS_PER_MINUTE = 60;

/** What a member does on his pages, by the hour and the day. */
export const MEMBER_PACES = {
  keys: { hour: 60, day: 200 },
  exports: { hour: 10, day: 40 },
  names: { hour: 10, day: 40 },
} as const;

/**
 * What is stored without a key in an hour, from one network (an IPv6 /48, an IPv4 /24) and from everywhere; all can be
 * set by vars. The pool's 10 GB last 20 hours against a crowd of any size.
 */
export const ANONYMOUS_NETWORK_UPLOADS_PER_HOUR = 60;
export const ANONYMOUS_NETWORK_BYTES_PER_HOUR = 200 * MB;
export const ANONYMOUS_TOTAL_UPLOADS_PER_HOUR = 1_000;
export const ANONYMOUS_TOTAL_BYTES_PER_HOUR = 500 * MB;

/** What one account may have at one time: keys that are not over, and passkeys. */
export const MAX_KEYS = 100;
export const MAX_PASSKEYS = 20;

/** The shortest and longest life that a caller may ask for, in seconds. */
export const MIN_TTL_SECONDS = 300;
export const MAX_TTL_SECONDS = 90 * DAY_SECONDS;
