// The same upload in other chunks, read the way the API reads it but not stored.

import { fingerprintOf } from "../../workers/api/images/fingerprint.ts";
import { readImport } from "../../workers/api/import/read-import.ts";
import { Inspector } from "../../workers/api/upload/inspect.ts";
import { inParts } from "../../workers/api/upload/parts.ts";
import { readForm } from "../../workers/api/upload/read-form.ts";
import { readRaw } from "../../workers/api/upload/read-raw.ts";
import { Sanitised } from "../../workers/api/upload/sanitised.ts";
import type { Upload } from "../../workers/api/upload/upload.ts";
import { ApiError } from "../../workers/shared/api-error.ts";

export type Chunks = readonly Uint8Array[];
export type Bytes = Uint8Array<ArrayBuffer>;

const hold = async () => undefined;
const maxBytes = 20_000_000;

/** The bytes with one cut; an end at 0 makes an empty first chunk. */
export const cutAt = (bytes: Bytes, at: number): Chunks => [bytes.slice(0, at), bytes.slice(at)];
export const inSingles = (bytes: Bytes): Chunks => Array.from(bytes, (byte) => Uint8Array.of(byte));

/** As they are read of a body: each lies in the memory of the one before. */
async function* arriving(chunks: Chunks): AsyncGenerator<Uint8Array> {
  const memory = new Uint8Array(Math.max(0, ...chunks.map(({ length }) => length)));
  for (const chunk of chunks) {
    memory.fill(0xaa).set(chunk);
    yield memory.subarray(0, chunk.length);
  }
  memory.fill(0xaa);
}

export const formType = "multipart/form-data; boundary=edge";

/** A form with a field on either side of the file. */
export function formBody(file: Bytes): Bytes {
  const text = new TextEncoder();
  const head =
    '--edge\r\nContent-Disposition: form-data; name="caption"\r\n\r\nhi\r\n' +
    '--edge\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n';
  const tail = '\r\n--edge\r\nContent-Disposition: form-data; name="ttl"\r\n\r\n1d\r\n--edge--\r\n';
  const pieces = [text.encode(head), file, text.encode(tail)];
  const body = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    body.set(piece, at);
    at += piece.length;
  }
  return body;
}

/** Ways in. `bodyOf` is what is cut; `read` reads it. */
export const ways = {
  "a form": {
    bodyOf: formBody,
    read: async (body: Chunks) =>
      readForm(arriving(body), { contentType: formType, bodyBytes: undefined, hold }),
  },
  "a raw body": {
    bodyOf: (file: Bytes) => file,
    read: async (body: Chunks) =>
      readRaw(new Request("https://edgepix.test/v1/images?caption=hi"), arriving(body), "image/png"),
  },
  "an import": {
    bodyOf: (file: Bytes) => file,
    read: async (body: Chunks) => {
      const request = new TextEncoder().encode('{"url":"https://8.8.8.8/a.png","caption":"hi"}');
      const fetch = async () => new Response(streamOf(body));
      const outside = { fetch, resolver: "https://resolver.test/", timeoutMilliseconds: 10_000 };
      return readImport(arriving([request]), outside, hold);
    },
  },
} satisfies Record<string, { bodyOf: (file: Bytes) => Bytes; read: (body: Chunks) => Promise<Upload> }>;

/** Chunks as a body, each read by itself. */
export function streamOf(chunks: Chunks): ReadableStream<Uint8Array> {
  const rest = chunks.filter(({ length }) => length > 0);
  return new ReadableStream(
    {
      pull(controller) {
        const next = rest.shift();
        if (next) controller.enqueue(next);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** What would be stored, and what the upload asks for; or the refusal. */
export async function outcomeOf(reading: Promise<Upload>): Promise<string> {
  try {
    const upload = await reading;
    const file = await upload.open();
    const inspector = new Inspector(maxBytes);
    let stored = 0;
    const safe = new Sanitised(file.chunks, { maxBytes, hold });
    for await (const { bytes } of inParts(inspector.watch(safe), hold, file)) stored += bytes.length;
    const { facts, sha256 } = await inspector.finish();
    return JSON.stringify({ facts, stored, fingerprint: await fingerprintOf(upload, sha256) });
  } catch (error) {
    if (error instanceof ApiError) return JSON.stringify([error.code, error.message, error.parts.details]);
    throw error;
  }
}
