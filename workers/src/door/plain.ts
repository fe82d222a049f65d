// Answers the original itself, streamed, without the metadata that was not asked for.

import type { Bytes } from "../../formats/bytes/source.ts";
import { type Recipe, servedPart } from "../metadata/recipe.ts";
import { recipeOf, stripMetadata, type Walked } from "../metadata/strip.ts";
import type { PlainPlan } from "../plan/plan.ts";
import { gate } from "./gate.ts";
import { KeptRecipes } from "./kept-recipes.ts";
import type { Original } from "./original.ts";
import { parseRange, sliceStream } from "./range.ts";

/** What the walks of this isolate have found, by the bytes they walked: the same bytes are always served alike. */
const kept = new KeptRecipes();

/** What a stream holds on its way: a few chunks of 64 KB, and as many pieces that have been sent. */
const STREAM_BYTES = 512 * 1024;
/** And a range: one piece of the original of a megabyte, and the one that has been sent. */
const RANGE_BYTES = 2 * 1024 * 1024;

/** Milliseconds that a walk takes: some for each megabyte, and some for a thousand pieces; as measured, with room. */
const MS_PER_MEGABYTE = 3;
const MS_PER_THOUSAND_PIECES = 3;
/** A walk below this costs less than the question whether it may be done. */
const WORTH_COUNTING_MS = 20;

const walkMs = ({ bytes, facts }: Original) =>
  (bytes / 1e6) * MS_PER_MEGABYTE + ((facts.pieces ?? 0) / 1e3) * MS_PER_THOUSAND_PIECES;

/**
 * Ranges are of the bytes as served, after the metadata is gone. The first view or range of a file walks through it, for the
 * length and for what goes where; all that follow copy, and ranges read only the parts that they answer. `spend` counts what a
 * walk of some size will take, and refuses by throwing.
 */
export async function answerPlain(
  request: Request,
  plan: PlainPlan,
  original: Original,
  bytes: Bytes,
  headers: Headers,
  spend: (cpuMs: number) => Promise<void>,
): Promise<Response> {
  const { format } = original.facts;
  const options = { metadata: plan.variant.metadata, readRange: bytes.range };
  const key = `${original.sha256} ${plan.variant.metadata}`;
  const known = kept.find(key);
  headers.set("Accept-Ranges", "bytes");
  if (known) headers.set("Content-Length", String(known.length));
  if (request.method === "HEAD") return new Response(null, { headers });
  const cpuMs = walkMs(original);
  if (!known && cpuMs >= WORTH_COUNTING_MS) await spend(cpuMs);

  const note = ({ recipe }: Walked) => {
    if (recipe) kept.keep(key, recipe);
  };
  const open = async () => {
    const watched = { ...options, watch: gate.hold(STREAM_BYTES) };
    const stream = await bytes.stream();
    return known
      ? stripMetadata(format, stream, { ...watched, recipe: known })
      : stripMetadata(format, stream, watched, note);
  };
  const range = rangeHeader(request, headers);
  if (range === null || !mayBeRange(range)) return new Response(await open(), { headers });
  const walked: Walked = known
    ? { length: known.length, recipe: known }
    : await recipeOf(format, await bytes.stream(), original.bytes, options);
  note(walked);
  const { length, recipe } = walked;
  const part = parseRange(range, length);
  if (part === undefined) return new Response(await open(), { headers });
  if (part === "unsatisfiable") {
    const refusal = { "Content-Range": `bytes */${length}`, "Cache-Control": "no-store" };
    return new Response(null, { status: 416, headers: refusal });
  }
  headers.set("Content-Range", `bytes ${part.first}-${part.last}/${length}`);
  headers.set("Content-Length", String(part.last - part.first + 1));
  const body = recipe ? streamOf(recipe, bytes, part) : sliceStream(await open(), part);
  return new Response(body, { status: 206, headers });
}

function streamOf(recipe: Recipe, bytes: Bytes, { first, last }: { first: number; last: number }) {
  const pieces = servedPart(recipe, bytes, first, last);
  const watch = gate.hold(RANGE_BYTES);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        watch.moved();
        const { done, value } = await pieces.next();
        if (!done) return controller.enqueue(value);
        watch.ended();
        controller.close();
      },
      async cancel() {
        watch.ended();
        await pieces.return(undefined);
      },
    },
    // One piece at a time: what nobody reads is not held.
    { highWaterMark: 0 },
  );
}

/** What is malformed means the whole whatever the length, and costs no walk. */
const mayBeRange = (range: string) => parseRange(range, Number.MAX_SAFE_INTEGER) !== undefined;

/** `If-Range` with another version means that the caller's first half is stale: it gets the whole. */
function rangeHeader(request: Request, headers: Headers): string | null {
  const validator = request.headers.get("If-Range");
  const isCurrent =
    validator === null || [headers.get("ETag"), headers.get("Last-Modified")].includes(validator);
  return isCurrent ? request.headers.get("Range") : null;
}
