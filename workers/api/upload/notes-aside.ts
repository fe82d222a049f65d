// FilePond sends a text about the file under the file's own name, before it: `file={}`. It is no file.
import type { MultipartEvent } from "./multipart.ts";
import { beginsLikeJson } from "./upload.ts";

/** The same events without parts named `file` that have no file name and are empty or JSON, which no picture is. */
export async function* notesAside(
  events: AsyncIterable<MultipartEvent>,
): AsyncGenerator<MultipartEvent, undefined> {
  /** A part without a file name whose bytes have not been seen. */
  let unnamed: MultipartEvent | undefined;
  let isAside = false;
  for await (const event of events) {
    if (event.type === "bytes") {
      if (unnamed && event.bytes.length > 0) {
        isAside = beginsLikeJson(event.bytes);
        if (!isAside) yield unnamed;
        unnamed = undefined;
      }
      if (!isAside) yield event;
      continue;
    }
    isAside = event.type === "file" && event.name === "file" && event.filename === undefined;
    unnamed = isAside ? event : undefined;
    if (!isAside) yield event;
  }
}
