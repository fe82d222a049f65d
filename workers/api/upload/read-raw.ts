// An upload whose body is the file itself; fields come in the query, the name in Content-Disposition.
import { parseDisposition } from "./content-disposition.ts";
import { parseUploadFields } from "./fields.ts";
import type { Upload } from "./upload.ts";

export function readRaw(request: Request, body: AsyncIterable<Uint8Array>, contentType: string): Upload {
  const raw = new Map(new URL(request.url).searchParams);
  const length = Number(request.headers.get("Content-Length") ?? Number.NaN);
  const { filename } = parseDisposition(request.headers.get("Content-Disposition") ?? "");
  const declaredBytes = Number.isSafeInteger(length) ? length : undefined;
  return {
    failure: "upload_failed",
    fields: () => parseUploadFields(raw),
    identity: { filename: filename ?? "", claimedType: contentType },
    open: async () => ({ filename, declaredBytes, chunks: body }),
  };
}
