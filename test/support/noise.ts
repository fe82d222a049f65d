// Pictures of noise, the same for the same seed, and files of them by the codecs as they are served.
import type { Pixels } from "../../workers/src/geometry/pixels.ts";
import { codecs } from "../../workers/src/render/codecs/index.ts";
import { HeldFile } from "../harness/held-file.ts";
import { seededRandom } from "../harness/seeded-random.ts";

/** Opaque. */
export function noise(width: number, height: number, seed: number): Pixels {
  const random = seededRandom(seed);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < data.length; at++) data[at] = at % 4 === 3 ? 255 : random() * 256;
  return { width, height, data };
}

/** The picture as a file; `before` is done first. */
export async function fileOf(
  format: keyof typeof codecs.write,
  picture: Pixels,
  quality: number | null,
  before: () => Promise<unknown> = async () => undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  await before();
  const file = new HeldFile();
  await codecs.write[format].encode(picture, { quality }, file.write);
  return file.whole();
}
