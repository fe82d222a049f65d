// A PNG's chunks as a decoder needs them, with checked CRCs, from bytes in whatever pieces they arrive.
//
// Pixel bytes (IDAT) pass through as they come. Other chunks are small and collected; those that nobody reads are skipped
// without being held, however long they claim to be.
import type { ByteReader } from "../bytes/byte-reader.ts";
import type { Crc } from "../bytes/crc32.ts";
import { Damage } from "../damage.ts";
import { crcBytes, headBytes, headOf, isCritical, isPng, maxChunkBytes, signatureBytes } from "./chunks.ts";

export type PngPiece =
  | { readonly kind: "chunk"; readonly type: string; readonly body: Uint8Array }
  | { readonly kind: "pixels"; readonly bytes: Uint8Array }
  /** The pixels before this were not those that were written. */
  | { readonly kind: "doubtful" }
  | { readonly kind: "end" }
  | { readonly kind: "broken"; readonly error: Damage };

const wanted: ReadonlySet<string> = new Set(["IHDR", "PLTE", "tRNS", "gAMA", "sRGB", "iCCP"]);
/** Real profiles reach a few hundred KB; a deflated one this long is an attack. */
const maxBodyBytes = 1 << 20;

/**
 * Gives undefined wherever the reader needs more bytes; nothing follows an end or a broken piece. Leaves nothing behind in a chunk that
 * it has used up, whose memory may then be filled anew.
 */
export function* checkedChunks(
  reader: ByteReader,
  crc: Crc,
): Generator<PngPiece | undefined, void, undefined> {
  if (!isPng(yield* reader.take(signatureBytes))) return yield broken("its signature is wrong");
  for (let isFirst = true; ; isFirst = false) {
    const { bytes: head, type, length } = headOf(yield* reader.take(headBytes));
    if (length > maxChunkBytes || !/^[A-Za-z]{4}$/.test(type))
      return yield broken("a chunk's header is nonsense");
    if (isFirst && type !== "IHDR") return yield broken("it does not begin with IHDR");
    const isKnown = wanted.has(type) || type === "IDAT" || type === "IEND";
    if (!isKnown && isCritical(type)) return yield broken(`it has a critical chunk ${type}`, "unsupported");
    let sum = crc(0, head.subarray(4));
    let body: Uint8Array | null = null;
    if (type === "IDAT") {
      for (let left = length; left > 0; ) {
        const bytes = yield* reader.takeSome(left);
        sum = crc(sum, bytes);
        left -= bytes.length;
        yield { kind: "pixels", bytes };
      }
    } else if (wanted.has(type) && length <= maxBodyBytes) {
      body = yield* reader.keep(length);
      sum = crc(sum, body);
    } else yield* reader.skip(length);
    const isIntact = (yield* reader.view(crcBytes)).getUint32(0) === sum >>> 0;
    if (type === "IEND") return yield { kind: "end" };
    if (type === "IDAT") {
      if (!isIntact) yield { kind: "doubtful" };
      continue;
    }
    if (!isIntact && isCritical(type)) return yield broken(`its ${type} chunk fails the CRC`);
    // An ancillary chunk that is damaged (or was not even held) counts as absent.
    if (isIntact && body) yield { kind: "chunk", type, body };
  }
}

function broken(why: string, code: "damaged" | "unsupported" = "damaged"): PngPiece {
  return { kind: "broken", error: new Damage(why, { code }) };
}
