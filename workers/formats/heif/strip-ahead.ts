// Finds what to blank in an AVIF or HEIC before it is streamed, by small reads: its description may stand behind its data.
import { ascii } from "../bytes/ascii.ts";
import { PieceCount } from "../bytes/pieces.ts";
import type { ReadRange } from "../bytes/source.ts";
import { Damage } from "../damage.ts";
import { headAt } from "./boxes.ts";
import { maxMetaBytes } from "./facts.ts";
import { isFilmBrand, samplesOf } from "./film.ts";
import { type Parts, partsOf, withSamples } from "./strip-items.ts";

/** Heads are short, and often close together. */
const windowBytes = 65_536;
/** A picture has three or four boxes at its top level, a film one for each part. */
const maxReads = 256;

const brandOf = (file: Uint8Array) => ascii(file, 8, 12);

/** Whether the file's first chunk shows all description before any data; then one pass is enough. */
export function isDescribedFirst(first: Uint8Array): boolean {
  const wanted = new Set(isFilmBrand(brandOf(first)) ? ["meta", "moov"] : ["meta"]);
  for (let at = 0; ; ) {
    const head = headAt(first, at);
    if (!head || head.type === "mdat" || head.length < head.headBytes) return false;
    wanted.delete(head.type);
    if (wanted.size === 0) return true;
    at += head.length;
  }
}

export async function findParts(readRange: ReadRange): Promise<Parts> {
  const window = new Window(readRange);
  const count = new PieceCount();
  const isFilm = isFilmBrand(brandOf(await window.at(0, 12)));
  let [meta, film]: (Uint8Array | undefined)[] = [];
  for (let offset = 0; !meta || (isFilm && !film); ) {
    count.piece();
    const head = headAt(await window.at(offset, 16));
    if (!head || head.length < head.headBytes || head.length === Number.POSITIVE_INFINITY) break;
    const { type, headBytes, length } = head;
    if (type === "meta" || (isFilm && type === "moov")) {
      if (length > maxMetaBytes) throw new Damage(`its ${type} box is too large`);
      const body = await readRange(offset + headBytes, length - headBytes);
      if (type === "meta") meta ??= body;
      else film ??= body;
    }
    offset += length;
  }
  if (!meta) throw new Damage("it has no meta box");
  return withSamples(partsOf(meta), film ? samplesOf(film) : []);
}

/** Reads more than was asked for, and answers from that as long as it can. */
class Window {
  readonly #readRange: ReadRange;
  #bytes = new Uint8Array();
  #offset = 0;
  #reads = 0;

  constructor(readRange: ReadRange) {
    this.#readRange = readRange;
  }

  async at(offset: number, length: number): Promise<Uint8Array> {
    const isHere = offset >= this.#offset && offset + length <= this.#offset + this.#bytes.length;
    if (!isHere) {
      if (++this.#reads > maxReads) throw new Damage("its description lies behind too many boxes");
      this.#bytes = Uint8Array.from(await this.#readRange(offset, windowBytes));
      this.#offset = offset;
    }
    return this.#bytes.subarray(offset - this.#offset, offset - this.#offset + length);
  }
}
