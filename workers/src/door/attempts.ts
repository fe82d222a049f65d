// What was tried in vain is not tried again by each view: a picture that is damaged, and a job that the platform killed.
//
// A job's mark lies in the Cache API while it is at work, and outlives the request if that is killed. It holds for one location, and costs nothing
// that a store would. A visitor who hangs up leaves none behind: what has begun is finished.
import * as z from "zod";
import { Damage } from "../../formats/damage.ts";
import { ApiError } from "../../shared/api-error.ts";
import { sentenceOf } from "./refusal.ts";

/** A dearer job is marked before it begins … */
const DEAR_MS = 500;
/** … and a cheap one when it turns out long: at its first breath after so much time. */
const LATE_MS = 2_000;
/** For so long after its beginning a job may still be at work for an honest viewer; with room for a busy isolate. */
const HONEST_MS = 10_000;
/** For so long what did not come back is not tried again. */
const KILLED_SECONDS = 120;
/** Bytes that are damaged now are so in a moment. */
const DAMAGED_SECONDS = 60;
const LOOK_MS = 250;

const markSchema = z.union([z.object({ startedAt: z.number() }), z.object({ damage: z.string() })]);
type Mark = z.infer<typeof markSchema>;

const attempts = () => caches.open("attempts");

export async function mark(name: string, seconds: number, what: Mark): Promise<void> {
  const headers = { "Cache-Control": `public, max-age=${seconds}` };
  await (await attempts()).put(name, Response.json(what, { headers }));
}

/** Takes a mark back. One that is still being written when its job ends would outlive it, and turn honest viewers away for minutes. */
async function unmark(name: string, marking: Promise<void> | undefined): Promise<void> {
  if (!marking) return;
  await Promise.allSettled([marking]);
  await (await attempts()).delete(name);
}

/**
 * Runs the job of this name, and remembers that it was tried for as long as it has not ended, or its file has not begun: a stream lasts as long as
 * its reader likes.
 */
export async function attempt<Result>(
  name: string,
  cpuMs: number,
  job: () => Promise<Result>,
  fileBegun: Promise<unknown>,
): Promise<Result> {
  let marking: Promise<void> | undefined;
  const begin = () => {
    marking = mark(name, KILLED_SECONDS, { startedAt: Date.now() });
    return marking;
  };
  let forgetting: Promise<void> | undefined;
  const forget = () => {
    clearTimeout(late);
    forgetting ??= unmark(name, marking);
    return forgetting;
  };
  const report = (cause: unknown) => console.error("An attempt was not marked.", cause);
  const late = setTimeout(() => begin().catch(report), LATE_MS);
  if (cpuMs >= DEAR_MS) {
    clearTimeout(late);
    await begin();
  }
  // Where it fails, so does the job.
  fileBegun.then(forget, () => undefined).catch(report);
  try {
    const result = await job();
    await forget();
    return result;
  } catch (thrown) {
    await forget();
    if (thrown instanceof Damage) await mark(name, DAMAGED_SECONDS, { damage: thrown.message });
    throw thrown;
  }
}

/**
 * Waits while somebody may still be at the job of this name, and says whether it had to. Throws `media_failed` where the picture was found to be
 * damaged, and `overloaded` where the job must have been killed.
 */
export async function waitForAttempt(name: string): Promise<boolean> {
  const cache = await attempts();
  for (let hasWaited = false; ; hasWaited = true) {
    const found = await cache.match(name);
    if (!found) return hasWaited;
    const what = markSchema.parse(await found.json());
    if ("damage" in what) throw new ApiError("media_failed", { message: sentenceOf(what.damage) });
    const age = Date.now() - what.startedAt;
    if (age >= HONEST_MS) throw killed(KILLED_SECONDS - age / 1_000);
    await scheduler.wait(LOOK_MS);
  }
}

function killed(seconds: number): ApiError {
  return new ApiError("overloaded", {
    message: "This picture could not be made a moment ago. It will be tried again later.",
    action: { type: "wait", retry_after: Math.max(1, Math.ceil(seconds)) },
  });
}
