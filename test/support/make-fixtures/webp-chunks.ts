// Takes WebPs apart into chunks and puts them together again, with any length in their header.

export interface WebpChunk {
  readonly id: string;
  readonly body: Uint8Array;
}

export function splitWebp(file: Uint8Array): WebpChunk[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const chunks: WebpChunk[] = [];
  for (let at = 12; at + 8 <= file.length; ) {
    const length = view.getUint32(at + 4, true);
    const id = Buffer.from(file.subarray(at, at + 4)).toString("latin1");
    chunks.push({ id, body: file.subarray(at + 8, at + 8 + length) });
    at += 8 + length + (length & 1);
  }
  return chunks;
}

/** Its header's length is the true one unless another is said. */
export function joinWebp(chunks: readonly WebpChunk[], length?: number): Uint8Array<ArrayBuffer> {
  const body = Buffer.concat(
    chunks.flatMap(({ id, body }) => [
      Buffer.from(id, "latin1"),
      long(body.length),
      body,
      new Uint8Array(body.length & 1),
    ]),
  );
  const head = [Buffer.from("RIFF"), long(length ?? body.length + 4), Buffer.from("WEBP")];
  return Uint8Array.from(Buffer.concat([...head, body]));
}

/** With each chunk as `change` makes it: another one, several, or none. */
export const changeWebp = (
  file: Uint8Array,
  change: (chunk: WebpChunk, index: number) => WebpChunk | readonly WebpChunk[],
): Uint8Array<ArrayBuffer> => joinWebp(splitWebp(file).flatMap(change));

/** The same file, whose header tells another length. */
export function tellLength(file: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const other = Uint8Array.from(file);
  new DataView(other.buffer).setUint32(4, length, true);
  return other;
}

/** VP8X. */
export function canvasChunk(flags: number, width: number, height: number): WebpChunk {
  const [wide, high] = [width - 1, height - 1];
  return {
    id: "VP8X",
    body: Uint8Array.of(flags, 0, 0, 0, wide & 255, wide >> 8, 0, high & 255, high >> 8, 0),
  };
}

function long(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
