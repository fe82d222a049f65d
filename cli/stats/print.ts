// Figures as an operator reads them. Each number has its unit.
import type { Cost, CostLine } from "./cost.ts";
import type { Figures, Noted, Tally } from "./figures.ts";

const whole = (value: number) => Math.round(value).toLocaleString("en-US");
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
export const money = (usd: number) => `${usd.toFixed(2)} USD`;

/** `1.5 GB`: thousands, as Cloudflare bills. */
export function bytes(value: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"] as const;
  const at = Math.min(units.length - 1, value < 1_000 ? 0 : Math.floor(Math.log10(value) / 3));
  return `${at === 0 ? whole(value) : (value / 1_000 ** at).toFixed(1)} ${units[at]}`;
}

const moment = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;

export function print(
  { tally, noted, cost, forecast }: Figures,
  { name, begin, now }: { readonly name: string; readonly begin: number; readonly now: number },
): string {
  return [
    `${name}, ${moment(begin)} to ${moment(now)}`,
    ...section("Pictures", stored(tally)),
    ...(noted ? seen(noted) : section("Requests", NOTHING_NOTED)),
    ...section("Cost of this month so far, at least", costs(cost)),
    ...section(
      "Forecast for the month",
      forecast ? [`about ${money(forecast.totalUsd)}, if the rest is as what there was`] : TOO_EARLY,
    ),
  ].join("\n");
}

const NOTHING_NOTED = [
  "Nothing is noted: set analytics = true in the deployment's file (docs/analytics.md). What grows with them is not in the cost below.",
];
const TOO_EARLY = ["Too little is known for one: it needs a day of the month, and analytics."];

const section = (title: string, lines: readonly string[]) => ["", title, ...lines.map((line) => `  ${line}`)];

function stored(tally: Tally | undefined): readonly string[] {
  if (!tally)
    return ["They are counted on a walk over everything, a thousand a minute; the first is under way."];
  return [
    `${whole(tally.images)} with ${bytes(tally.bytes)} of originals; ${whole(tally.thisMonth)} of this month, ${whole(tally.blocked)} blocked`,
    `counted by ${moment(tally.countedAt)}`,
  ];
}

function seen({ renders, errors, images, ...noted }: Noted): readonly string[] {
  const made = renders.map(
    ({ cache, format, count, cpu_ms, p95_ms }) =>
      `${whole(count)} ${cache} ${format}: ${whole(cpu_ms / 1_000)} s of processor time predicted, 95 of 100 within ${whole(p95_ms)} ms`,
  );
  const failed = errors.map(
    ({ code, status, count }) => `${whole(count)} x ${status} ${code || "(no code)"}`,
  );
  const asked = images.map(({ image, count, bytes: sent }) => `${image}: ${whole(count)}, ${bytes(sent)}`);
  return [
    ...section("Uploads", [`${whole(noted.uploads)} with ${bytes(noted.uploadedBytes)}`]),
    ...section("Views", [`${whole(noted.answeredBySrc)} reached src`, hits(noted)]),
    ...section("Renders", made.length > 0 ? made : ["none"]),
    ...section("Errors", failed.length > 0 ? failed : ["none"]),
    ...section("Pictures asked for most, of the views that reached src", asked.length > 0 ? asked : ["none"]),
  ];
}

function hits({ hitRatio, passedOn }: Pick<Noted, "hitRatio" | "passedOn">): string {
  return hitRatio === undefined
    ? "how many the edge answered is not to be seen from here: dashboard > Workers & Pages > the src Worker > Metrics"
    : `${percent(hitRatio)} of ${whole(passedOn)} were answered by the edge`;
}

function costs({ lines, totalUsd }: Cost): readonly string[] {
  const amount = ({ amount: value, unit }: CostLine) =>
    unit === "GB" ? bytes(value * 1e9) : `${whole(value)}${unit && ` ${unit}`}`;
  return [
    "5.00 USD  Workers Paid",
    ...lines.map((line) => `${money(line.usd)}  ${line.what}: ${amount(line)}`),
    `${money(totalUsd)}  together, by prices read on 2026-11-26; views that the edge answered before a Worker are not in it`,
  ];
}
