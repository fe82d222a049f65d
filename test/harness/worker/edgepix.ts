// The engine itself, driven as the src Worker drives it: plan first, bytes later.

import { openChunks } from "../../../workers/formats/bytes/chunks.ts";
import type { Bytes } from "../../../workers/formats/bytes/source.ts";
import { Output } from "../../../workers/src/door/output.ts";
import { Stopwatch } from "../../../workers/src/door/stopwatch.ts";
import { mostHeldBytes } from "../../../workers/src/plan/kernel-memory.ts";
import { render } from "../../../workers/src/render/pipeline.ts";
import type { Engine } from "./engine.ts";
import { serve } from "./serve.ts";
import { settledPlan } from "./settled-plan.ts";
import { stripMetadata } from "./stripped.ts";

const renderWithEdgepix: Engine = async ({ facts, bytes: fileBytes, query }, open) => {
  const bytes = bytesFrom(open);
  const plan = await settledPlan(query, { facts, fileBytes, bytes });
  if (plan.kind === "refused") throw new Error(plan.reason);
  if (plan.kind === "plain") {
    const { metadata } = plan.variant;
    return { servedBytes: await drain(stripMetadata(facts.format, await bytes.stream(), { metadata })) };
  }
  const output = new Output(mostHeldBytes);
  const following = output.follow(
    render(
      plan,
      bytes,
      facts,
      new Stopwatch(),
      () => output.write,
      async () => undefined,
    ),
  );
  const { body } = await output.begun;
  const predictedBytes = plan.memoryBytes;
  if (body instanceof Uint8Array) return { bytes: body, predictedBytes };
  const servedBytes = await drain(body);
  await following;
  return { servedBytes, predictedBytes };
};

const bytesFrom = (open: () => Promise<Response>): Bytes => ({
  stream: async (from = 0) => behind(await streamOf(open), from),
  whole: async () => new Uint8Array(await (await open()).arrayBuffer()),
  range: async (offset, length) => firstOf(behind(await streamOf(open), offset), length),
});

async function streamOf(open: () => Promise<Response>): Promise<ReadableStream<Uint8Array>> {
  const { body } = await open();
  if (!body) throw new Error("the photo has no bytes");
  return body;
}

/** As a connection reads it: into one buffer, which leaves nothing behind. */
async function drain(stream: ReadableStream<Uint8Array>): Promise<number> {
  const reader = openChunks(stream, "shared");
  let length = 0;
  for (let piece = await reader.next(); piece; piece = await reader.next()) length += piece.length;
  return length;
}

/** The platform asks for a default export. */
export default serve(renderWithEdgepix);

/** The disk knows no ranges: what stands before is read and dropped, a little at a time. */
function behind(stream: ReadableStream<Uint8Array>, from: number): ReadableStream<Uint8Array> {
  if (from === 0) return stream;
  const chunks = openChunks(stream, "shared");
  let left = from;
  return new ReadableStream(
    {
      async pull(controller) {
        for (;;) {
          const chunk = await chunks.next();
          if (!chunk) return controller.close();
          const rest = chunk.slice(Math.min(left, chunk.length));
          left -= chunk.length - rest.length;
          if (rest.length > 0) return controller.enqueue(rest);
        }
      },
      cancel: () => chunks.cancel(),
    },
    { highWaterMark: 0 },
  );
}

async function firstOf(stream: ReadableStream<Uint8Array>, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  const chunks = openChunks(stream);
  let at = 0;
  while (at < length) {
    const chunk = await chunks.next();
    if (!chunk) break;
    bytes.set(chunk.subarray(0, length - at), at);
    at += Math.min(chunk.length, length - at);
  }
  await chunks.cancel();
  return bytes.subarray(0, at);
}
