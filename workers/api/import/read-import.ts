// An upload whose file lies elsewhere: JSON with its `url`, and the same fields as a form.
import * as z from "zod";
import { ApiError } from "../../shared/api-error.ts";
import { declaredLength, readText } from "../../shared/http.ts";
import { parseShallowJson } from "../../shared/json.ts";
import { answered, withoutCrumbs } from "../upload/arriving.ts";
import { parseDisposition } from "../upload/content-disposition.ts";
import { parseUploadFields } from "../upload/fields.ts";
import type { Hold } from "../upload/memory.ts";
import type { OpenFile, Upload } from "../upload/upload.ts";
import { invalid } from "../validation.ts";
import { type Fetched, fetchPublic, type Outside, parseAddress } from "./fetch-public.ts";

/** Labels and metadata at their limits fit in half of it. */
const MAX_JSON_BYTES = 1_000_000;
/** As text, as objects, and once more when they are checked. */
const BYTES_A_BYTE = 6;

const requestSchema = z.looseObject({
  url: z.string("Send the address of a picture.").min(1, "Send the address of a picture.").max(8_192),
});

export async function readImport(
  body: AsyncIterable<Uint8Array>,
  outside: Outside | null,
  hold: Hold,
): Promise<Upload> {
  const text = await readText(held(body, hold), MAX_JSON_BYTES);
  const request = requestSchema.safeParse(parseJson(text));
  if (!request.success) throw invalid(request.error);
  const { url: address, ...others } = request.data;
  parseAddress(address);
  const raw = new Map(Object.entries(others));
  return {
    failure: "import_failed",
    fields: () => parseUploadFields(raw),
    identity: { url: address },
    open: () => openSource(address, outside),
  };
}

async function* held(body: AsyncIterable<Uint8Array>, hold: Hold): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    await hold("fields", bytes * BYTES_A_BYTE);
    yield chunk;
  }
}

/** Only asked for once everything else about the request is in order. */
async function openSource(address: string, outside: Outside | null): Promise<OpenFile> {
  if (!outside) {
    throw new ApiError("import_failed", {
      message: "This host takes no imports. Its operator must mend a setting.",
    });
  }
  const deadline = deadlineIn(outside.timeoutMilliseconds);
  const source = await deadline.orTimeout(() => fetchPublic(address, outside, deadline.signal));
  const declaredBytes = unpackedLength(source.response.headers);
  return {
    filename: filenameOf(source),
    declaredBytes,
    atMostBytes: declaredBytes,
    chunks: deadline.watch(withoutCrumbs(answered(source.response.body))),
  };
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined) throw new ApiError("bad_request", { message: "The JSON is too large." });
  try {
    return parseShallowJson(text);
  } catch (cause) {
    throw new ApiError("bad_request", { message: "The body is not JSON.", cause });
  }
}

/** One clock for the answer and its body; what fails on the other side is never our 500. */
function deadlineIn(milliseconds: number) {
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), milliseconds);
  const asRefusal = (cause: unknown): ApiError => {
    if (clock.signal.aborted) return timedOut(milliseconds, cause);
    return cause instanceof ApiError ? cause : new ApiError("fetch_failed", { cause });
  };
  return {
    signal: clock.signal,
    async orTimeout<T>(work: () => Promise<T>): Promise<T> {
      try {
        return await work();
      } catch (cause) {
        clearTimeout(timer);
        throw asRefusal(cause);
      }
    },
    async *watch(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      try {
        yield* chunks;
      } catch (cause) {
        throw asRefusal(cause);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** A compressed answer unpacks to another length than it tells. */
function unpackedLength(headers: Headers): number | undefined {
  return headers.has("Content-Encoding") ? undefined : declaredLength(headers);
}

function filenameOf({ url, response }: Fetched): string | undefined {
  const named = parseDisposition(response.headers.get("Content-Disposition") ?? "").filename;
  const last = url.pathname.split("/").at(-1) ?? "";
  try {
    return named ?? decodeURIComponent(last);
  } catch {
    return last;
  }
}

function timedOut(milliseconds: number, cause: unknown): ApiError {
  const message = `The address took longer than ${milliseconds / 1_000} seconds to answer.`;
  return new ApiError("fetch_timeout", { message, cause });
}
