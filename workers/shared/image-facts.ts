// Tells what a file is from its bytes: type, size, orientation, frames. Reads headers only, never decodes, never throws.
import type { SourceFormat } from "../../schema/facts.ts";
import { ByteReader, type Reading } from "../formats/bytes/byte-reader.ts";
import { Damage } from "../formats/damage.ts";
import { completeFacts, type ImageFacts, isPlausibleSize, type StoredFacts } from "../formats/facts.ts";
import { detectFormat, sniffedBytes } from "./detect-format.ts";

export type { ImageFacts } from "../formats/facts.ts";

export type FactsResult =
  | { readonly kind: "image"; readonly facts: ImageFacts }
  /** The header goes on: the file's first `atLeast` bytes are needed, perhaps more. */
  | { readonly kind: "need-more"; readonly atLeast: number }
  | { readonly kind: "not-an-image" }
  /** The bytes are of this format, but cut off, senseless or of an impossible size. `reason` continues "The JPEG is damaged: …". */
  | { readonly kind: "damaged"; readonly format: SourceFormat; readonly reason: string };

export interface FactsReader {
  /** Takes the next bytes of the file; keeps a copy of small headers and nothing else. */
  push(chunk: Uint8Array): void;
  /** The file is complete: the last word, which also knows truncation and the number of frames. */
  end(): FactsResult;
  /** What is known so far. An `image` may still turn out damaged, and get its frames or a late orientation (PNG, WebP). */
  readonly result: FactsResult;
}

/** Follows a file while it streams by: `push` every chunk, then `end`. */
export function createFactsReader(): FactsReader {
  const reader = new ByteReader();
  let format: SourceFormat | null = null;
  let known: FactsResult | null = null;
  let isOver = false;

  const note = (stored: StoredFacts) => {
    if (!isPlausibleSize(stored.width, stored.height)) throw new Damage("its size is impossible");
    known = { kind: "image", facts: completeFacts(stored) };
  };
  const reading = (function* (): Reading<void> {
    const kind = detectFormat(yield* reader.peek(sniffedBytes));
    if (!kind) {
      known = { kind: "not-an-image" };
      return;
    }
    format = kind.format;
    const stored = yield* kind.read(reader, note);
    if (stored) note(stored);
    else known = { kind: "not-an-image" };
  })();

  const advance = () => {
    if (isOver) return;
    try {
      isOver = reading.next().done === true;
    } catch (problem) {
      if (!(problem instanceof Damage)) throw problem;
      isOver = true;
      known = format ? { kind: "damaged", format, reason: problem.message } : { kind: "not-an-image" };
    }
  };
  const result = (): FactsResult => known ?? { kind: "need-more", atLeast: reader.wanted };
  advance();
  return {
    push(chunk) {
      if (isOver || chunk.length === 0) return;
      reader.feed(chunk);
      advance();
      reader.own();
    },
    end() {
      reader.end();
      advance();
      return result();
    },
    get result() {
      return result();
    },
  };
}

/**
 * Facts from the first bytes of a file. With `totalBytes` no larger than the head the file is judged as a whole
 * (truncation, frames); without it, a head shorter than 64 bytes counts as the whole file.
 */
export function readImageFacts(head: Uint8Array, totalBytes?: number): FactsResult {
  const reader = createFactsReader();
  reader.push(head);
  if (totalBytes === undefined ? head.length < sniffedBytes : head.length >= totalBytes) return reader.end();
  const { result } = reader;
  if (result.kind !== "need-more") return result;
  return { kind: "need-more", atLeast: Math.max(result.atLeast, head.length + 1) };
}
