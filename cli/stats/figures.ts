// Makes figures of what D1 and the Analytics Engine answered. Pure.
import type * as z from "zod";
import { type Cost, costOf, forecast, type Used } from "./cost.ts";
import type { queries } from "./queries.ts";

/** Of the sweeper's last walk over all pictures. */
export interface Tally {
  readonly images: number;
  readonly bytes: number;
  readonly thisMonth: number;
  readonly blocked: number;
  readonly countedAt: number;
}

type Rows<Name extends keyof typeof queries> = z.output<(typeof queries)[Name]["rows"]>;
export type Answers = { readonly [Name in keyof typeof queries]: Rows<Name> };

export interface Figures {
  readonly tally: Tally | undefined;
  /** undefined where nothing is noted. */
  readonly noted: Noted | undefined;
  readonly cost: Cost;
  /** undefined on the first day of a month, and where nothing is noted. */
  readonly forecast: Cost | undefined;
}

export interface Noted {
  readonly uploads: number;
  readonly uploadedBytes: number;
  /** Views that the API's Worker passed on; all there are where pictures are at its host. */
  readonly passedOn: number;
  /** Views that src answered itself. */
  readonly answeredBySrc: number;
  /** Between 0 and 1; undefined where pictures have a host of their own, or nobody has looked. */
  readonly hitRatio: number | undefined;
  readonly renders: Rows<"renders">;
  readonly errors: Rows<"errors">;
  readonly images: Rows<"images">;
}

const sum = <Row>(rows: readonly Row[], of: (row: Row) => number) =>
  rows.reduce((all, row) => all + of(row), 0);

/** `sharesHost`: pictures are at the host of the API, which passes each view on. */
export function figuresOf(
  tally: Tally | undefined,
  answers: Answers | undefined,
  { now, sharesHost }: { readonly now: number; readonly sharesHost: boolean },
): Figures {
  const noted = answers && notedOf(answers, sharesHost);
  const used = usedOf(tally, answers, noted, sharesHost);
  const later = answers && forecast(used, now);
  return { tally, noted, cost: costOf(used), forecast: later && costOf(later) };
}

function notedOf({ requests, uploads, renders, errors, images }: Answers, sharesHost: boolean): Noted {
  const views = requests.filter(({ route }) => route === "picture");
  const passedOn = sum(
    views.filter(({ worker }) => worker === "api"),
    ({ count }) => count,
  );
  const answeredBySrc = sum(
    views.filter(({ worker }) => worker === "src"),
    ({ count }) => count,
  );
  const isKnown = sharesHost && passedOn > 0;
  return {
    uploads: sum(uploads, ({ count }) => count),
    uploadedBytes: sum(uploads, ({ received }) => received),
    ...{ passedOn, answeredBySrc, renders, errors, images },
    // Samples of one are not samples of the other.
    hitRatio: isKnown ? Math.max(0, 1 - answeredBySrc / passedOn) : undefined,
  };
}

function usedOf(
  tally: Tally | undefined,
  answers: Answers | undefined,
  noted: Noted | undefined,
  sharesHost: boolean,
): Used {
  const stored = { originalBytes: tally?.bytes ?? 0, images: tally?.images ?? 0 };
  if (!answers || !noted)
    return { requests: 0, renderCpuMs: 0, objectReads: 0, objectWrites: 0, points: 0, ...stored };
  const all = sum(answers.requests, ({ count }) => count);
  const renders = sum(answers.renders, ({ count }) => count);
  return {
    requests: sharesHost ? all - noted.answeredBySrc : all,
    renderCpuMs: sum(answers.renders, ({ cpu_ms }) => cpu_ms),
    objectReads: noted.answeredBySrc,
    objectWrites: noted.uploads,
    points: all + renders,
    ...stored,
  };
}
