// Drives one job through a kernel instance: source bytes in, statuses, output taken, until done.

import type { Size } from "../../../../schema/facts.ts";
import { type Chunks, openChunks } from "../../../formats/bytes/chunks.ts";
import { Damage, type Outcome } from "../../../formats/damage.ts";
import { chooseReduction, chooseSide } from "../../geometry/scale.ts";
import type { Shape } from "../../geometry/shape.ts";
import { breathe, MS_PER_PIECE, rowsMs } from "./breath.ts";
import { errorOf } from "./errors.ts";
import { jpegFacts, type KernelExports } from "./exports.ts";
import { colourWay } from "./icc/icc.ts";
import { loadColour } from "./icc/kernel.ts";
import type { Made, RowSource, Source } from "./job.ts";
import { decodePng, type RowsAnswer } from "./png/in.ts";
import type { Sink } from "./sink.ts";

// The statuses of assembly/status.ts that are no errors.
const wantsInput = 0;
const isDone = 1;
const hasOutput = 2;
const hasHeader = 3;

/** What jobColour() takes. */
const colourKinds = { none: 0, sums: 1, grid: 2 } as const;

const inputBytes = 64 << 10;
const outOfMemory = -4;

/** Why there is nothing to show; or whether what is shown is less than was meant. */
type Ran = Damage | { readonly isDamaged: boolean };

/** Runs a job to its end, or to its error; the sink is finished or aborted by then. */
export async function runJob(
  kernel: KernelExports,
  source: Source,
  shape: Shape,
  sink: Sink,
): Promise<Outcome<Made>> {
  const { window, size } = shape;
  kernel.jobWindow(window.x, window.y, window.width, window.height, size.width, size.height);
  kernel.jobSoften(shape.soften?.x ?? 0, shape.soften?.y ?? 0);
  sink.choose();
  let ran: Ran;
  try {
    ran = await runSource(kernel, source, shape, sink);
    if (!(ran instanceof Damage)) await sink.finish();
  } catch (cause) {
    await sink.abort();
    throw cause;
  }
  if (ran instanceof Damage) {
    await sink.abort();
    return { ok: false, error: ran };
  }
  return { ok: true, value: { ...ran, usedBytes: kernel.memoryUsed() } };
}

async function runSource(kernel: KernelExports, source: Source, shape: Shape, sink: Sink): Promise<Ran> {
  if (source.kind === "pixels") return runPixels(kernel, source, shape, sink);
  if (source.kind === "rows") return runRows(kernel, source, shape, sink);
  // One buffer for all: a file of 53 MB would leave 35 MB of garbage behind.
  const bytes = openChunks(source.stream, "shared");
  try {
    return source.kind === "jpeg"
      ? await runJpeg(kernel, bytes, shape, sink)
      : await runPng(kernel, bytes, shape, sink);
  } finally {
    await bytes.cancel().catch(() => undefined);
  }
}

async function runJpeg(kernel: KernelExports, bytes: Chunks, shape: Shape, sink: Sink): Promise<Ran> {
  let status = kernel.jobOpenJpeg();
  let piece: Uint8Array | null = new Uint8Array(0);
  while (status !== isDone) {
    if (status < 0) return errorOf(status);
    if (status === hasOutput) {
      await breathe(await sink.take());
      status = kernel.jobRun();
    } else if (status === hasHeader) {
      const error = startJpeg(kernel, shape, sink);
      if (error) return error;
      status = kernel.jobRun();
    } else if (!piece) {
      status = kernel.jobEnd();
    } else if (piece.length === 0) {
      piece = await bytes.next();
    } else {
      const part: Uint8Array = piece.subarray(0, inputBytes);
      new Uint8Array(kernel.memory.buffer).set(part, kernel.jobInput());
      piece = piece.subarray(part.length);
      status = kernel.jobPush(part.length);
      await breathe((part.length / inputBytes) * MS_PER_PIECE);
    }
  }
  return { isDamaged: kernel.jobDamaged() === 1 };
}

function startJpeg(kernel: KernelExports, shape: Shape, sink: Sink): Damage | undefined {
  const found = { width: kernel.jpegFact(jpegFacts.width), height: kernel.jpegFact(jpegFacts.height) };
  const error = sizeError(found, shape.stored);
  if (error) return error;
  if (!prepareColour(kernel, jpegProfile(kernel), samplesOf(kernel.jpegFact(jpegFacts.components))))
    return errorOf(outOfMemory);
  const status = kernel.jobStartJpeg(chooseSide(shape.window, shape.size));
  if (status < 0) return errorOf(status);
  return sink.open() ? undefined : errorOf(outOfMemory);
}

