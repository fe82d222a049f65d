// Which of the three forms an upload has: a form, JSON with an address, or the file itself.
import { declaredLength, mediaType } from "../../shared/http.ts";
import { readImageFacts } from "../../shared/image-facts.ts";
import type { Outside } from "../import/fetch-public.ts";
import { readImport } from "../import/read-import.ts";
import { invalid } from "../validation.ts";
import { withoutCrumbs } from "./arriving.ts";
import type { Hold } from "./memory.ts";
import { readForm } from "./read-form.ts";
import { readRaw } from "./read-raw.ts";
import { beginsLikeJson, type Upload } from "./upload.ts";

interface Reading {
  /** The request's body as it arrives. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Null where imports are closed. */
  readonly outside: Outside | null;
  readonly hold: Hold;
}

/** Reads no more of the body than is needed to know the upload; the file follows as it is used. */
export async function readUpload(request: Request, { body, outside, hold }: Reading): Promise<Upload> {
  const contentType = request.headers.get("Content-Type") ?? "";
  const type = mediaType(contentType);
  const chunks = withoutCrumbs(body);
  if (type === "multipart/form-data") {
    return readForm(chunks, { contentType, bodyBytes: declaredLength(request.headers), hold });
  }
  if (type === "application/json") return readImport(chunks, outside, hold);
  if (type.startsWith("image/") || type === "application/octet-stream") {
    return readRaw(request, chunks, contentType);
  }
  // No type, or one that a program writes which was told none: the bytes say what it is.
  const { value: head = new Uint8Array() } = await chunks.next();
  const whole = following(head, chunks);
  if (beginsLikeJson(head)) return readImport(whole, outside, hold);
  if (readImageFacts(head).kind !== "not-an-image") return readRaw(request, whole, contentType);
  throw invalid({
    file: ["Send multipart/form-data with a file, JSON with a url, or the file itself as image/*."],
  });
}

async function* following(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  yield* rest;
}
