// The engine itself, driven as the src Worker drives it; the facts are read once a photo, as its row holds them.

import { outputFormats } from "../../schema/facts.ts";
import { parseTransform } from "../../schema/transform.ts";
import { createFactsReader } from "../../workers/shared/image-facts.ts";
import type { Bytes } from "../../workers/src/codecs/codec.ts";
import { render } from "../../workers/src/pipeline.ts";
import { defaultLimits, makePlan } from "../../workers/src/plan.ts";
import { Stopwatch } from "../../workers/src/stopwatch.ts";
import { type OriginalFacts, originalFactsSchema } from "../../workers/src/stored-facts.ts";
import { stripMetadata } from "../../workers/src/strip-metadata.ts";
import type { Engine } from "./engine.ts";
import { serve } from "./serve.ts";

const known = new Map<string, OriginalFacts>();

const renderWithEdgepix: Engine = async ({ photo, query }, open) => {
  const facts = known.get(photo) ?? (await readFacts(open));
  known.set(photo, facts);
  const format = outputFormats.find((name) => name === facts.format) ?? "jpg";
  const asked = { transform: parseTransform(new URLSearchParams(query)), extension: format, accept: "" };
  const plan = makePlan(asked, { format, transformable: true, facts }, defaultLimits);
  if (plan.kind === "refused") throw new Error(plan.reason);
  const bytes = bytesFrom(open);
  if (plan.kind === "plain") {
    const { metadata } = plan.variant;
    return { servedBytes: await drain(stripMetadata(facts.format, await bytes.stream(), { metadata })) };
  }
  const watch = new Stopwatch();
  return { bytes: await render(plan, bytes, facts, watch), predictedBytes: plan.memoryBytes };
};

async function readFacts(open: () => Promise<Response>): Promise<OriginalFacts> {
  const reader = createFactsReader();
  for await (const chunk of await streamOf(open)) reader.push(chunk);
  const result = reader.end();
  if (result.kind !== "image") throw new Error(`the photo is ${result.kind}`);
  return originalFactsSchema.parse(result.facts);
}

const bytesFrom = (open: () => Promise<Response>): Bytes => ({
  stream: () => streamOf(open),
  whole: async () => new Uint8Array(await (await open()).arrayBuffer()),
  // The disk knows no ranges.
  range: async (offset, length) => (await (await open()).bytes()).slice(offset, offset + length),
});

async function streamOf(open: () => Promise<Response>): Promise<ReadableStream<Uint8Array>> {
  const { body } = await open();
  if (!body) throw new Error("the photo has no bytes");
  return body;
}

async function drain(stream: ReadableStream<Uint8Array>): Promise<number> {
  let length = 0;
  for await (const chunk of stream) length += chunk.length;
  return length;
}

/** The platform asks for a default export. */
export default serve(renderWithEdgepix);
