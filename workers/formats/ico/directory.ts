// An ICO's directory: a header, and for each picture an entry that tells its size and where it lies.

export const headerBytes = 6;
export const entryBytes = 16;

export interface IcoEntry {
  readonly width: number;
  readonly height: number;
  /** Bits a pixel, as the entry tells; many tell nothing. */
  readonly depth: number;
  readonly offset: number;
  /** Of the picture: a PNG, or a BMP without its file header. */
  readonly length: number;
  /** As it stands in the file. */
  readonly bytes: Uint8Array;
}

/** Of the first six bytes. */
export const entriesTold = (header: DataView): number => header.getUint16(4, true);

/** Its magic number is weak, so the first entry must make sense too. */
export function isIco(file: Uint8Array): boolean {
  if (file.length < headerBytes + entryBytes) return false;
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const count = entriesTold(view);
  const isNamed = view.getUint32(0) === 0x0000_0100 && count > 0 && view.getUint8(9) === 0;
  return isNamed && view.getUint32(18, true) >= headerBytes + count * entryBytes;
}

/** All entries of the bytes behind the header. */
export function entriesOf(directory: Uint8Array): IcoEntry[] {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.length);
  return Array.from({ length: Math.floor(directory.length / entryBytes) }, (_, index) => {
    const at = index * entryBytes;
    return {
      // 0 stands for 256.
      width: view.getUint8(at) || 256,
      height: view.getUint8(at + 1) || 256,
      depth: view.getUint16(at + 6, true),
      length: view.getUint32(at + 8, true),
      offset: view.getUint32(at + 12, true),
      bytes: directory.subarray(at, at + entryBytes),
    };
  });
}

/** The one that counts: of the largest the deepest, of those the first. */
export function largestOf(entries: readonly IcoEntry[]): IcoEntry | undefined {
  const area = ({ width, height }: IcoEntry) => width * height;
  const isMore = (entry: IcoEntry, other: IcoEntry) =>
    area(entry) > area(other) || (area(entry) === area(other) && entry.depth > other.depth);
  return entries.reduce<IcoEntry | undefined>(
    (most, entry) => (most && !isMore(entry, most) ? most : entry),
    undefined,
  );
}

/** An ICO with this one picture. */
export function writeIco(entry: IcoEntry, picture: Uint8Array): Uint8Array<ArrayBuffer> {
  const pictureAt = headerBytes + entryBytes;
  const file = new Uint8Array(pictureAt + picture.length);
  file.set([0, 0, 1, 0, 1, 0]);
  file.set(entry.bytes, headerBytes);
  new DataView(file.buffer).setUint32(headerBytes + 12, pictureAt, true);
  file.set(picture, pictureAt);
  return file;
}
