// Lets pictures through as they are; an SVG is made safe while it arrives, before anything else sees it.
import { MAX_SVG_BYTES } from "../../../schema/plans.ts";
import { tellMarkup } from "../../formats/svg/markup.ts";
import { NoSvg, SvgRefusal, SvgSanitizer } from "../../formats/svg/sanitize.ts";
import { invalid } from "../validation.ts";
import type { Hold } from "./memory.ts";
import { noPicture } from "./no-picture.ts";
import { refuseOver } from "./refuse-over.ts";

/** So much of a drawing may wait for the end of a tag or a text beside other uploads. */
const FREE_CHARACTERS = 256 * 1024;
/** What the parser, its strings and their copies were seen to take at most, for 10 MB that are one tag or one text: 40 MB, and 8 for a bitmap in it. */
export const LARGE_DRAWING_BYTES = 48_000_000;

interface Context {
  /** Largest file in bytes; SVGs have a smaller limit of their own. */
  readonly maxBytes: number;
  readonly hold: Hold;
}

/** A file on its way in. Markup that is no SVG comes out as something that is no picture. */
export class Sanitised implements AsyncIterable<Uint8Array> {
  readonly #file: AsyncIterable<Uint8Array>;
  readonly #context: Context;
  #isMarkup = false;

  constructor(file: AsyncIterable<Uint8Array>, context: Context) {
    this.#file = file;
    this.#context = context;
  }

  /** Whether the bytes that came out so far were markup and have been made safe. */
  get isMarkup(): boolean {
    return this.#isMarkup;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const chunks = this.#file[Symbol.asyncIterator]();
    try {
      const { head, encoding } = await readHead(chunks);
      this.#isMarkup = encoding !== undefined;
      const file = joined(head, chunks);
      yield* encoding === undefined ? file : this.#safe(file, encoding);
    } finally {
      await chunks.return?.();
    }
  }

  async *#safe(file: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
    const { maxBytes, hold } = this.#context;
    const decoder = decoderOf(encoding);
    const encoder = new TextEncoder();
    const sanitizer = new SvgSanitizer();
    let bytes = 0;
    for await (const chunk of file) {
      bytes += chunk.byteLength;
      refuseOver(bytes, Math.min(maxBytes, MAX_SVG_BYTES));
      for (const safe of refusing(sanitizer.write(decoder.decode(chunk, { stream: true }))))
        yield encoder.encode(safe);
      await hold("drawing", sanitizer.heldCharacters > FREE_CHARACTERS ? LARGE_DRAWING_BYTES : 0);
    }
    for (const safe of refusing(sanitizer.write(decoder.decode()))) yield encoder.encode(safe);
    for (const safe of refusing(sanitizer.end())) yield encoder.encode(safe);
  }
}

interface Head {
  readonly head: Uint8Array;
  /** undefined: the file is no markup. */
  readonly encoding: string | undefined;
}

/** Reads until the first significant byte is there: white space may come a moment before the rest. */
async function readHead(chunks: AsyncIterator<Uint8Array>): Promise<Head> {
  let head = new Uint8Array();
  for (;;) {
    const { value, done } = await chunks.next();
    if (!done) head = join(head, value);
    const told = tellMarkup(head, done === true);
    if (told.kind === "markup") return { head, encoding: told.encoding };
    if (told.kind === "other" || done) return { head, encoding: undefined };
  }
}

async function* joined(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  for (;;) {
    const { value, done } = await rest.next();
    if (done) return;
    if (value.byteLength > 0) yield value;
  }
}

function join(before: Uint8Array, after: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(before.length + after.length);
  both.set(before);
  both.set(after, before.length);
  return both;
}

function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding);
  } catch (cause) {
    throw invalid(
      { file: ["The SVG is written in an encoding that is not known here. Save it as UTF-8."] },
      cause,
    );
  }
}

/** A refusal of the sanitiser is told as one of the file. */
function* refusing(pieces: Generator<string>): Generator<string> {
  try {
    yield* pieces;
  } catch (cause) {
    if (cause instanceof NoSvg) throw noPicture(cause);
    throw cause instanceof SvgRefusal ? invalid({ file: [cause.message] }, cause) : cause;
  }
}
