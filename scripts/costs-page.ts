// The page docs/costs.md: a month's bill by hand, from Cloudflare's prices and what is measured here.

import { FRONT_MS, ORIGINAL_BYTES, PLAIN_MS, ROW_BYTES, variants } from "../bench/simulate/settings.ts";
import { PLAN_USD, type Price, prices, usdFor } from "../schema/prices.ts";

/** Half of what browsers ask for is answered by Cloudflare's caches: docs/scale.md, at a million images. */
const CACHED = 0.5;
/** The cron runs every minute, and each run is a request. */
const CRON_RUNS = 60 * 24 * 30;
/** Of D1 for a view that no cache holds, where it must be rendered first: docs/scale.md. */
const ROWS = 2;

/** Of processor time for a view that no cache holds: the door, and one render of the mixture that pages ask for. */
export const RUN_MS =
  FRONT_MS + variants.reduce((sum, { share, renderMs }) => sum + share * (renderMs ?? PLAIN_MS), 0);

export interface Month {
  readonly views: number;
  readonly photos: number;
}
export const months = [
  { views: 10_000, photos: 1_000 },
  { views: 100_000, photos: 5_000 },
  { views: 1_000_000, photos: 20_000 },
  { views: 10_000_000, photos: 200_000 },
] as const satisfies readonly Month[];

interface Line {
  readonly what: string;
  readonly amount: (month: Month) => number;
  readonly unit: string;
  readonly divisor: number;
  readonly price: Price;
}

const runs = ({ views }: Month) => views * (1 - CACHED);
const lines: readonly Line[] = [
  {
    what: "requests",
    amount: ({ views }) => views + CRON_RUNS,
    unit: "",
    divisor: 1,
    price: prices.requests,
  },
  {
    what: "processor time",
    amount: (month) => runs(month) * RUN_MS,
    unit: " s",
    divisor: 1_000,
    price: prices.cpuMs,
  },
  { what: "rows read", amount: (month) => runs(month) * ROWS, unit: "", divisor: 1, price: prices.rowsRead },
  {
    what: "database",
    amount: ({ photos }) => photos * ROW_BYTES,
    unit: " MB",
    divisor: 1e6,
    price: prices.databaseBytes,
  },
  { what: "reads of R2", amount: runs, unit: "", divisor: 1, price: prices.objectReads },
  {
    what: "pictures in R2",
    amount: ({ photos }) => photos * ORIGINAL_BYTES,
    unit: " GB",
    divisor: 1e9,
    price: prices.objectBytes,
  },
];

const number = (value: number) => Math.round(value).toLocaleString("en-US");
const money = (usd: number) => (usd < 0.005 ? "0" : usd.toFixed(2));
const amountOf = ({ amount, unit, divisor }: Line, month: Month) =>
  `${number(amount(month) / divisor)}${unit}`;

export const totalUsd = (month: Month) =>
  PLAN_USD + lines.reduce((sum, line) => sum + usdFor(line.amount(month), line.price), 0);

/** Of Cloudflare Images, with the pictures stored there: bought by 100,000 stored, billed by 100,000 delivered. */
export const IMAGES_STORED_USD = 5;
export const IMAGES_DELIVERED_USD = 1;
export const cloudflareImagesUsd = ({ views, photos }: Month) =>
  Math.ceil(photos / 100_000) * IMAGES_STORED_USD + (views / 100_000) * IMAGES_DELIVERED_USD;

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

function table(): string {
  const head = ["a month", ...months.map(({ views }) => `${number(views)} views`), "included", "beyond that"];
  const priceOf = ({ unit, divisor, price: { usd, per } }: Line) =>
    unit === "" ? `${usd} USD a million` : `${usd} USD per ${number(per / divisor)}${unit}`;
  return [
    head,
    head.map((_, at) => (at === 0 ? "---" : "--:")),
    ["photos of 3 MB", ...months.map(({ photos }) => number(photos)), "", ""],
    ...lines.map((line) => [
      line.what,
      ...months.map((month) => {
        const usd = usdFor(line.amount(month), line.price);
        return `${amountOf(line, month)}${usd < 0.005 ? "" : `: ${money(usd)} USD`}`;
      }),
      `${number(line.price.included / line.divisor)}${line.unit}`,
      priceOf(line),
    ]),
    ["Workers Paid", ...months.map(() => `${PLAN_USD.toFixed(2)} USD`), "", ""],
    ["**together**", ...months.map((month) => `**${totalUsd(month).toFixed(2)} USD**`), "", ""],
    [
      "Cloudflare Images for the same",
      ...months.map((month) => `${cloudflareImagesUsd(month).toFixed(2)} USD`),
      "",
      "",
    ],
  ]
    .map(row)
    .join("\n");
}

