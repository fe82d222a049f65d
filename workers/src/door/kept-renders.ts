// Dear renders are kept in R2 beside their original, so that another city, or this one next week, reads what has been made once.
//
// What is kept is found by the version's name, which only says what the row says now: a deleted or blocked picture is asked for by nobody.
import { mimeTypes } from "../../../schema/facts.ts";
import { logError } from "../../shared/log.ts";
import { keptRenderKey } from "../../shared/object-keys.ts";
import { KEPT_HEADER } from "../edge/directives.ts";
import { isOnLadder } from "../plan/ladder.ts";
import type { RenderPlan } from "../plan/plan.ts";
import type { Decision } from "./decide.ts";
import type { Original } from "./original.ts";
import { type AnswerFormat, formatOf } from "./respond.ts";
import { isSample } from "./sample.ts";
import { ENGINE } from "./version.ts";

/** Predicted milliseconds from which a render is kept: about what writing it costs, and a photograph takes half of it. */
const DEAR_MS = 250;
/** What ends sooner is not worth it. Nor may a render outlast its image: what it kept would be left over. */
const LEAST_LIFE_MS = 3_600_000;

/** Strangers can mint the others without end, and would fill the bucket. */
export function isWorthKeeping(
  { original, asked }: Decision,
  { cpuMs, look }: Pick<RenderPlan, "cpuMs" | "look">,
  now: number,
): boolean {
  // The sweeper clears away what has no row.
  if (isSample(original)) return false;
  const { expiresAt } = original;
  const lives = expiresAt === null || expiresAt - now >= LEAST_LIFE_MS;
  return lives && cpuMs + (look?.cpuMs ?? 0) >= DEAR_MS && isOnLadder(asked.transform);
}

/** The answer that is kept under this version; undefined where there is none, or the bucket fails: it is made then. */
export async function findKept(
  bucket: R2Bucket,
  original: Original,
  version: string,
): Promise<Response | undefined> {
  try {
    const object = await bucket.get(keptRenderKey(original, ENGINE, version));
    if (!object) return undefined;
    const headers = new Headers({ [KEPT_HEADER]: "1", "Content-Length": String(object.size) });
    object.writeHttpMetadata(headers);
    const answer = new Response(object.body, { headers });
    return formatOf(answer) ? answer : undefined;
  } catch (error) {
    logError("a kept render could not be read", error, { image: original.id });
    return undefined;
  }
}

/** Never rejects: the answer has gone out already. */
export async function keepRender(
  bucket: R2Bucket,
  original: Original,
  version: string,
  { format, body }: { readonly format: AnswerFormat; readonly body: Uint8Array<ArrayBuffer> },
): Promise<void> {
  try {
    const httpMetadata = { contentType: mimeTypes[format] };
    await bucket.put(keptRenderKey(original, ENGINE, version), body, { httpMetadata });
  } catch (error) {
    logError("a render could not be kept", error, { image: original.id });
  }
}
