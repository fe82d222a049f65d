// A day of a deployment, before and after: what reaches which tier, and what it costs there. All figures are a day's.
import { missRate } from "./cache.ts";
import { bandsOf } from "./popularity.ts";
import {
  BEHIND_TTL_DAYS,
  BROWSER_SHARE,
  CITIES,
  type Deployment,
  FRONT_MS,
  FRONT_TTL_DAYS,
  PLAIN_MS,
  REGIONS,
  REPLACED_SHARE,
  type Retention,
  spellings,
  type Variant,
  variants,
} from "./settings.ts";

export interface Day {
  views: number;
  /** What browsers do not answer by themselves. */
  atEdge: number;
  cityHits: number;
  regionHits: number;
  frontRuns: number;
  rowsRead: number;
  objectsRead: number;
  renders: number;
  cpuMs: number;
}

const emptyDay = (): Day => ({
  views: 0,
  atEdge: 0,
  cityHits: 0,
  regionHits: 0,
  frontRuns: 0,
  rowsRead: 0,
  objectsRead: 0,
  renders: 0,
  cpuMs: 0,
});

const cityWeights = Array.from({ length: CITIES }, (_, city) => 1 / (city + 1));
const allWeights = cityWeights.reduce((sum, weight) => sum + weight, 0);
const cityShares = cityWeights.map((weight) => weight / allWeights);

/** What cities let through to each region's tier, and that to whoever is behind. */
function through(rate: number, { cityIdleDays, regionIdleDays }: Retention, ttlDays: number) {
  const toRegions = Array.from({ length: REGIONS }, () => 0);
  for (const [city, share] of cityShares.entries())
    toRegions[city % REGIONS] =
      (toRegions[city % REGIONS] ?? 0) + missRate(rate * share, cityIdleDays, ttlDays);
  const behind = toRegions.map((missed) => missRate(missed, regionIdleDays, ttlDays));
  return { toRegions: sum(toRegions), behind };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Adds what one image's variant comes to. */
type Design = (day: Day, rate: number, variant: Variant, kept: Retention) => void;

/** The cache behind the front door: every view ran it and read a row; plain originals came from R2 each time. */
const before: Design = (day, rate, { renderMs }, kept) => {
  day.frontRuns += rate;
  day.rowsRead += rate;
  day.cpuMs += rate * FRONT_MS;
  if (renderMs === null) {
    day.objectsRead += rate;
    day.cpuMs += rate * PLAIN_MS;
    return;
  }
  const { toRegions, behind } = through(rate, kept, BEHIND_TTL_DAYS);
  const missed = sum(behind);
  day.cityHits += rate - toRegions;
  day.regionHits += toRegions - missed;
  // An engine change gave every render another name at once; the share of a day is the same.
  addRenders(day, missed + (toRegions - missed) * REPLACED_SHARE, renderMs);
};

/** The cache before the front door, by the URL as it is spelled; a second one behind it, by what the picture is. */
const after: Design = (day, rate, { renderMs }, kept) => {
  const runsByRegion = Array.from({ length: REGIONS }, () => 0);
  for (const share of spellings) {
    const { toRegions, behind } = through(rate * share, kept, FRONT_TTL_DAYS);
    day.cityHits += rate * share - toRegions;
    day.regionHits += toRegions - sum(behind);
    for (const [region, runs] of behind.entries()) runsByRegion[region] = (runsByRegion[region] ?? 0) + runs;
  }
  const runs = sum(runsByRegion);
  day.frontRuns += runs;
  day.rowsRead += runs;
  day.cpuMs += runs * FRONT_MS;
  if (renderMs === null) {
    day.objectsRead += runs;
    day.cpuMs += runs * PLAIN_MS;
    return;
  }
  const missed = sum(runsByRegion.map((asked) => missRate(asked, kept.regionIdleDays, BEHIND_TTL_DAYS)));
  addRenders(day, missed + (runs - missed) * REPLACED_SHARE, renderMs);
};

/** A render looks the row up once more, and reads the original. */
function addRenders(day: Day, renders: number, renderMs: number): void {
  day.renders += renders;
  day.rowsRead += renders;
  day.objectsRead += renders;
  day.cpuMs += renders * renderMs;
}

export const designs = { before, after } as const satisfies Record<string, Design>;

export function dayOf(deployment: Deployment, design: Design, kept: Retention): Day {
  const day = emptyDay();
  for (const { images, viewsPerDay } of bandsOf(deployment)) {
    const atEdge = viewsPerDay * (1 - BROWSER_SHARE);
    const ofOne = emptyDay();
    for (const variant of variants) design(ofOne, atEdge * variant.share, variant, kept);
    day.views += viewsPerDay * images;
    day.atEdge += atEdge * images;
    for (const name of [
      "cityHits",
      "regionHits",
      "frontRuns",
      "rowsRead",
      "objectsRead",
      "renders",
      "cpuMs",
    ] as const)
      day[name] += ofOne[name] * images;
  }
  return day;
}
