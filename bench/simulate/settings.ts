// What the simulated deployment is like. Each figure says where it comes from; what nobody publishes says so.

export interface Deployment {
  readonly name: string;
  readonly images: number;
  readonly viewsPerDay: number;
  /** Exponent of Zipf's law. Web proxies: 0.64 to 0.83 (Breslau et al., INFOCOM 1999, six traces). */
  readonly zipf: number;
}

export const deployments: readonly Deployment[] = [
  { name: "1 million images, 10 million views a day", images: 1e6, viewsPerDay: 1e7, zipf: 0.8 },
  { name: "10 million images, 100 million views a day", images: 1e7, viewsPerDay: 1e8, zipf: 0.8 },
  { name: "100 million images, 1,000 million views a day", images: 1e8, viewsPerDay: 1e9, zipf: 0.8 },
];
/** What everybody looks at, on top of all others. */
export const famous: Deployment = {
  name: "one picture with 100 million views a day",
  images: 1,
  viewsPerDay: 1e8,
  zipf: 1,
};

/** Of all views, what browsers' own caches answer: 65.5 % (Huang et al., An Analysis of Facebook Photo Caching, SOSP 2013, 77 million requests). */
export const BROWSER_SHARE = 0.655;

export interface Retention {
  /** Days after its last use that a city's cache still has an answer. Cloudflare publishes none: assumed. */
  readonly cityIdleDays: number;
  /** The same of the tier above. Assumed, too. */
  readonly regionIdleDays: number;
}
export const retention: Retention = { cityIdleDays: 1, regionIdleDays: 3 };

/** Cloudflare names more than 330 cities; how much each has is assumed to follow Zipf's law with exponent 1. */
export const CITIES = 300;
/** Cities share an upper tier; how many there are is Cloudflare's to choose: assumed. */
export const REGIONS = 10;

/** workers/src/edge/directives.ts */
export const FRONT_TTL_DAYS = 7;
export const BEHIND_TTL_DAYS = 365;

export interface Variant {
  readonly name: string;
  readonly share: number;
  /** Milliseconds of processor time: docs/benchmarks.md, from a 12 megapixel JPEG; null for the plain original. */
  readonly renderMs: number | null;
}

/** What pages ask for; assumed. */
export const variants: readonly Variant[] = [
  { name: "plain", share: 0.1, renderMs: null },
  { name: "small", share: 0.35, renderMs: 60 },
  { name: "medium", share: 0.25, renderMs: 79 },
  { name: "large", share: 0.15, renderMs: 93 },
  { name: "800 wide, WebP", share: 0.15, renderMs: 147 },
];
/** Two ways to spell the same; the rarer one's share is assumed. */
export const spellings: readonly number[] = [0.9, 0.1];

/** Processor time of a run of the front door, and of a plain answer of 3 MB beyond that. Assumed: the emulator can't tell. */
export const FRONT_MS = 1.5;
export const PLAIN_MS = 4;

export const DELETED_SHARE_A_DAY = 0.001;
/** After an engine change: what is cached behind the front door under an old name is made again. */
export const REPLACED_SHARE = 0.01;
/** The busiest second of a day against the average one. Assumed. */
export const PEAK = 2;

export const ORIGINAL_BYTES = 3e6;
/** docs/scale.md: with caption, metadata and placeholder. */
export const ROW_BYTES = 1000;
