// An upload from multipart/form-data: fields may stand before or after the file.
import { invalid } from "../validation.ts";
import { parseUploadFields } from "./fields.ts";
import type { Hold } from "./memory.ts";
import { type MultipartEvent, readMultipart } from "./multipart.ts";
import { notesAside } from "./notes-aside.ts";
import type { Upload } from "./upload.ts";

/** A character takes two bytes, and once more when the fields are checked. */
const BYTES_A_CHARACTER = 4;

interface FormOptions {
  readonly contentType: string;
  /** Length of the whole form where it was told. */
  readonly bodyBytes: number | undefined;
  readonly hold: Hold;
}

/** Reads up to the file and returns; the rest is read as the file is used. */
export async function readForm(
  body: AsyncIterable<Uint8Array>,
  { contentType, bodyBytes, hold }: FormOptions,
): Promise<Upload> {
  const events = notesAside(readMultipart(body, contentType));
  const raw = new Map<string, unknown>();
  let characters = 0;
  const keep: KeepField = async ({ name, value }) => {
    raw.set(name, value);
    characters += name.length + value.length;
    await hold("fields", characters * BYTES_A_CHARACTER);
  };
  for (;;) {
    const { value: event, done } = await events.next();
    if (done) throw invalid({ file: ["Send the picture as a form part named file."] });
    if (event.type === "field") await keep(event);
    if (event.type === "file" && event.name === "file") {
      const { filename, contentType: claimedType } = event;
      const chunks = fileBytes(events, keep);
      return {
        failure: "upload_failed",
        fields: () => parseUploadFields(raw),
        identity: { filename: filename ?? "", claimedType },
        open: async () => ({ filename, declaredBytes: undefined, atMostBytes: bodyBytes, chunks }),
      };
    }
  }
}

type KeepField = (field: Extract<MultipartEvent, { readonly type: "field" }>) => Promise<void>;

/** The bytes of the file that was just named; what follows it only adds fields. Further files are not wanted. */
async function* fileBytes(
  events: AsyncIterable<MultipartEvent>,
  keep: KeepField,
): AsyncGenerator<Uint8Array> {
  for await (const event of events) {
    if (event.type === "bytes") yield event.bytes;
    if (event.type === "field") await keep(event);
    if (event.type === "file") throw invalid({ file: ["Send one file in a request."] });
  }
}
