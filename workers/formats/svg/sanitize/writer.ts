// The text of a safe SVG on its way out: in short pieces, so that a value of many MB is never copied as a whole.

/** Characters handed on at a time. */
const SLICE = 32_768;

interface Piece {
  readonly text: string;
  readonly escaped: (text: string) => string;
}

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
  #pieces: Piece[] = [];
  #short = "";

  write(text: string, escaped = asItIs): void {
    if (text.length < SLICE) {
      this.#short += escaped(text);
      return;
    }
    this.#flush();
    this.#pieces.push({ text, escaped });
  }

  /** What was written since the last call. */
  *drain(): Generator<string> {
    this.#flush();
    for (const { text, escaped } of this.#pieces.splice(0)) {
      for (let at = 0; at < text.length; ) {
        const end = endOfSlice(text, at);
        yield escaped(text.slice(at, end));
        at = end;
      }
    }
  }

  #flush(): void {
    if (this.#short !== "") this.#pieces.push({ text: this.#short, escaped: asItIs });
    this.#short = "";
  }
}

/** Never between the halves of a character. */
function endOfSlice(text: string, start: number): number {
  const end = Math.min(start + SLICE, text.length);
  return end < text.length && isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end;
}

const isHighSurrogate = (code: number) => code >= 0xd800 && code <= 0xdbff;
