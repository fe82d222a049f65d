// The container of an ICC profile: header and tags (ICC.1:2022, sections 7.2 and 7.3), read distrustfully.

export interface IccProfile {
  /** "RGB", "GRAY", "CMYK" … */
  readonly space: string;
  /** The profile connection space its tags speak of: "XYZ" or "Lab". */
  readonly pcs: string;
  /** A tag's bytes, its type signature included. */
  tag(signature: string): IccTag | undefined;
}

/** Reads past a tag's end give 0: a short tag makes a strange picture at worst. */
export interface IccTag {
  readonly type: string;
  readonly length: number;
  u8(at: number): number;
  u16(at: number): number;
  u32(at: number): number;
  /** s15Fixed16Number, section 4.6. */
  fixed(at: number): number;
}

const headerBytes = 128;
/** Real profiles have about 20. */
const maxTags = 200;

export function parseIcc(bytes: Uint8Array): IccProfile | undefined {
  if (bytes.length < headerBytes + 4) return undefined;
  const header = tagOf(bytes);
  if (signatureAt(bytes, 36) !== "acsp") return undefined;
  const count = Math.min(header.u32(headerBytes), maxTags);
  const tags = new Map<string, IccTag>();
  for (let i = 0; i < count; i++) {
    const at = headerBytes + 4 + i * 12;
    const offset = header.u32(at + 4);
    const length = header.u32(at + 8);
    if (at + 12 > bytes.length || offset + length > bytes.length || length < 8) continue;
    tags.set(signatureAt(bytes, at), tagOf(bytes.subarray(offset, offset + length)));
  }
  return {
    space: signatureAt(bytes, 16).trim(),
    pcs: signatureAt(bytes, 20).trim(),
    tag: (signature) => tags.get(signature),
  };
}

function tagOf(bytes: Uint8Array): IccTag {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const inside = (at: number, size: number) => at >= 0 && at + size <= bytes.length;
  return {
    type: signatureAt(bytes, 0),
    length: bytes.length,
    u8: (at) => (inside(at, 1) ? view.getUint8(at) : 0),
    u16: (at) => (inside(at, 2) ? view.getUint16(at) : 0),
    u32: (at) => (inside(at, 4) ? view.getUint32(at) : 0),
    fixed: (at) => (inside(at, 4) ? view.getInt32(at) / 65536 : 0),
  };
}

function signatureAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
