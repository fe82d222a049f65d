// Watches a file stream by: counts, hashes and tells what it is, and refuses early. Holds none of it.
import { MAX_SVG_BYTES } from "../../../schema/plans.ts";
import { createFactsReader, type FactsResult, type ImageFacts } from "../../shared/image-facts.ts";
import { invalid } from "../validation.ts";
import { noPicture } from "./no-picture.ts";
import { refuseOver } from "./refuse-over.ts";
import type { Sanitised } from "./sanitised.ts";

export interface Inspected {
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  readonly facts: ImageFacts;
}

export class Inspector {
  readonly #facts = createFactsReader();
  readonly #digest = new crypto.DigestStream("SHA-256");
  readonly #hash = this.#digest.getWriter();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
    // Only `finish` asks for the digest; an upload that fails before must not leave an unhandled rejection.
    this.#digest.digest.catch(() => undefined);
  }

  /** Bytes that have passed so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Passes the chunks on. Throws a 422 as soon as they are no picture or too many. */
  async *watch(file: Pick<Sanitised, "isMarkup"> & AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of file) {
      this.#bytes += chunk.byteLength;
      this.#facts.push(chunk);
      const { result } = this.#facts;
      refuseUnlessPicture(result);
      // Two readers tell what is an SVG; where they should ever differ, nothing is kept that was not made safe.
      if (isSvg(result) && !file.isMarkup) throw noPicture();
      refuseOver(this.#bytes, this.#limitFor(result));
      await this.#hash.write(chunk);
      yield chunk;
    }
  }

  /** The last word, once every chunk has passed: a file that is cut off is refused only here. */
  async finish(): Promise<Inspected> {
    if (this.#bytes === 0) throw invalid({ file: ["The file is empty."] });
    const result = this.#facts.end();
    refuseUnlessPicture(result);
    if (result.kind !== "image") throw invalid({ file: ["The file is too short to be a picture."] });
    await this.#hash.close();
    return {
      bytes: this.#bytes,
      sha256: new Uint8Array(await this.#digest.digest).toHex(),
      facts: result.facts,
    };
  }

  /** What was sent of an SVG has been measured; making it safe may swell it to twice its limit. */
  #limitFor(result: FactsResult): number {
    return isSvg(result) ? 2 * Math.min(this.#maxBytes, MAX_SVG_BYTES) : this.#maxBytes;
  }
}

function isSvg(result: FactsResult): boolean {
  return result.kind === "image" && result.facts.format === "svg";
}

function refuseUnlessPicture(result: FactsResult): void {
  if (result.kind === "not-an-image") throw noPicture();
  if (result.kind === "damaged") {
    throw invalid({ file: [`The ${result.format.toUpperCase()} is damaged: ${result.reason}.`] });
  }
}
