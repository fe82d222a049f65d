// What a job will use again of the WebAssembly memories that stand idle, and what it may leave behind in the JavaScript heap.
import type { OutputFormat, SourceFormat } from "../../../schema/facts.ts";
import type { MemoryCaps } from "./caps.ts";

/** Bytes by the name of a memory, the kernel's or that of a format's codec: they are its own plan's, and need no room beside it. */
export type Claims = Readonly<Record<string, number>>;

export const KERNEL_MEMORY = "kernel";
/** The memory of a format's decoder. */
export const memoryOfReader = (format: SourceFormat) => `${format} in`;
/** The memory of a format's encoder. */
export const memoryOfWriter = (format: OutputFormat) => `${format} out`;

/** The codecs that hold their pictures in a memory of their own. */
const memories: ReadonlySet<string> = new Set([
  ...(["webp", "avif", "heic"] as const).map(memoryOfReader),
  ...(["webp", "avif"] as const).map(memoryOfWriter),
]);

export interface Leftovers {
  readonly claims: Claims;
  /** What the collector may find when the job has ended, in bytes: all that it held outside of those memories. */
  readonly litterBytes: number;
}

interface Planned {
  readonly caps: MemoryCaps;
  /** What the job may come to in all. */
  readonly mostBytes: number;
}

/** `format`: null where nothing is written. `fileBytes`: the original's length. */
export function leftoversOf(
  { caps: { reader, kernel, writer }, mostBytes }: Planned,
  source: SourceFormat,
  format: OutputFormat | null,
  fileBytes: number,
): Leftovers {
  const claims: Record<string, number> = { [KERNEL_MEMORY]: kernel };
  const claim = (memory: string, bytes: number) => {
    if (memories.has(memory) && bytes > 0) claims[memory] = bytes;
  };
  // The file itself stands outside.
  claim(memoryOfReader(source), Math.max(0, reader - 3 * fileBytes));
  // A decoder hands over frames, and an animation's canvas stands beside them: how much of its sum lies outside, nobody tells.
  let inside = kernel;
  if (format !== null) {
    const memory = memoryOfWriter(format);
    claim(memory, writer);
    inside += claims[memory] ?? 0;
  }
  return { claims, litterBytes: Math.max(0, mostBytes - inside) };
}
