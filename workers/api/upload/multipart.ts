// A multipart body as a sequence of events, read no faster than they are used.
import { type MultipartError, make, type PartInfo } from "multipasta";
import { ApiError } from "../../shared/api-error.ts";
import { parseDisposition } from "./content-disposition.ts";
import { delimitersWhole } from "./delimiters-whole.ts";
import { withExtendedNames, withoutExtendedNames } from "./extended-names.ts";
import { holdsOnlyFile } from "./holds-only-file.ts";

export type MultipartEvent =
  | { readonly type: "field"; readonly name: string; readonly value: string }
  | {
      readonly type: "file";
      readonly name: string;
      readonly filename: string | undefined;
      readonly contentType: string;
    }
  /** Bytes of the last file that was named. */
  | { readonly type: "bytes"; readonly bytes: Uint8Array };

export const MAX_PARTS = 200;
export const MAX_FIELD_BYTES = 256 * 1024;
/** Names and values of all text fields together: what a caption, 50 labels and 50 metadata may take fits many times. */
export const MAX_FIELDS_BYTES = 1_000_000;

/**
 * Reads the body chunk by chunk: at most one chunk of it is held here. Bytes are valid until the next event is asked for.
 * A boundary that never comes up yields no event at all, as if the form were empty.
 */
export async function* readMultipart(
  body: AsyncIterable<Uint8Array>,
  contentType: string,
): AsyncGenerator<MultipartEvent> {
  let events: MultipartEvent[] = [];
  let failure: MultipartError | undefined;
  let isWhole = false;
  let isInFile = false;
  let parts = 0;
  let fieldsBytes = 0;
  const parser = make({
    headers: { "content-type": contentType },
    maxParts: MAX_PARTS,
    maxFieldSize: MAX_FIELD_BYTES,
    isFile: isFilePart,
    onField: (info, value) => {
      parts++;
      const name = nameOf(info);
      fieldsBytes += name.length + value.byteLength;
      if (fieldsBytes > MAX_FIELDS_BYTES) failure ??= { _tag: "ReachedLimit", limit: "MaxTotalSize" };
      else events.push({ type: "field", name, value: new TextDecoder().decode(value) });
    },
    onFile: (info) => {
      parts++;
      const { filename } = dispositionOf(info);
      events.push({ type: "file", name: nameOf(info), filename, contentType: info.contentType });
      isInFile = true;
      return (bytes) => {
        if (bytes) events.push({ type: "bytes", bytes });
        else isInFile = false;
      };
    },
    onError: (error) => {
      failure ??= error;
    },
    onDone: () => {
      isWhole = true;
    },
  });
  // No delimiter is longer than the header that names it.
  const whole = delimitersWhole(body, contentType.length);
  for await (const chunk of withoutExtendedNames(whole, contentType)) {
    // The parser keeps views of what is no file, and chunks are valid until the next one comes.
    write(parser.write, isInFile && holdsOnlyFile(chunk, contentType.length) ? chunk : chunk.slice());
    // Before what was read: a form beyond its limits is told so, however its bytes arrive.
    if (failure) throw unreadable(failure);
    yield* events;
    events = [];
  }
  if (isWhole || parts === 0) return;
  throw new ApiError("bad_request", { message: "The form ends before its last boundary." });
}

/** The parser decodes names as it goes and throws on broken percent-encoding. */
function write(parse: (chunk: Uint8Array) => void, chunk: Uint8Array): void {
  try {
    parse(chunk);
  } catch (cause) {
    throw new ApiError("bad_request", { message: "A part of the form has unreadable headers.", cause });
  }
}

/** The parser reads names as Latin-1 only and drops the others, so they are read here from the raw header. */
function dispositionOf(info: PartInfo) {
  const header = info.headers["content-disposition"];
  return parseDisposition(typeof header === "string" ? withExtendedNames(header) : "");
}

function nameOf(info: PartInfo): string {
  return dispositionOf(info).name ?? "";
}

function isFilePart(info: PartInfo): boolean {
  const { name, filename } = dispositionOf(info);
  return filename !== undefined || name === "file";
}

function unreadable(error: MultipartError): ApiError {
  const message =
    error._tag === "ReachedLimit"
      ? `The form is too large: at most ${MAX_PARTS} parts, ${MAX_FIELD_BYTES} bytes in a text field, and ${MAX_FIELDS_BYTES} in all of them.`
      : "The form could not be read.";
  return new ApiError("bad_request", { message });
}
