// Answers the original itself, streamed, without the metadata that was not asked for.

import type { Bytes } from "../../formats/bytes/source.ts";
import { stripMetadata } from "../metadata/strip.ts";
import type { PlainPlan } from "../plan/plan.ts";
import type { Original } from "./original.ts";
import { countBytes, parseRange, sliceStream } from "./range.ts";

/**
 * Ranges are of the bytes as served, after the metadata is gone. Their length is known only at the end, so a ranged
 * request reads the original twice: once to count, once to answer. Only players and resumed downloads ask for ranges.
 */
export async function answerPlain(
  request: Request,
  plan: PlainPlan,
  original: Original,
  bytes: Bytes,
  headers: Headers,
): Promise<Response> {
  const open = async () =>
    stripMetadata(original.facts.format, await bytes.stream(), {
      metadata: plan.variant.metadata,
      readRange: bytes.range,
    });
  headers.set("Accept-Ranges", "bytes");
  if (request.method === "HEAD") return new Response(null, { headers });

  const range = rangeHeader(request, headers);
  if (range === null) return new Response(await open(), { headers });
  const length = await countBytes(await open());
  const part = parseRange(range, length);
  if (part === undefined) return new Response(await open(), { headers });
  if (part === "unsatisfiable") {
    const refusal = { "Content-Range": `bytes */${length}`, "Cache-Control": "no-store" };
    return new Response(null, { status: 416, headers: refusal });
  }
  headers.set("Content-Range", `bytes ${part.first}-${part.last}/${length}`);
  headers.set("Content-Length", String(part.last - part.first + 1));
  return new Response(sliceStream(await open(), part), { status: 206, headers });
}

/** `If-Range` with another version means that the caller's first half is stale: it gets the whole. */
function rangeHeader(request: Request, headers: Headers): string | null {
  const validator = request.headers.get("If-Range");
  const isCurrent =
    validator === null || [headers.get("ETag"), headers.get("Last-Modified")].includes(validator);
  return isCurrent ? request.headers.get("Range") : null;
}
