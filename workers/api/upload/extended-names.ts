// Hides `filename*` from the form's parser, which decodes it itself and gives up on the whole form where it is malformed.

/** As long as the star, and no name of anything. */
const EXTENDED = "filename*";
const HIDDEN = "filename~";
const TILDE = 0x7e;
const BLANK_LINE = [0x0d, 0x0a, 0x0d, 0x0a];

/** A header as it was sent, from one as the parser hands it on. */
export function withExtendedNames(header: string): string {
  return header.replace(new RegExp(HIDDEN, "gi"), (found) => found.replace("~", "*"));
}

/** The same bytes but for that star in the headers of parts. Each delimiter must lie whole in a chunk. */
export async function* withoutExtendedNames(
  chunks: AsyncIterable<Uint8Array>,
  contentType: string,
): AsyncGenerator<Uint8Array> {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const delimiter = new TextEncoder().encode(`\r\n--${quoted ?? plain ?? ""}`);
  // A form begins with a delimiter whose line break nobody sent, and with no file's bytes.
  let isInHeaders = true;
  let blankLine = 0;
  let name = 0;
  for await (const bytes of chunks) {
    let hidden: Uint8Array | null = null;
    for (let at = 0; at < bytes.length; at++) {
      if (!isInHeaders) {
        const next = indexOf(bytes, delimiter, at);
        if (next < 0) break;
        at = next + delimiter.length - 1;
        isInHeaders = true;
        blankLine = 0;
        name = 0;
        continue;
      }
      const byte = bytes[at] ?? 0;
      blankLine = byte === BLANK_LINE[blankLine] ? blankLine + 1 : byte === BLANK_LINE[0] ? 1 : 0;
      const letter = String.fromCharCode(byte).toLowerCase();
      name = letter === EXTENDED[name] ? name + 1 : letter === EXTENDED[0] ? 1 : 0;
      if (name === EXTENDED.length) {
        hidden ??= bytes.slice();
        hidden[at] = TILDE;
        name = 0;
      }
      if (blankLine === BLANK_LINE.length) isInHeaders = false;
    }
    yield hidden ?? bytes;
  }
}

/**
 * The first place from `from` on; -1 where there is none. The second byte is looked at before anything is called: a file of
 * nothing but line breaks took twice as long as any other.
 */
function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  const [first = 0, second] = wanted;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    while (bytes[at] === first && bytes[at + 1] === first) at++;
    if (bytes[at + 1] === second && wanted.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}
