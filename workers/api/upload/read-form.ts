// An upload from multipart/form-data: fields may stand before or after the file.
import { invalid } from "../validation.ts";
import { parseUploadFields } from "./fields.ts";
import { type MultipartEvent, readMultipart } from "./multipart.ts";
import type { Upload } from "./upload.ts";

/** Reads up to the file and returns; the rest is read as the file is used. */
export async function readForm(body: AsyncIterable<Uint8Array>, contentType: string): Promise<Upload> {
  const events = readMultipart(body, contentType);
  const raw = new Map<string, unknown>();
  for (;;) {
    const { value: event, done } = await events.next();
    if (done) throw invalid({ file: ["Send the picture as a form part named file."] });
    if (event.type === "field") raw.set(event.name, event.value);
    if (event.type === "file" && event.name === "file") {
      const { filename, contentType: claimedType } = event;
      const chunks = fileBytes(events, raw);
      return {
        failure: "upload_failed",
        fields: () => parseUploadFields(raw),
        identity: { filename: filename ?? "", claimedType },
        open: async () => ({ filename, declaredBytes: undefined, chunks }),
      };
    }
  }
}

/** The bytes of the file that was just named; what follows it only adds fields. Further files are not wanted. */
async function* fileBytes(
  events: AsyncIterable<MultipartEvent>,
  raw: Map<string, unknown>,
): AsyncGenerator<Uint8Array> {
  for await (const event of events) {
    if (event.type === "bytes") yield event.bytes;
    if (event.type === "field") raw.set(event.name, event.value);
    if (event.type === "file") throw invalid({ file: ["Send one file in a request."] });
  }
}
