// Where a job's output goes: what the kernel is told before the job, and how its bytes are taken.

import type { Size } from "../../../../schema/facts.ts";
import type { WriteBytes } from "../../../formats/bytes/write.ts";
import type { Encoding } from "../../plan/encoding.ts";
import { heldPngBytes, heldTokenBytes } from "../../plan/kernel-memory.ts";
import { MS_PER_PIECE, rowsMs } from "./breath.ts";
import type { KernelExports } from "./exports.ts";
import type { TakeRows } from "./job.ts";
import { createPngOut } from "./png/out.ts";

export interface Sink {
  /** Tells the kernel; before its source starts. */
  choose(): void;
  /** The kernel is ready: false when its memory is not enough. */
  open(): boolean;
  /** Bytes wait. Resolves to about what making them took, in milliseconds. */
  take(): Promise<number> | number;
  finish(): Promise<void> | void;
  abort(): Promise<void> | void;
}

export function pixelSink(kernel: KernelExports, takeRows: TakeRows): Sink {
  const take = () => {
    const at = kernel.jobOutput();
    const length = kernel.jobTake();
    takeRows(new Uint8Array(kernel.memory.buffer, at, length));
    return rowsMs(length);
  };
  return {
    choose: () => kernel.jobToPixels(),
    open: () => true,
    take,
    finish: () => void take(),
    abort: () => undefined,
  };
}

export function fileSink(kernel: KernelExports, size: Size, encoding: Encoding, write: WriteBytes): Sink {
  return encoding.kind === "jpeg" ? jpegSink(kernel, encoding, write) : pngSink(kernel, size, write);
}

function jpegSink(
  kernel: KernelExports,
  { quality, chroma }: Encoding & { readonly kind: "jpeg" },
  write: WriteBytes,
): Sink {
  // One for all pieces: a long file would leave as much garbage behind as it is long.
  let piece = new Uint8Array(0);
  const take = async () => {
    const at = kernel.jobOutput();
    const length = kernel.jobTake();
    if (length === 0) return 0;
    if (length > piece.length) piece = new Uint8Array(length);
    piece.set(new Uint8Array(kernel.memory.buffer, at, length));
    await write(piece.subarray(0, length));
    return MS_PER_PIECE;
  };
  return {
    choose() {
      kernel.jobToJpeg(quality, chroma === "4:2:0" ? 2 : 1, heldTokenBytes);
    },
    open: () => true,
    take,
    finish: async () => void (await take()),
    abort: () => undefined,
  };
}

function pngSink(kernel: KernelExports, size: Size, write: WriteBytes): Sink {
  let png: ReturnType<typeof createPngOut>;
  return {
    choose: () => kernel.jobToPng(heldPngBytes),
    open() {
      png = createPngOut(kernel, size, write);
      return png !== undefined;
    },
    async take() {
      await png?.take();
      return MS_PER_PIECE;
    },
    finish: () => png?.finish(),
    abort: () => png?.abort(),
  };
}