function byHand(): string {
  const month = months[2];
  const [all, cpu, stored] = [runs(month), runs(month) * RUN_MS, month.photos * ORIGINAL_BYTES];
  const seconds = (ms: number) => number(ms / 1_000);
  const gigabytes = (bytes: number) => number(bytes / 1e9);
  const { cpuMs, objectBytes } = prices;
  return [
    ["step", "arithmetic", "USD"],
    ["---", "---", "--:"],
    ["the plan", "Workers Paid", PLAN_USD.toFixed(2)],
    ["views that reach a Worker", `${number(month.views)} x ${CACHED} = ${number(all)}`, ""],
    ["their processor time", `${number(all)} x ${RUN_MS.toFixed(2)} ms = ${seconds(cpu)} s`, ""],
    [
      "beyond what is included",
      `(${seconds(cpu)} s - ${seconds(cpuMs.included)} s) x ${cpuMs.usd} USD / 1,000 s`,
      money(usdFor(cpu, cpuMs)),
    ],
    [
      "pictures beyond what is free",
      `(${number(month.photos)} x 3 MB - ${gigabytes(objectBytes.included)} GB) = ${gigabytes(stored - objectBytes.included)} GB x ${objectBytes.usd} USD`,
      money(usdFor(stored, objectBytes)),
    ],
    ["together", "", totalUsd(month).toFixed(2)],
  ]
    .map(row)
    .join("\n");
}

export function costsPage(): string {
  return `<!-- Written by \`npm run docs:costs\`; don't edit. -->
# What it costs

To Cloudflare alone, each month. edgepix itself costs nothing, and traffic costs nothing: Cloudflare asks for none, from R2 or from Workers.

${table()}

"Views" are pictures that browsers ask the network for; what a browser has kept already is asked of nobody. Amounts without a price beside them are
within what Workers Paid includes, R2's free 10 GB, or D1's 5.

## One million views, by hand

${byHand()}

It is meant as an upper bound: each view that reaches a Worker is taken to be rendered, from a photo of 12 megapixels, and nothing to be in a browser's cache. What is assumed:

| figure | from |
| --- | --- |
| half of the views are answered by Cloudflare's caches | a simulation of the long tail ([scale](scale.md#a-day-simulated)); a few pictures that many look at are nearly all answered there |
| ${RUN_MS.toFixed(2)} ms of processor time for the others | what pages ask for (${variants.map(({ name, share, renderMs }) => `${share * 100} % ${name}${renderMs === null ? "" : ` at ${renderMs} ms`}`).join(", ")}), as [measured](benchmarks.md), and ${FRONT_MS} ms for the door |
| ${ROWS} rows of D1, one read of R2 for each of them | [what one D1 takes](scale.md#what-one-d1-takes) |
| 3 MB a photo, 1 KB a row | a phone's JPEG; [measured](benchmarks.md) |

Uploads are not in it, because they cost nothing at this size: one writes 6 rows of the 50 million that are included, and takes a few operations of R2's million. Images of HEIC, AVIF and large PNG
have a [master](caching.md#what-is-kept-where) beside them, of 4 to 6 MB for 12 megapixels. On one host for everything (no \`src\` in \`[hosts]\`), each view runs the API Worker too: some
${FRONT_MS} ms more.

**Without Workers Paid** it costs nothing, up to 100,000 requests a day. Uploads, pages and originals work; photos are not resized, because that takes more than the 10 ms that the free plan allows.

**At 10 million views a day and more** read [how far it scales](scale.md#a-day-simulated): there the bill is simulated, some 0.37 USD per million views and 0.015 USD per GB.

**What strangers can make it cost.** A request is a request, at ${prices.requests.usd} USD a million, whoever sends it. Renders are what would be dear: whoever asks for every width there is
is held back ([caching](caching.md#strangers-who-ask-for-every-width-there-is)), and rendering of images without an account takes 0.02 USD an hour at most
([settings](settings.md)). Cloudflare has no cap for a bill; it has alerts: **Manage account > Billing > Billable usage**.

Prices are Cloudflare's of 2026-11-26: [Workers](https://developers.cloudflare.com/workers/platform/pricing/), [D1](https://developers.cloudflare.com/d1/platform/pricing/),
[R2](https://developers.cloudflare.com/r2/pricing/), [Images](https://developers.cloudflare.com/images/pricing/) (${IMAGES_STORED_USD} USD for each 100,000 stored, ${IMAGES_DELIVERED_USD} USD for each 100,000 delivered).
`;
}
