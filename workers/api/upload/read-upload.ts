// Which of the three forms an upload has: a form, JSON with an address, or the file itself.
import { ApiError } from "../../shared/api-error.ts";
import { chunksOf, mediaType } from "../../shared/http.ts";
import type { Outside } from "../import/fetch-public.ts";
import { readImport } from "../import/read-import.ts";
import { invalid } from "../validation.ts";
import { readForm } from "./read-form.ts";
import { readRaw } from "./read-raw.ts";
import type { Upload } from "./upload.ts";

/** Reads no more of the body than is needed to know the upload; the file follows as it is used. */
export async function readUpload(request: Request, outside: Outside): Promise<Upload> {
  const contentType = request.headers.get("Content-Type") ?? "";
  const type = mediaType(contentType);
  const body = arriving(request.body);
  if (type === "multipart/form-data") return readForm(body, contentType);
  if (type === "application/json") return readImport(body, outside);
  if (type.startsWith("image/") || type === "application/octet-stream") {
    return readRaw(request, body, contentType);
  }
  throw invalid({
    file: ["Send multipart/form-data with a file, JSON with a url, or the file itself as image/*."],
  });
}

/** A sender who hangs up is no failure of ours. */
async function* arriving(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  try {
    yield* chunksOf(body);
  } catch (cause) {
    throw new ApiError("bad_request", { message: "The body ended before it was complete.", cause });
  }
}
