// What a request wants of a whole answer that is at hand: nothing but the news that it has it (304), its head, a part (206), or all of it.
// Conditions: RFC 9110, section 13.2.2. Ranges: section 14, one at a time; several are answered with the whole.
import { openToAll } from "../../shared/cross-origin.ts";
import { parseRange, sliceStream } from "../door/range.ts";

/** `answer` is a 200 with its validators, and becomes what is returned; other answers pass as they are. */
export async function partOf(request: Request, answer: Response): Promise<Response> {
  if (answer.status !== 200) return answer;
  const { headers } = answer;
  if (isNotModified(request, headers)) {
    await answer.body?.cancel();
    headers.delete("Content-Length");
    return new Response(null, { status: 304, headers });
  }
  const length = headers.get("Content-Length");
  if (length !== null) headers.set("Accept-Ranges", "bytes");
  if (request.method === "HEAD") {
    await answer.body?.cancel();
    return new Response(null, { headers });
  }
  if (length === null || !answer.body) return answer;
  const part = parseRange(wantedRange(request, headers), Number(length));
  if (part === undefined) return answer;
  if (part === "unsatisfiable") {
    await answer.body.cancel();
    const refusal = new Headers({ "Content-Range": `bytes */${length}`, "Cache-Control": "no-store" });
    openToAll(refusal);
    return new Response(null, { status: 416, headers: refusal });
  }
  const partBytes = part.last - part.first + 1;
  headers.set("Content-Range", `bytes ${part.first}-${part.last}/${length}`);
  headers.set("Content-Length", String(partBytes));
  const body = sliceStream(answer.body, part).pipeThrough(new FixedLengthStream(partBytes));
  return new Response(body, { status: 206, headers });
}

/** `If-None-Match` first, and only without it `If-Modified-Since`. Tags are compared weakly, as section 13.1.2 asks. */
export function isNotModified(request: Request, headers: Headers): boolean {
  const tags = request.headers.get("If-None-Match");
  if (tags !== null) {
    const isCurrent = (tag: string) => tag.trim().replace(/^W\//, "") === headers.get("ETag");
    return tags.trim() === "*" || tags.split(",").some(isCurrent);
  }
  const since = Date.parse(request.headers.get("If-Modified-Since") ?? "");
  return Date.parse(headers.get("Last-Modified") ?? "") <= since;
}

/** `If-Range` with another version means that the caller's first half is stale: it gets the whole. */
export function wantedRange(request: Request, headers: Headers): string | null {
  const validator = request.headers.get("If-Range");
  const isCurrent =
    validator === null || [headers.get("ETag"), headers.get("Last-Modified")].includes(validator);
  return isCurrent ? request.headers.get("Range") : null;
}
