// Small things about HTTP that both Workers need.

/** The media type of a Content-Type header without its parameters, lower case; "" where there is none. */
export function mediaType(contentType: string | null): string {
  return (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** Content-Length; undefined where it is not told. */
export function declaredLength(headers: Headers): number | undefined {
  const length = Number(headers.get("Content-Length") ?? Number.NaN);
  return Number.isSafeInteger(length) ? length : undefined;
}

/** An address as it was meant by who copied it out of HTML, where `&` is written `&amp;`. */
export function withPlainAmpersands(url: string): string {
  const at = url.indexOf("?");
  return at === -1 ? url : url.slice(0, at) + url.slice(at).replace(/&amp(?:;|%3B)/gi, "&");
}

/** A body as chunks; nothing where there is no body. Leaving the loop early cancels the rest. */
export async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (body) yield* body;
}

/** Reads a small text body; undefined where it is longer than `maxBytes`. */
export async function readText(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
