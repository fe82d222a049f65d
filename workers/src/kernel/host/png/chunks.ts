// Cuts a PNG's bytes, in whatever pieces they arrive, into chunks with checked CRCs.
//
//   const chunks = new PngChunks(crc);
//   for (const piece of chunks.push(bytes)) …
//
// Pixel bytes (IDAT) pass through as they come. Other chunks are small and collected; those that
// nobody here reads are skipped without being held, however long they claim to be.

import type { KernelError } from "../errors.ts";

export type PngPiece =
  | { readonly kind: "chunk"; readonly type: string; readonly body: Uint8Array }
  | { readonly kind: "pixels"; readonly bytes: Uint8Array }
  | { readonly kind: "end" }
  | { readonly kind: "broken"; readonly error: KernelError };

/** The CRC so far (0 at first) carried over more bytes. */
export type Crc = (crc: number, bytes: Uint8Array) => number;

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const wanted = new Set(["IHDR", "PLTE", "tRNS", "gAMA", "sRGB", "iCCP"]);
/** Real profiles reach a few hundred KB; a deflated one this long is an attack. */
const maxBodyBytes = 1 << 20;
const maxChunkBytes = 0x7fffffff;

export class PngChunks {
  readonly #crc: Crc;
  #state: "signature" | "header" | "body" | "pixels" | "skip" | "crc" | "over" = "signature";
  /** Bytes being collected, and how many are there. */
  #collected = new Uint8Array(8);
  #have = 0;
  #type = "";
  #body = new Uint8Array(0);
  /** Bytes left of a chunk that passes through. */
  #left = 0;
  #sum = 0;

  constructor(crc: Crc) {
    this.#crc = crc;
  }

  /** Bytes of a PNG that has not ended mean that it was cut off. */
  get ended(): boolean {
    return this.#state === "over";
  }

  *push(bytes: Uint8Array): Generator<PngPiece, void, void> {
    let at = 0;
    while (this.#state !== "over") {
      const passing = this.#state === "pixels" || this.#state === "skip";
      const need = passing ? this.#left : this.#collected.length - this.#have;
      const part = bytes.subarray(at, at + need);
      at += part.length;
      if (passing) {
        this.#left -= part.length;
        if (this.#state === "pixels" && part.length > 0) {
          this.#sum = this.#crc(this.#sum, part);
          yield { kind: "pixels", bytes: part };
        }
        if (this.#left > 0) return;
        this.#collect("crc", 4);
        continue;
      }
      this.#collected.set(part, this.#have);
      this.#have += part.length;
      if (this.#have < this.#collected.length) return;
      const piece = this.#whole();
      if (piece) yield piece;
    }
  }

  /** What was collected is complete: look at it, and choose what comes next. */
  #whole(): PngPiece | undefined {
    const bytes = this.#collected;
    switch (this.#state) {
      case "signature":
        if (signature.some((byte, i) => bytes[i] !== byte)) return this.#broken("Its signature is wrong.");
        this.#collect("header", 8);
        return;
      case "header":
        return this.#startChunk(bytes);
      case "body":
        this.#body = bytes;
        this.#sum = this.#crc(this.#sum, bytes);
        this.#collect("crc", 4);
        return;
      default:
        return this.#endChunk(uint32(bytes, 0));
    }
  }

  #startChunk(header: Uint8Array): PngPiece | undefined {
    const length = uint32(header, 0);
    const type = String.fromCharCode(...header.subarray(4));
    if (length > maxChunkBytes || !/^[A-Za-z]{4}$/.test(type))
      return this.#broken("A chunk's header is nonsense.");
    if (this.#type === "" && type !== "IHDR") return this.#broken("It does not begin with IHDR.");
    // Section 5.4: an upper-case first letter marks a chunk that may not be passed over.
    const known = wanted.has(type) || type === "IDAT" || type === "IEND";
    if (!known && /^[A-Z]/.test(type)) return this.#broken(`It has a critical chunk ${type}.`, "unsupported");
    this.#type = type;
    this.#sum = this.#crc(0, header.subarray(4));
    this.#left = length;
    if (type === "IDAT") this.#state = "pixels";
    else if (wanted.has(type) && length <= maxBodyBytes) this.#collect("body", length);
    else this.#state = "skip";
    return undefined;
  }

  #endChunk(stored: number): PngPiece | undefined {
    const type = this.#type;
    const intact = stored === this.#sum >>> 0;
    const isCritical = /^[A-Z]/.test(type);
    this.#collect("header", 8);
    if (type === "IEND") {
      this.#state = "over";
      return { kind: "end" };
    }
    if (!intact && isCritical) return this.#broken(`Its ${type} chunk fails the CRC.`);
    // An ancillary chunk that is damaged (or was not even held) counts as absent.
    if (!intact || !wanted.has(type)) return undefined;
    return { kind: "chunk", type, body: this.#body };
  }

  #collect(state: "header" | "body" | "crc", bytes: number): void {
    this.#state = state;
    this.#collected = new Uint8Array(bytes);
    this.#have = 0;
  }

  #broken(why: string, code: "damaged" | "unsupported" = "damaged"): PngPiece {
    this.#state = "over";
    return { kind: "broken", error: { code, reason: `The PNG is ${code}. ${why}` } };
  }
}

function uint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);
}
