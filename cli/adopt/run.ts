// Adopts every new object of a bucket, some at a time. The deployment knows which are done, so a run begins where the last one ended.
import type { Adoption } from "../../schema/adopt.ts";
import { Refused } from "../backup/operator.ts";
import type { RefusedThing } from "../refused.ts";
import { someAtOnce } from "../some-at-once.ts";
import { Stop } from "../stop.ts";
import type { NewObject } from "./walk.ts";

export interface AdoptResult {
  readonly done: number;
  /** Another run was faster. */
  readonly there: number;
  /** Why it ended before its end; undefined where it came to it. */
  readonly over?: Stop;
}

interface Run {
  readonly objects: AsyncIterator<NewObject>;
  /** Throws a `Stop`. */
  readonly adopt: (object: NewObject) => Promise<Adoption["outcome"]>;
  readonly refuse: (thing: RefusedThing) => void;
  readonly atOnce: number;
  readonly show: (counts: { readonly sent: number; readonly refused: number }) => void;
}

/** So many failures of the deployment in a row are no fault of the objects. */
const MOST_FAILURES = 8;

export async function adoptAll({ objects, adopt, refuse, atOnce, show }: Run): Promise<AdoptResult> {
  let [done, there, refused, failures] = [0, 0, 0, 0];
  let over: Stop | undefined;
  const take = async (object: NewObject) => {
    if (over) return;
    const outcome = await orRefused(adopt(object)).catch((problem: unknown) => {
      if (!(problem instanceof Stop)) throw problem;
      over ??= problem;
    });
    if (!outcome) return;
    if (outcome.kind === "adopted") done++;
    if (outcome.kind === "there") there++;
    if (outcome.kind === "refused") {
      refused++;
      refuse({ name: object.key, code: outcome.code, message: outcome.message });
    }
    failures = outcome.kind === "refused" && outcome.isOurs ? failures + 1 : 0;
    if (failures >= MOST_FAILURES)
      over ??= new Stop(
        "The deployment fails for one object after the other.",
        "`npx wrangler tail` shows why.",
      );
    show({ sent: done + there + refused, refused });
  };
  await someAtOnce(
    until(objects, () => over !== undefined),
    atOnce,
    take,
  ).catch((problem: unknown) => {
    // The list could not be read on.
    if (!(problem instanceof Stop)) throw problem;
    over ??= problem;
  });
  return { done, there, ...(over && { over }) };
}

type Outcome = Adoption["outcome"] & { readonly isOurs?: boolean };

/** An object at which the deployment fails every time must not keep the others waiting. */
async function orRefused(adoption: Promise<Adoption["outcome"]>): Promise<Outcome> {
  try {
    return await adoption;
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem;
    if (problem.code === "quota_exceeded")
      throw new Stop(
        problem.message,
        "`npm run admin -- plan <account> unlimited` gives the account more room.",
      );
    if (problem.status < 500) throw problem;
    return { kind: "refused", code: problem.code, message: problem.message, isOurs: true };
  }
}

/** Lists nothing more once it is over. */
function until<T>(items: AsyncIterator<T>, isOver: () => boolean): AsyncIterator<T> {
  return { next: async () => (isOver() ? { done: true, value: undefined } : items.next()) };
}
