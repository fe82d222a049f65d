// Asks the src Worker under test, and reads the pixels of its answers.
import { exports } from "cloudflare:workers";
import type { Bytes } from "../../workers/formats/bytes/source.ts";
import { createFactsReader } from "../../workers/shared/image-facts.ts";
import type { Pixels } from "../../workers/src/geometry/pixels.ts";
import { codecs } from "../../workers/src/render/codecs/index.ts";
import { HeldFile } from "../harness/held-file.ts";

export function ask(path: string, init?: RequestInit): Promise<Response> {
  return exports.default.fetch(`https://src.example.com${path}`, init);
}

/** The picture of an answer, as its bytes hold it. */
export async function pixelsOf(answer: Response): Promise<Pixels> {
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
  return decode(await answer.bytes());
}

export async function decode(file: Uint8Array): Promise<Pixels> {
  const reader = createFactsReader();
  reader.push(file);
  const read = reader.end();
  if (read.kind !== "image") throw new Error(`The answer is no image: ${read.kind}`);
  const { format, width, height } = read.facts;
  if (format !== "jpg" && format !== "png" && format !== "webp" && format !== "avif" && format !== "gif") {
    throw new Error(`The answer is ${format}.`);
  }
  return codecs.read[format].decode(heldBytes(file), {
    stored: { width, height },
    turn: 1,
    window: { x: 0, y: 0, width, height },
    content: { width, height },
  });
}

/** A file as the codecs take it, without a bucket. */
export function heldBytes(file: Uint8Array): Bytes {
  const bytes = Uint8Array.from(file);
  return {
    stream: async (from = 0) => new Blob([bytes.subarray(from)]).stream(),
    // Each reader has its own: what it has read is gone with its job.
    whole: async () => bytes.slice(),
    range: async (offset, length) => bytes.slice(offset, offset + length),
  };
}

/** A picture as the engine writes it, exactly. */
export async function pngOf(pixels: Pixels): Promise<Uint8Array<ArrayBuffer>> {
  const file = new HeldFile();
  await codecs.write.png.encode(pixels, { quality: null }, file.write);
  return file.whole();
}
