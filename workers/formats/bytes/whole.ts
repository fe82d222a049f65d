// Reads a whole file into memory once: collected by the platform, or read in one go, it lies there twice until it is put together.
import { openChunks } from "./chunks.ts";

/** What is read at a time: few trips, and little beside the file. */
const READ_BYTES = 262_144;

/** `length`: how long the file is known to be. */
export async function readWhole(
  stream: ReadableStream<Uint8Array>,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks = openChunks(stream, "shared", READ_BYTES);
  const file = new Uint8Array(length);
  let at = 0;
  for (let chunk = await chunks.next(); chunk && at < length; chunk = await chunks.next()) {
    file.set(chunk.subarray(0, length - at), at);
    at += chunk.length;
  }
  await chunks.cancel();
  return at < length ? file.subarray(0, at) : file;
}
