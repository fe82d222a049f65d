// The text of a safe SVG on its way out: in short pieces, so that a value of many MB is never copied as a whole.

/** Characters handed on at a time. */
const SLICE = 32_768;

const asItIs = (text: string) => text;

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};
export const escapeText = (text: string): string =>
  text.replace(/[&<>\r]/g, (letter) => escapes[letter] ?? "");
export const escapeAttribute = (text: string): string =>
  text.replace(/[&<>"\t\n\r]/g, (letter) => escapes[letter] ?? "");

export class SvgWriter {
  #pieces: Iterable<string>[] = [];
  #short = "";

  write(text: string, escaped = asItIs): void {
    if (text.length < SLICE) {
      this.#short += escaped(text);
      return;
    }
    this.#flush();
    this.#pieces.push(slicesOf(text, escaped));
  }

  /** What is only made when it is asked for: parts that need no escape. */
  writeParts(parts: Iterable<string>): void {
    this.#flush();
    this.#pieces.push(parts);
  }

  /** What was written since the last call. */
  *drain(): Generator<string> {
    this.#flush();
    for (const piece of this.#pieces.splice(0)) yield* piece;
  }

  #flush(): void {
    if (this.#short !== "") this.#pieces.push([this.#short]);
    this.#short = "";
  }
}

function* slicesOf(text: string, escaped: (text: string) => string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const end = endOfSlice(text, at);
    yield escaped(text.slice(at, end));
    at = end;
  }
}

/** Never between the halves of a character. */
function endOfSlice(text: string, start: number): number {
  const end = Math.min(start + SLICE, text.length);
  return end < text.length && isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end;
}

const isHighSurrogate = (code: number) => code >= 0xd800 && code <= 0xdbff;
