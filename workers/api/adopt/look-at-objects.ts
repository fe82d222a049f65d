// Whether objects would be adopted, as far as their first bytes tell; nothing is made.
import type { LookedAt } from "../../../schema/adopt.ts";
import type { PlanLimits } from "../../../schema/plans.ts";
import { ApiError } from "../../shared/api-error.ts";
import { answered } from "../upload/arriving.ts";
import { Inspector } from "../upload/inspect.ts";
import { refuseOver } from "../upload/refuse-over.ts";
import { Sanitised } from "../upload/sanitised.ts";
import type { SourceBucket } from "./bucket.ts";
import { sentenceOf } from "./refusal.ts";

/** Enough for nearly every header; what needs more is judged when it is adopted. */
const HEAD_BYTES = 64 * 1024;

/** Ends the reading where the head ends and the file does not. */
class HeadIsOver extends Error {}

export async function lookAtObjects(
  bucket: SourceBucket,
  keys: readonly string[],
  limits: Pick<PlanLimits, "maxFileBytes">,
): Promise<LookedAt["looks"]> {
  return Promise.all(keys.map(async (key) => ({ key, refusal: await refusalOf(bucket, key, limits) })));
}

/** The same steps as an upload takes, as far as the head goes. */
async function refusalOf(
  { objects }: SourceBucket,
  key: string,
  { maxFileBytes }: Pick<PlanLimits, "maxFileBytes">,
): Promise<string | null> {
  // Not a range: R2 has none of an object without bytes.
  const object = await objects.get(key);
  if (!object) return "It is gone.";
  try {
    const inspector = new Inspector(maxFileBytes);
    const safe = new Sanitised(headOf(object, maxFileBytes), {
      maxBytes: maxFileBytes,
      hold: async () => undefined,
    });
    // The generator does the work.
    for await (const _ of inspector.watch(safe));
    await inspector.finish();
    return null;
  } catch (problem) {
    if (problem instanceof HeadIsOver) return null;
    if (problem instanceof ApiError) return sentenceOf(problem);
    throw problem;
  }
}

async function* headOf({ body, size }: R2ObjectBody, maxBytes: number): AsyncGenerator<Uint8Array> {
  let read = 0;
  // Whoever leaves the loop cancels the rest.
  for await (const chunk of answered(body)) {
    refuseOver(size, maxBytes);
    yield chunk;
    read += chunk.length;
    if (read >= HEAD_BYTES && read < size) throw new HeadIsOver();
  }
}
