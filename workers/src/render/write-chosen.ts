// Writes a finished picture in the format that its plan leaves open: as a photograph, or as the drawing that it turns out to be.
import type { OutputFormat } from "../../../schema/facts.ts";
import type { WriteBytes } from "../../formats/bytes/write.ts";
import type { Pixels } from "../geometry/pixels.ts";
import { MOST_HELD_BYTES_PER_PIXEL } from "../plan/auto.ts";
import type { Drawn, Variant } from "../plan/variant.ts";
import { codecs } from "./codecs/index.ts";
import { flatnessOf, isDrawing, packsWell } from "./is-drawing.ts";
import { MemoryError } from "./memory-error.ts";

/** Where a file goes whose format is settled only now; asked once, before the first byte. */
export type OpenFile = (format: OutputFormat) => WriteBytes;

/** A drawing that is exact may be so many times as long as one that is not: haze around letters is seen. */
const WORTH_OF_EXACTNESS = 1.25;
/** Who asks for less than this wants few bytes. */
const GOOD_QUALITY = 80;

type Choice = Pick<Variant, "format" | "quality" | "drawn">;

export async function writeChosen(
  pixels: Pixels,
  { format, quality, drawn }: Choice,
  open: OpenFile,
  maxBytes: number,
): Promise<void> {
  const as = (chosen: OutputFormat) =>
    codecs.write[chosen].encode(pixels, { quality }, open(chosen), maxBytes);
  if (!drawn) return as(format);
  const flatness = flatnessOf(pixels);
  if (!isDrawing(flatness)) return as(format);
  const { lossless, lossy } = drawn;
  const exact = lossless && packsWell(flatness) ? await exactFile(pixels, lossless, maxBytes) : null;
  if (!exact) return as(lossy);
  const short = new Held(lossy);
  await codecs.write[lossy].encode(pixels, { quality }, short.write, maxBytes);
  const worth = (quality ?? GOOD_QUALITY) < GOOD_QUALITY ? 1 : WORTH_OF_EXACTNESS;
  const chosen = exact.bytes <= worth * short.bytes ? exact : short;
  const write = open(chosen.format);
  for (const piece of chosen.pieces) await write(piece);
}

class TooLong extends Error {}

/** Null where it takes more memory than a drawing should: then it is hardly one. */
async function exactFile(
  pixels: Pixels,
  format: NonNullable<Drawn["lossless"]>,
  maxBytes: number,
): Promise<Held | null> {
  const file = new Held(format, MOST_HELD_BYTES_PER_PIXEL * pixels.width * pixels.height);
  try {
    await codecs.write[format].encode(pixels, { quality: null }, file.write, maxBytes);
    return file;
  } catch (error) {
    if (error instanceof MemoryError || error instanceof TooLong) return null;
    throw error;
  }
}

/** A file that may not be the one that goes out. */
class Held {
  readonly format: OutputFormat;
  readonly pieces: Uint8Array<ArrayBuffer>[] = [];
  readonly #maxBytes: number;
  bytes = 0;

  constructor(format: OutputFormat, maxBytes = Number.POSITIVE_INFINITY) {
    this.format = format;
    this.#maxBytes = maxBytes;
  }

  readonly write = (piece: Uint8Array<ArrayBuffer>): void => {
    this.bytes += piece.length;
    if (this.bytes > this.#maxBytes) throw new TooLong();
    this.pieces.push(piece.slice());
  };
}
