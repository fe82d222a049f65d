// Answers the original itself, streamed, without the metadata that was not asked for.

import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import type { Bytes } from "../../formats/bytes/source.ts";
import { Damage } from "../../formats/damage.ts";
import { wantedRange } from "../edge/part.ts";
import { type Recipe, servedPart } from "../metadata/recipe.ts";
import {
  passesUnchanged,
  recipeOf,
  type StripOptions,
  stripInto,
  type Walked,
  type WritePiece,
} from "../metadata/strip.ts";
import { gate } from "./gate.ts";
import { KeptRecipes } from "./kept-recipes.ts";
import type { Original } from "./original.ts";
import { parseRange, sliceStream } from "./range.ts";

/** What the walks of this isolate have found, by the bytes they walked: the same bytes are always served alike. */
const kept = new KeptRecipes();

/** What a stream holds on its way: a chunk of 64 KB, small pieces of it together, and what the platform holds of both. */
const STREAM_BYTES = 512 * 1024;
/** And a range: one piece of the original of a megabyte, and the one that has been sent. */
const RANGE_BYTES = 2 * 1024 * 1024;

/** Milliseconds that a walk takes: some for each megabyte, and some for a thousand pieces; as measured, with room. */
const MS_PER_MEGABYTE = 3;
const MS_PER_THOUSAND_PIECES = 3;
/** Of a JPEG whose codes are followed to its end. */
const MS_PER_ENDLESS_MEGABYTE = 70;
/** A walk below this costs less than the question whether it may be done. */
const WORTH_COUNTING_MS = 20;

const walkMs = ({ bytes, facts }: Original) =>
  (bytes / 1e6) * (facts.endless ? MS_PER_ENDLESS_MEGABYTE : MS_PER_MEGABYTE) +
  ((facts.pieces ?? 0) / 1e3) * MS_PER_THOUSAND_PIECES;

/**
 * Ranges are of the bytes as served, after the metadata is gone. The first view, range or HEAD of a file walks through it, for the
 * length, without which some messengers show no preview, and for what goes where; all that follow copy, and ranges read only the parts
 * that they answer. `spend` counts what a walk of some size will take, and refuses by throwing.
 */
export async function answerPlain(
  request: Request,
  metadata: MetadataKept,
  original: Original,
  bytes: Bytes,
  headers: Headers,
  spend: (cpuMs: number) => Promise<void>,
): Promise<Response> {
  const { facts } = original;
  const { format } = facts;
  const options = optionsOf(original, metadata, bytes);
  const walked = await walkThrough(original, bytes, options, spend);
  const open = async () => {
    const stored = await bytes.stream();
    if (passesUnchanged(format)) return walked ? sized(stored, walked.length) : stored;
    const watched = { ...options, watch: gate.hold(STREAM_BYTES) };
    const recipe = walked?.recipe;
    const told = recipe ? { ...watched, recipe } : watched;
    return written(walked?.length, (write) => stripInto(format, stored, told, write));
  };
  headers.set("Accept-Ranges", "bytes");
  if (walked) headers.set("Content-Length", String(walked.length));
  if (request.method === "HEAD") return new Response(null, { headers });
  if (!walked) return new Response(await open(), { headers });
  const { length, recipe } = walked;
  const part = parseRange(wantedRange(request, headers), length);
  if (part === undefined) return new Response(await open(), { headers });
  if (part === "unsatisfiable") {
    const refusal = { "Content-Range": `bytes */${length}`, "Cache-Control": "no-store" };
    return new Response(null, { status: 416, headers: refusal });
  }
  const partBytes = part.last - part.first + 1;
  headers.set("Content-Range", `bytes ${part.first}-${part.last}/${length}`);
  headers.set("Content-Length", String(partBytes));
  const body = recipe ? streamOf(recipe, bytes, part) : sliceStream(await open(), part);
  return new Response(sized(body, partBytes), { status: 206, headers });
}

/** Whoever asks: what a walk finds is kept for all. */
const optionsOf = ({ facts }: Original, metadata: MetadataKept, bytes: Bytes): StripOptions => ({
  metadata,
  facts,
  readRange: bytes.range,
  isEndless: facts.endless === true,
});

/** How long the plain answer is; undefined where the file is damaged. The walk is part of what a render has been priced at. */
export async function plainLength(
  original: Original,
  metadata: MetadataKept,
  bytes: Bytes,
): Promise<number | undefined> {
  const options = optionsOf(original, metadata, bytes);
  return (await walkThrough(original, bytes, options, async () => undefined))?.length;
}

/** What the first walk finds, or has found; undefined where the file is damaged, which is served as far as it goes. */
async function walkThrough(
  original: Original,
  bytes: Bytes,
  options: StripOptions,
  spend: (cpuMs: number) => Promise<void>,
): Promise<Walked | undefined> {
  const key = `${original.sha256} ${options.metadata}`;
  const recipe = kept.find(key);
  if (recipe) return { length: recipe.length, recipe };
  const cpuMs = walkMs(original);
  if (cpuMs >= WORTH_COUNTING_MS) await spend(cpuMs);
  try {
    const walked = await recipeOf(original.facts.format, await bytes.stream(), original.bytes, options);
    if (walked.recipe) kept.keep(key, walked.recipe);
    return walked;
  } catch (problem) {
    if (problem instanceof Damage) return undefined;
    throw problem;
  }
}

/**
 * What `work` writes, as fast as it is read: the platform reads a piece where it lies, so that one buffer carries a file of any length. Goes on
 * for as long as the answer is read.
 */
function written(
  length: number | undefined,
  work: (write: WritePiece) => Promise<void>,
): ReadableStream<Uint8Array> {
  const pipe = length === undefined ? new IdentityTransformStream() : new FixedLengthStream(length);
  const writer = pipe.writable.getWriter();
  // Whoever writes sees it.
  writer.closed.catch(() => undefined);
  work((piece) => writer.write(piece))
    .then(() => writer.close())
    .catch((cause: unknown) => writer.abort(cause))
    .catch(() => undefined);
  return pipe.readable;
}

/** The platform sends a length only with a stream that is held to it, whatever the header says. */
function sized(body: ReadableStream<Uint8Array>, length: number): ReadableStream<Uint8Array> {
  return body.pipeThrough(new FixedLengthStream(length));
}

function streamOf(recipe: Recipe, bytes: Bytes, { first, last }: { first: number; last: number }) {
  const pieces = servedPart(recipe, bytes, first, last);
  const watch = gate.hold(RANGE_BYTES);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        watch.moved(value?.length);
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
