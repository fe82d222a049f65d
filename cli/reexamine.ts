// Asks a running edgepix to look at its old images again, batch after batch, until it has come to the end.
import { reexaminationSchema } from "../schema/admin.ts";
import { readAnswer, readError, reasonOf } from "./answers.ts";
import { fail } from "./options.ts";
import { shown } from "./refused.ts";
import { exitBy } from "./stop.ts";

interface Reexamination {
  /** Of the API, without a slash at the end. */
  readonly origin: string;
  /** The operator's token. */
  readonly token: string;
  /** Where an earlier run ended; "" for the beginning. */
  readonly from: string;
}

const BUSY_PAUSE_MILLISECONDS = 5_000;

/** Prints what changes and, so that another run can go on there, where it is. Ends the process where the API refuses. */
export async function reexamineAll({ origin, token, from }: Reexamination): Promise<void> {
  const sums = { examined: 0, changed: 0, failed: 0 };
  for (let cursor: string | null = from; cursor !== null; ) {
    const answer = await ask(origin, token, cursor);
    sums.examined += answer.examined;
    sums.changed += answer.changed.length;
    sums.failed += answer.failed.length;
    for (const id of answer.changed) console.log(`changed  ${shown(id)}`);
    for (const id of answer.failed) console.log(`failed   ${shown(id)}`);
    cursor = answer.next_cursor;
    const place = cursor === null ? "done" : `so far; to go on from here: --from ${shown(cursor) || '""'}`;
    console.log(`${sums.examined} examined, ${sums.changed} changed, ${sums.failed} failed, ${place}`);
    if (answer.is_busy) await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MILLISECONDS));
  }
}

async function ask(origin: string, token: string, cursor: string) {
  const response = await fetch(`${origin}/v1/admin/images/reexamine`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ cursor }),
    redirect: "manual",
  }).catch((problem: unknown) => fail(`${origin} does not answer: ${reasonOf(problem)}`));
  if (!response.ok) fail(`${origin} answered ${response.status}: ${(await readError(response)).message}`);
  return readAnswer(response, reexaminationSchema).catch((problem: unknown) => exitBy(problem));
}