async function runPng(kernel: KernelExports, bytes: Chunks, shape: Shape, sink: Sink): Promise<Ran> {
  // Rows below the window are not worth inflating.
  const whole = shape.window.y + shape.window.height >= shape.stored.height;
  const result = await decodePng(kernel, async () => (await bytes.next()) ?? undefined, {
    reduction: chooseReduction(shape),
    begin(header, profile) {
      const error = sizeError(header, shape.stored);
      if (error) return error;
      // Types 0 and 4 are gray, and come as rows with red, green and blue alike.
      const samples = header.colourType % 4 === 0 ? 1 : 3;
      if (!prepareColour(kernel, profile, samples)) return errorOf(outOfMemory);
      const status = kernel.jobStartPng(header.width, header.height);
      if (status < 0) return errorOf(status);
      return sink.open() ? undefined : errorOf(outOfMemory);
    },
    async rows(): Promise<RowsAnswer> {
      for (;;) {
        const status = kernel.jobRun();
        if (status < 0) return errorOf(status);
        if (status === isDone) return whole ? "done" : "enough";
        if (status === wantsInput) {
          await breathe(MS_PER_PIECE);
          return "more";
        }
        await breathe(await sink.take());
      }
    },
  });
  return result.ok ? result.value : result.error;
}

async function runPixels(
  kernel: KernelExports,
  { pixels: { data }, profile }: Extract<Source, { kind: "pixels" }>,
  shape: Shape,
  sink: Sink,
): Promise<Ran> {
  if (data.length !== shape.stored.width * 4 * shape.stored.height)
    return new Damage("its pixels are not of that size", { code: "misused" });
  return runRows(kernel, { kind: "rows", rows: [data], hasAlpha: !isOpaque(data), profile }, shape, sink);
}

async function runRows(
  kernel: KernelExports,
  { rows, hasAlpha, profile, isDamaged, colours = "rgb" }: RowSource,
  { stored }: Shape,
  sink: Sink,
): Promise<Ran> {
  const samples = { gray: 1, rgb: 3, inks: 4 } as const;
  if (!prepareColour(kernel, profile, samples[colours])) return errorOf(outOfMemory);
  // They are no inks any more when the kernel has their rows.
  if (colours === "inks") kernel.jobColour(colourKinds.none);
  const stride = stored.width * 4;
  let status = kernel.jobStartPixels(stored.width, stored.height, hasAlpha ? 1 : 0);
  const row = kernel.alloc(stride);
  const put = colours === "inks" ? inkRow(kernel, stored.width, row) : pixelRow(kernel, row);
  if (row === 0 || !put || (status >= 0 && !sink.open())) return errorOf(outOfMemory);
  for await (const strip of rows) {
    for (let at = 0; status === wantsInput && at < strip.length; at += stride) {
      put(strip.subarray(at, at + stride));
      status = kernel.jobRow(row);
      for (; status === hasOutput; status = kernel.jobRun()) {
        await breathe(await sink.take());
      }
      const pause = breathe(rowsMs(stride));
      if (pause) await pause;
    }
    if (status !== wantsInput) break;
  }
  return status === isDone ? { isDamaged: isDamaged?.() ?? false } : errorOf(status);
}

type PutRow = (pixels: Uint8ClampedArray) => void;

const pixelRow =
  (kernel: KernelExports, row: number): PutRow =>
  (pixels) =>
    new Uint8Array(kernel.memory.buffer).set(pixels, row);

/** Undefined: the kernel has no memory for it. */
function inkRow(kernel: KernelExports, width: number, row: number): PutRow | undefined {
  const planes = kernel.alloc(4 * width);
  if (planes === 0) return undefined;
  const [cyan, magenta, yellow, black] = [planes, planes + width, planes + 2 * width, planes + 3 * width];
  return (pixels) => {
    const memory = new Uint8Array(kernel.memory.buffer);
    for (let at = 0, x = 0; x < width; x++, at += 4) {
      memory[cyan + x] = pixels[at] ?? 0;
      memory[magenta + x] = pixels[at + 1] ?? 0;
      memory[yellow + x] = pixels[at + 2] ?? 0;
      memory[black + x] = pixels[at + 3] ?? 0;
    }
    kernel.colourCmykRow(cyan, magenta, yellow, black, 0, width, row);
  };
}

function isOpaque(data: Uint8ClampedArray): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
}

/** The picture's ICC profile, copied: the kernel's memory may move. */
function jpegProfile(kernel: KernelExports): Uint8Array | undefined {
  const length = kernel.jpegFact(jpegFacts.profileBytes);
  const at = length > 0 ? kernel.jpegProfile() : 0;
  return at > 0 ? new Uint8Array(kernel.memory.buffer, at, length).slice() : undefined;
}

function samplesOf(components: number): 1 | 3 | 4 {
  return components === 4 ? 4 : components === 1 ? 1 : 3;
}

/** Gives the kernel what brings these colours to sRGB; false when it has no memory for it. */
function prepareColour(kernel: KernelExports, profile: Uint8Array | undefined, samples: 1 | 3 | 4): boolean {
  const way = colourWay(profile, samples);
  kernel.jobColour(colourKinds[way.kind]);
  return loadColour(kernel, way);
}

function sizeError(found: Size, promised: Size): Damage | undefined {
  if (found.width === promised.width && found.height === promised.height) return undefined;
  return new Damage("its size is not the one that its header claims");
}
