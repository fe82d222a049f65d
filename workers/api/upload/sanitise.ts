// Lets pictures through as they are; an SVG is read whole and made safe before anything else sees it.
import { MAX_SVG_BYTES } from "../../../schema/plans.ts";
import { sanitizeSvg } from "../../formats/svg/sanitize.ts";
import { invalid } from "../validation.ts";
import { refuseOver } from "./inspect.ts";

/** The file, unchanged unless it is XML. Markup that is no SVG comes out as something that is no picture. */
export async function* sanitised(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const markup: Uint8Array[] = [];
  let bytes = 0;
  let isMarkup: boolean | undefined;
  for await (const chunk of file) {
    if (chunk.byteLength === 0) continue;
    isMarkup ??= startsMarkup(chunk);
    if (!isMarkup) {
      yield chunk;
      continue;
    }
    bytes += chunk.byteLength;
    refuseOver(bytes, MAX_SVG_BYTES);
    markup.push(chunk);
  }
  if (isMarkup) yield new TextEncoder().encode(safeSvg(await textOf(markup)));
}

function safeSvg(source: string): string {
  const sanitized = sanitizeSvg(source);
  if (!sanitized.ok) throw invalid({ file: [sanitized.reason] });
  return sanitized.svg;
}

/** White space and a byte order mark may come first; UTF-16 puts a zero beside each letter. */
function startsMarkup(chunk: Uint8Array): boolean {
  const head = chunk.subarray(0, 256).find((byte) => !insignificant.has(byte));
  return head === 0x3c;
}

const insignificant: ReadonlySet<number> = new Set([
  0x00, 0x09, 0x0a, 0x0d, 0x20, 0xef, 0xbb, 0xbf, 0xfe, 0xff,
]);

async function textOf(chunks: readonly Uint8Array[]): Promise<string> {
  const bytes = new Uint8Array(await new Blob([...chunks]).arrayBuffer());
  const encoding = bytes[0] === 0xff ? "utf-16le" : bytes[0] === 0xfe ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
