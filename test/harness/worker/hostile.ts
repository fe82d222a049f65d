// The Worker that is fuzzed: a file and a query come in, and go the whole way that src would take them.

import type { Bytes } from "../../../workers/formats/bytes/source.ts";
import { createFactsReader } from "../../../workers/shared/image-facts.ts";
import { refusalOf } from "../../../workers/src/door/refusal.ts";
import { Stopwatch } from "../../../workers/src/door/stopwatch.ts";
import { originalFactsSchema } from "../../../workers/src/plan/stored-facts.ts";
import { render } from "../../../workers/src/render/pipeline.ts";
import { HeldFile } from "../held-file.ts";
import { settledPlan } from "./settled-plan.ts";
import { stripMetadata } from "./stripped.ts";
import { wasmBytesAlive } from "./wasm-memory.ts";

/** How a hostile file ended. `refused` and `picture` are fine; `fault` is what the contract forbids. */
export interface Ending {
  readonly kind: "picture" | "plain" | "refused" | "fault";
  readonly reason: string;
  readonly source?: string;
  readonly predictedBytes?: number;
  /** By how much the isolate's WASM memories grew. */
  readonly grownBytes?: number;
}

export default {
  async fetch(request: Request): Promise<Response> {
    if (request.method !== "POST") return new Response("ready");
    const file = new Uint8Array(await request.arrayBuffer());
    const { ending, bytes } = await follow(file, new URL(request.url));
    return new Response(bytes ?? null, {
      headers: { "x-ending": encodeURIComponent(JSON.stringify(ending)) },
    });
  },
};

interface Followed {
  readonly ending: Ending;
  readonly bytes?: Uint8Array<ArrayBuffer>;
}

async function follow(file: Uint8Array<ArrayBuffer>, url: URL): Promise<Followed> {
  const reader = createFactsReader();
  reader.push(file);
  const result = reader.end();
  if (result.kind !== "image") return { ending: { kind: "refused", reason: `facts: ${result.kind}` } };
  const facts = originalFactsSchema.parse(result.facts);
  const source = facts.format;
  const bytes = bytesOf(file);
  const before = wasmBytesAlive();
  let predictedBytes = 0;
  try {
    const plan = await settledPlan(url.search, { facts, fileBytes: file.length, bytes });
    if (plan.kind === "refused")
      return { ending: { kind: "refused", reason: `plan: ${plan.reason}`, source } };
    if (plan.kind === "plain") {
      const { metadata } = plan.variant;
      const served = stripMetadata(source, bytes.opened(), { metadata });
      const answer = new Uint8Array(await new Response(served).arrayBuffer());
      return { ending: { kind: "plain", reason: "", source }, bytes: answer };
    }
    predictedBytes = plan.memoryBytes;
    const held = new HeldFile();
    await render(
      plan,
      bytes,
      facts,
      new Stopwatch(),
      () => held.write,
      async () => undefined,
    );
    const answer = held.whole();
    const grownBytes = wasmBytesAlive() - before;
    return {
      ending: {
        kind: "picture",
        reason: plan.variant.format,
        source,
        predictedBytes,
        grownBytes,
      },
      bytes: answer,
    };
  } catch (thrown) {
    // What is refused late must not have grown beyond its plan either.
    const grownBytes = predictedBytes > 0 ? wasmBytesAlive() - before : 0;
    return { ending: { ...endingOf(thrown, url.href), source, predictedBytes, grownBytes } };
  }
}

function endingOf(thrown: unknown, url: string): Ending {
  const refusal = refusalOf(thrown, url);
  const reason = `${refusal.code}: ${refusal.message}`;
  if (refusal.code === "server_error") return { kind: "fault", reason: String(thrown) };
  const trap = findTrap(thrown);
  return trap === undefined
    ? { kind: "refused", reason }
    : { kind: "refused", reason: `${reason} (trap: ${trap})` };
}

/** A WASM trap somewhere behind a refusal: survived, but worth knowing. */
function findTrap(thrown: unknown): string | undefined {
  if (thrown instanceof WebAssembly.RuntimeError) return thrown.message;
  return thrown instanceof Error && thrown.cause !== undefined ? findTrap(thrown.cause) : undefined;
}

function bytesOf(file: Uint8Array<ArrayBuffer>): Bytes & { opened(): ReadableStream<Uint8Array> } {
  const opened = (from = 0) => new Blob([file.subarray(from)]).stream();
  return {
    opened,
    stream: async (from) => opened(from),
    whole: async () => file.slice(),
    range: async (offset, length) => file.slice(offset, offset + length),
  };
}
