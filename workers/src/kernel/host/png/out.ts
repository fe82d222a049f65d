// PNG out, the host's half: filtered rows from the kernel -> the platform's deflate -> chunks.
//
//   const png = createPngOut(kernel, write);          after kernel.pngOutBegin(…)
//   await png.take();                                  at every status OUTPUT
//   await png.finish();                                at DONE

import type { WriteBytes } from "../../../../formats/bytes/write.ts";

export interface PngOutExports {
  readonly memory: WebAssembly.Memory;
  alloc(bytes: number): number;
  pngCrc(crc: number, from: number, length: number): number;
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

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
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
  let room = new Uint8Array(0);
  const chunk = (type: string, body: Uint8Array) => {
    if (body.length + 12 > room.length) room = new Uint8Array(body.length + 12);
    return fillChunk(kernel, scratch, room.subarray(0, body.length + 12), type, body);
  };
  let rows = new Uint8Array(0);
  const deflate = new CompressionStream("deflate");
  const writer = deflate.writable.getWriter();
  const deflated = openDeflated(deflate.readable);
  let begun = false;
  /** Settles when what has been read is written, and nothing more lies ready to be read. */
  let catchingUp: Promise<void> = Promise.resolve();

  async function writePixels(): Promise<void> {
    let caughtUp: (() => void) | undefined;
    for (;;) {
      const next = await deflated.read();
      if (next.done) return caughtUp?.();
      if (!caughtUp) {
        const { promise, resolve } = Promise.withResolvers<void>();
        catchingUp = promise;
        caughtUp = resolve;
      }
      await write(chunk("IDAT", next.value));
      if (next.isMoreReady) continue;
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
      await write(signature.slice());
      for (const { type, body } of preamble(kernel, size)) await write(chunk(type, body));
    }
    const length = kernel.pngOutTake();
    if (length === 0) return;
    const waiting = new Uint8Array(kernel.memory.buffer, kernel.pngOutBytes(), length);
    // The deflater takes whatever it is given, and would hold it all for a slow reader. If writing pixels fails, nobody
    // reads any more and these would wait for ever.
    await Promise.race([catchingUp, pixels]);
    if (length > rows.length || deflated.keepsBytes) rows = new Uint8Array(length);
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

interface Deflated {
  /** The deflater may still read bytes after the write has resolved. */
  readonly keepsBytes: boolean;
  read(): Promise<
    | { readonly done: true }
    | { readonly done: false; readonly value: Uint8Array; readonly isMoreReady: boolean }
  >;
}

/** Workers read a batch of rows at a time into one buffer; in Node it is no byte stream, and comes as it is. */
function openDeflated(readable: ReadableStream<Uint8Array>): Deflated {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = readable.getReader({ mode: "byob" });
  } catch {
    return openByDefault(readable.getReader());
  }
  let view = new Uint8Array(viewBytes);
  return {
    keepsBytes: false,
    async read() {
      const { value } = await reader.read(view);
      if (!value || value.length === 0) return { done: true };
      view = new Uint8Array(value.buffer);
      return { done: false, value, isMoreReady: value.length === viewBytes };
    },
  };
}

function openByDefault(reader: ReadableStreamDefaultReader<Uint8Array>): Deflated {
  return {
    keepsBytes: true,
    async read() {
      const { value } = await reader.read();
      return value ? { done: false, value, isMoreReady: false } : { done: true };
    },
  };
}

/** Everything before the pixels; the kernel has decided on type and palette. */
function preamble(
  kernel: PngOutExports,
  { width, height }: { readonly width: number; readonly height: number },
): { readonly type: string; readonly body: Uint8Array }[] {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([kernel.pngOutDepth(), kernel.pngOutType(), 0, 0, 0], 8);
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

/** Length, type, body, CRC of type and body (section 5.3). */
function fillChunk(
  kernel: PngOutExports,
  scratch: number,
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  body: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  view.setUint32(0, body.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(body, 8);
  let crc = 0;
  for (let at = 4; at < 8 + body.length; at += scratchBytes) {
    const part = bytes.subarray(at, Math.min(at + scratchBytes, 8 + body.length));
    new Uint8Array(kernel.memory.buffer).set(part, scratch);
    crc = kernel.pngCrc(crc, scratch, part.length);
  }
  view.setUint32(8 + body.length, crc >>> 0);
  return bytes;
}
