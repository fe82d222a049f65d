// Which of the three forms an upload has: a form, JSON with an address, or the file itself.
import { declaredLength, mediaType } from "../../shared/http.ts";
import type { Outside } from "../import/fetch-public.ts";
import { readImport } from "../import/read-import.ts";
import { invalid } from "../validation.ts";
import { arriving, type Patience, withoutCrumbs } from "./arriving.ts";
import { readForm } from "./read-form.ts";
import { readRaw } from "./read-raw.ts";
import type { Stay } from "./room.ts";
import type { Upload } from "./upload.ts";

interface Reading {
  /** Null where imports are closed. */
  readonly outside: Outside | null;
  readonly patience: Patience;
  readonly stay: Pick<Stay, "hold" | "seen">;
}

/** Reads no more of the body than is needed to know the upload; the file follows as it is used. */
export async function readUpload(request: Request, { outside, patience, stay }: Reading): Promise<Upload> {
  const contentType = request.headers.get("Content-Type") ?? "";
  const type = mediaType(contentType);
  const body = withoutCrumbs(arriving(request.body, patience, () => stay.seen()));
  if (type === "multipart/form-data") {
    return readForm(body, { contentType, bodyBytes: declaredLength(request.headers), hold: stay.hold });
  }
  if (type === "application/json") return readImport(body, outside, stay.hold);
  if (type.startsWith("image/") || type === "application/octet-stream") {
    return readRaw(request, body, contentType);
  }
  throw invalid({
    file: ["Send multipart/form-data with a file, JSON with a url, or the file itself as image/*."],
  });
}
