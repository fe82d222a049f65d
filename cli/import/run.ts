// Brings every entry over exactly once, some at a time, and knows after a kill which ones are there.

import type { Counts } from "../progress.ts";
import { someAtOnce } from "../some-at-once.ts";
import type { Outcome } from "./answers.ts";
import type { Deployment } from "./deployment.ts";
import type { Entry } from "./entry.ts";
import type { Journal, Refused } from "./journal.ts";

/** The deployment knows an Idempotency-Key for a day; what was sent longer ago is looked for by its label. */
const KEY_HOURS = 23;

export interface Result {
  readonly done: number;
  /** Done by earlier runs. */
  readonly before: number;
  readonly refused: readonly (Refused & { readonly name: string })[];
  /** Why it ended before its end; undefined where it came to it. */
  readonly over?: string;
}

interface Run {
  readonly entries: readonly Entry[];
  readonly journal: Journal;
  readonly deployment: Pick<Deployment, "send" | "find">;
  readonly atOnce: number;
  /** Sends what was refused for good once more. */
  readonly isAgain: boolean;
  readonly show: (counts: Counts) => void;
  readonly clock: () => number;
}

export async function bringAll({
  entries,
  journal,
  deployment,
  atOnce,
  isAgain,
  show,
  clock,
}: Run): Promise<Result> {
  const refused: (Refused & { name: string })[] = [];
  const left: Entry[] = [];
  for (const entry of entries) {
    const refusal = isAgain ? undefined : journal.refusalOf(entry.name);
    if (refusal) refused.push({ name: entry.name, code: refusal.code, message: refusal.message });
    else if (!journal.isDone(entry.name)) left.push(entry);
  }
  const before = entries.length - left.length - refused.length;
  let [sent, done] = [0, 0];
  let over: string | undefined;
  const tell = () =>
    show({ all: entries.length, sent, over: entries.length - left.length + sent, refused: refused.length });
  await someAtOnce(left.values(), atOnce, async (entry) => {
    if (over !== undefined) return;
    const outcome = await bring(entry, { journal, deployment, clock });
    if (outcome.kind === "over") over ??= outcome.message;
    if (over !== undefined) return;
    sent++;
    if (outcome.kind === "done") done++;
    if (outcome.kind === "refused")
      refused.push({ name: entry.name, code: outcome.code, message: outcome.message });
    tell();
  });
  return { done, before, refused, ...(over !== undefined && { over }) };
}

type Brought = Exclude<Outcome, { readonly kind: "sent before" }>;

async function bring(
  entry: Entry,
  { journal, deployment, clock }: Pick<Run, "journal" | "deployment" | "clock">,
): Promise<Brought> {
  const { name } = entry;
  const begunAt = journal.begunAt(name);
  const isForgotten = begunAt !== undefined && clock() - begunAt > KEY_HOURS * 3_600_000;
  if (begunAt === undefined) journal.begin(name, clock());
  const outcome = isForgotten ? ({ kind: "sent before" } as const) : await deployment.send(entry);
  const known = outcome.kind === "sent before" ? await look(entry, deployment) : outcome;
  if (known.kind === "done") journal.finish(name, known.image);
  if (known.kind === "refused" && known.isForGood) journal.refuse(name, known);
  return known;
}

/** Of what was sent in an earlier run: the picture that was made of it then, or one that is made now. */
async function look(entry: Entry, deployment: Pick<Deployment, "send" | "find">): Promise<Brought> {
  const refused = (message: string) =>
    ({ kind: "refused", code: "changed", message, isForGood: false }) as const;
  try {
    const image = await deployment.find(entry);
    if (image) return { kind: "done", image };
  } catch (problem) {
    return refused(
      `It could not be looked for: ${problem instanceof Error ? problem.message : String(problem)}`,
    );
  }
  const outcome = await deployment.send(entry);
  return outcome.kind === "sent before"
    ? refused("It was another file when it was sent before. Try again tomorrow.")
    : outcome;
}
