// A picture through the kernel's one pass of tools that know only a pixel, strip by strip.
import { type Outcome, refuse } from "../../../formats/damage.ts";
import type { Pixels } from "../../geometry/pixels.ts";
import { breathe } from "./breath.ts";
import type { KernelExports } from "./exports.ts";

/** Linear light by channel value: [channel][value][red, green, blue, unused], and the tone of each light. */
export interface PixelTables {
  /** 3 * 256 * 4; white is LIGHT_WHITE << LIGHT_FRACTION in each column's sum. */
  readonly sums: Int32Array<ArrayBuffer>;
  /** TONES of them; white is TONE_WHITE. */
  readonly tone: Uint16Array<ArrayBuffer>;
  /** CUBE_SIDE^3 * 4: red, green, blue, unused; red runs slowest, white is TONE_WHITE. Null = nothing but tone. */
  readonly cube: Int16Array<ArrayBuffer> | null;
}

export const LIGHT_WHITE = 32_767;
export const LIGHT_FRACTION = 8;
export const TONES = 65_536;
export const TONE_WHITE = 16_384;
export const CUBE_SIDE = 33;

const STRIP_BYTES = 256 << 10;
/** As measured: 6 to 30, with a cube, by how much a picture repeats itself. */
const MS_PER_MEGABYTE = 4;

/** Changes the picture in place. */
export async function retouchIn(
  kernel: KernelExports,
  { data }: Pixels,
  { sums, tone, cube }: PixelTables,
): Promise<Outcome<void>> {
  const tablesAt = kernel.retouchTone();
  const cubeAt = cube ? kernel.retouchCube() : 1;
  const strip = kernel.alloc(STRIP_BYTES);
  if (tablesAt === 0 || cubeAt === 0 || strip === 0)
    return refuse("too-large", "its retouching needs more memory than was planned");
  new Int32Array(kernel.memory.buffer, tablesAt, sums.length).set(sums);
  new Uint16Array(kernel.memory.buffer, tablesAt + sums.byteLength, tone.length).set(tone);
  if (cube) new Int16Array(kernel.memory.buffer, cubeAt, cube.length).set(cube);
  for (let at = 0; at < data.length; at += STRIP_BYTES) {
    const part = data.subarray(at, at + STRIP_BYTES);
    const memory = new Uint8Array(kernel.memory.buffer, strip, part.length);
    memory.set(part);
    kernel.retouchPixels(strip, part.length >> 2);
    part.set(memory);
    const pause = breathe((MS_PER_MEGABYTE * part.length) / 1e6);
    if (pause) await pause;
  }
  return { ok: true, value: undefined };
}
