// PNG out, the host's half: filtered rows from the kernel -> the platform's deflate -> chunks.
//
//   const png = createPngOut(kernel, write);          after kernel.pngOutBegin(…)
//   await png.take();                                  at every status OUTPUT
//   await png.finish();                                at DONE

import { openChunks } from "../../../../formats/bytes/chunks.ts";
import type { WriteBytes } from "../../../../formats/bytes/write.ts";
import { fillChunk, frameBytes, writeSignature } from "../../../../formats/png/chunks.ts";
import { writeHeader } from "../../../../formats/png/header.ts";
import { type CrcExports, crcBy } from "./crc.ts";

export interface PngOutExports extends CrcExports {
  alloc(bytes: number): number;
  pngOutBegin(width: number, height: number, isOpaque: number, holdBytes: number): number;
  pngOutRow(rgba: number): number;
  pngOutPump(): number;
  pngOutBytes(): number;
  pngOutTake(): number;
  pngOutType(): number;
  pngOutDepth(): number;
  pngOutPalette(): number;
  pngOutColours(): number;
}

export interface PngOut {
  /** Takes the filtered bytes that wait; resolves when the deflater has room for more. */
  take(): Promise<void>;
  /** Takes the last of them and ends the file. */
  finish(): Promise<void>;
  /** Gives up: nothing more is written. */
  abort(): Promise<void>;
}

const scratchBytes = 64 << 10;
/** More than a batch of rows deflates to. */
const viewBytes = 128 << 10;

/** `write` gets the file's bytes in order; the array is used again when it has them. Answers undefined when the kernel has no memory left. */
export function createPngOut(
  kernel: PngOutExports,
  size: { readonly width: number; readonly height: number },
  write: WriteBytes,
): PngOut | undefined {
  const scratch = kernel.alloc(scratchBytes);
  if (scratch === 0) return undefined;
  const crc = crcBy(kernel, { at: scratch, bytes: scratchBytes });
  let room = new Uint8Array(0);
  const chunk = (type: string, body: Uint8Array) => {
    const length = frameBytes + body.length;
    if (length > room.length) room = new Uint8Array(length);
    return fillChunk(room.subarray(0, length), type, body, (part) => crc(0, part));
  };
  let rows = new Uint8Array(0);
  const deflate = new CompressionStream("deflate");
  const writer = deflate.writable.getWriter();
  // In Workers it fills our memory, a batch of rows at a time; in Node it comes as it is.
  const deflated = openChunks(deflate.readable, "shared", viewBytes);
  let begun = false;
  /** Settles when what has been read is written, and nothing more lies ready to be read. */
  let catchingUp: Promise<void> = Promise.resolve();

  async function writePixels(): Promise<void> {
    let caughtUp: (() => void) | undefined;
    for (;;) {
      const bytes = await deflated.next();
      if (!bytes) return caughtUp?.();
      if (!caughtUp) {
        const { promise, resolve } = Promise.withResolvers<void>();
        catchingUp = promise;
        caughtUp = resolve;
      }
      await write(chunk("IDAT", bytes));
      // As much as was asked for: more lies there.
      if (deflated.fillsOurs && bytes.length === viewBytes) continue;
      caughtUp();
      caughtUp = undefined;
    }
  }
  const pixels = writePixels();
  // Seen by whoever awaits take() or finish(); without this a failure in between would count as unhandled.
  pixels.catch(() => undefined);

  async function take(): Promise<void> {
    if (!begun) {
      begun = true;
      await write(writeSignature());
      for (const { type, body } of preamble(kernel, size)) await write(chunk(type, body));
    }
    const length = kernel.pngOutTake();
    if (length === 0) return;
    const waiting = new Uint8Array(kernel.memory.buffer, kernel.pngOutBytes(), length);
    // The deflater takes whatever it is given, and would hold it all for a slow reader. If writing pixels fails, nobody
    // reads any more and these would wait for ever.
    await Promise.race([catchingUp, pixels]);
    // Node's deflater may still read them after the write has resolved.
    if (length > rows.length || !deflated.fillsOurs) rows = new Uint8Array(length);
    rows.set(waiting);
    await Promise.race([writer.write(rows.subarray(0, length)), pixels]);
  }

  return {
    take,
    async finish() {
      await take();
      await Promise.all([writer.close(), pixels]);
      await write(chunk("IEND", new Uint8Array(0)));
    },
    async abort() {
      await writer.abort().catch(() => undefined);
      await pixels.catch(() => undefined);
    },
  };
}

/** Everything before the pixels; the kernel has decided on type and palette. */
function preamble(
  kernel: PngOutExports,
  { width, height }: { readonly width: number; readonly height: number },
): { readonly type: string; readonly body: Uint8Array }[] {
  const header = writeHeader({
    width,
    height,
    bitDepth: kernel.pngOutDepth(),
    colourType: kernel.pngOutType(),
  });
  const parts: { type: string; body: Uint8Array }[] = [{ type: "IHDR", body: header }];
  const colours = kernel.pngOutColours();
  if (colours === 0) return parts;
  const rgba = new Uint8Array(kernel.memory.buffer, kernel.pngOutPalette(), colours * 4);
  parts.push({ type: "PLTE", body: rgba.filter((_, i) => i % 4 !== 3) });
  const alphas = rgba.filter((_, i) => i % 4 === 3);
  // Entries that tRNS does not reach are opaque (PNG 3rd edition, section 11.3.1.1).
  const translucent = alphas.findLastIndex((alpha) => alpha !== 255) + 1;
  if (translucent > 0) parts.push({ type: "tRNS", body: alphas.slice(0, translucent) });
  return parts;
}
