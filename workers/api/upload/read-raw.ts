// An upload whose body is the file itself; fields come in the query, the name in Content-Disposition.
import { declaredLength } from "../../shared/http.ts";
import { parseDisposition } from "./content-disposition.ts";
import { parseUploadFields } from "./fields.ts";
import type { Upload } from "./upload.ts";

export function readRaw(request: Request, body: AsyncIterable<Uint8Array>, contentType: string): Upload {
  const raw = new Map(new URL(request.url).searchParams);
  const { filename } = parseDisposition(request.headers.get("Content-Disposition") ?? "");
  const declaredBytes = declaredLength(request.headers);
  return {
    failure: "upload_failed",
    fields: () => parseUploadFields(raw),
    identity: { filename: filename ?? "", claimedType: contentType },
    open: async () => ({ filename, declaredBytes, atMostBytes: declaredBytes, chunks: body }),
  };
}
