// The kernel's public face: camera-sized pictures in a few megabytes.
//
//   const kernel = new Kernel(module);                 // a compiled kernel.wasm
//   const answer = await kernel.renderPixels({ kind: "jpeg", stream }, shape);
//   const answer = await kernel.renderFile({ kind: "png", stream }, shape, { kind: "jpeg", quality: 80, chroma: "4:2:0" }, write);
//
// JPEG, PNG or pixels in; cropped, resized and turned; pixels, JPEG or PNG out. Answers are values:
// whatever a file holds, nothing is thrown for it (only the stream's own failures are).

import type { WriteBytes } from "../../../formats/bytes/write.ts";
import { type Outcome, refuse } from "../../../formats/damage.ts";
import type { Pixels } from "../../geometry/pixels.ts";
import type { Shape } from "../../geometry/shape.ts";
import { capOf } from "../../plan/caps.ts";
import type { Encoding } from "../../plan/encoding.ts";
import { type OutputFacts, planMemory, RETOUCH_BYTES } from "../../plan/kernel-memory.ts";
import type { KernelExports } from "./exports.ts";
import { KernelPool } from "./instance.ts";
import type { Made, MadePixels, Source, TakeRows } from "./job.ts";
import { type PixelTables, retouchIn } from "./retouch.ts";
import { runJob } from "./run.ts";
import { fileSink, pixelSink } from "./sink.ts";
import { openTurnedRows } from "./turned-rows.ts";

/** More than any plan allows; a plan's own figure is the better limit. */
const defaultMemoryBytes = 112 << 20;

/** What a job may take: a file's is its plan's to say, that of pixels is known. */
function limitOf(source: Source, shape: Shape, output: OutputFacts, { memoryBytes }: RenderOptions): number {
  if (memoryBytes !== undefined) return memoryBytes;
  if (source.kind === "jpeg" || source.kind === "png") return defaultMemoryBytes;
  const facts = { kind: "pixels", alpha: true, profile: source.profile !== undefined } as const;
  return capOf(planMemory(facts, shape, output).wasmBytes);
}

/** 50 MP is the contract's limit; pixels of more would not fit an isolate. */
const maxOutputPixels = 50_000_000;

export interface RenderOptions {
  /** The most WASM memory that this job may take, from its plan. */
  readonly memoryBytes?: number;
}

export class Kernel {
  readonly #pool: KernelPool;

  constructor(module: WebAssembly.Module) {
    this.#pool = new KernelPool(module);
  }

  /** Renders to pixels, upright. */
  renderPixels(source: Source, shape: Shape, options: RenderOptions = {}): Promise<Outcome<MadePixels>> {
    const wrong = shapeError(shape);
    if (wrong) return Promise.resolve(wrong);
    return this.#pool.use(limitOf(source, shape, { kind: "pixels" }, options), (kernel) =>
      toPixels(kernel, source, shape),
    );
  }

  /**
   * Renders to rows, which `take` gets before later rows of the source are read. At the source's own size a row comes
   * after the source's row of that number was read, so it may be written over that one.
   */
  async renderRows(
    source: Source,
    shape: Omit<Shape, "turn">,
    take: TakeRows,
    options: RenderOptions = {},
  ): Promise<Outcome<Made>> {
    const upright = { ...shape, turn: 1 } as const;
    const wrong = shapeError(upright);
    if (wrong) return wrong;
    return this.#pool.use(limitOf(source, upright, { kind: "pixels" }, options), (kernel) =>
      runJob(kernel, source, upright, pixelSink(kernel, take)),
    );
  }

  /** Changes pixels in place, each by itself. */
  retouch(pixels: Pixels, tables: PixelTables): Promise<Outcome<void>> {
    return this.#pool.use(RETOUCH_BYTES, (kernel) => retouchIn(kernel, pixels, tables));
  }

  /** Renders to a file, whose bytes go to `write`. A turned picture is held as pixels in between. */
  async renderFile(
    source: Source,
    shape: Shape,
    encoding: Encoding,
    write: WriteBytes,
    options: RenderOptions = {},
  ): Promise<Outcome<Made>> {
    const wrong = shapeError(shape);
    if (wrong) return wrong;
    if (shape.turn !== 1) return this.#renderTurned(source, shape, encoding, write, options);
    return this.#pool.use(limitOf(source, shape, encoding, options), (kernel) =>
      runJob(kernel, source, shape, fileSink(kernel, shape.size, encoding, write)),
    );
  }

  async #renderTurned(
    source: Source,
    shape: Shape,
    encoding: Encoding,
    write: WriteBytes,
    options: RenderOptions,
  ): Promise<Outcome<Made>> {
    const upright = await this.renderPixels(source, shape, options);
    if (!upright.ok) return upright;
    const { pixels, isDamaged, usedBytes } = upright.value;
    const size = { width: pixels.width, height: pixels.height };
    const same: Shape = { stored: size, window: { x: 0, y: 0, ...size }, size, turn: 1 };
    const made = await this.renderFile({ kind: "pixels", pixels }, same, encoding, write, options);
    if (!made.ok) return made;
    return { ok: true, value: { isDamaged, usedBytes: Math.max(usedBytes, made.value.usedBytes) } };
  }
}

async function toPixels(kernel: KernelExports, source: Source, shape: Shape): Promise<Outcome<MadePixels>> {
  const rows = openTurnedRows(shape.size, shape.turn);
  const made = await runJob(kernel, source, shape, pixelSink(kernel, rows.take));
  return made.ok ? { ok: true, value: { ...made.value, pixels: rows.pixels } } : made;
}

/** What no file can be blamed for. */
function shapeError({ stored, window, size }: Shape): ReturnType<typeof refuse> | undefined {
  if (size.width * size.height > maxOutputPixels)
    return refuse("too-large", "what is asked for is too large");
  const whole = [stored.width, stored.height, size.width, size.height];
  const fits =
    whole.every((side) => Number.isInteger(side) && side >= 1 && side <= 65535) &&
    window.x >= 0 &&
    window.y >= 0 &&
    window.width > 0 &&
    window.height > 0 &&
    window.x + window.width <= stored.width + 1e-6 &&
    window.y + window.height <= stored.height + 1e-6;
  return fits ? undefined : refuse("misused", "the window does not lie within it");
}
