// Inflates a PNG's ICC profile, and no more of it than a profile can be.

/** Large CMYK press profiles have 2 MB; those of RGB a few hundred KB at most. */
const maxProfileBytes = 4 << 20;

/** undefined: not a zlib stream, or longer than any profile. The picture is then shown without it. */
export async function inflateProfile(deflated: Uint8Array<ArrayBuffer>): Promise<Uint8Array | undefined> {
  const inflate = new DecompressionStream("deflate");
  const writer = inflate.writable.getWriter();
  const reader = inflate.readable.getReader();
  // Failures show at the readable end; a write left hanging by the cancel below has nobody to tell.
  const feeding = writer.write(deflated).then(() => writer.close());
  feeding.catch(() => undefined);
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const next = await reader.read().catch(() => undefined);
    if (!next) return undefined;
    if (next.done) break;
    parts.push(next.value);
    length += next.value.length;
    if (length > maxProfileBytes) {
      await reader.cancel().catch(() => undefined);
      return undefined;
    }
  }
  const profile = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    profile.set(part, at);
    at += part.length;
  }
  return profile;
}
