// An uncompressed CMYK TIFF from chosen numbers, so that an independent reader can be asked for their colour.

/** `cmyk` has width * height * 4 bytes, 255 is full ink. */
export function cmykTiff(cmyk: Uint8Array, width: number, height: number, profile?: Uint8Array): Buffer {
  const pixelsAt = 8;
  const bitsAt = pixelsAt + cmyk.length;
  const profileAt = bitsAt + 8;
  const directoryAt = profileAt + (profile ? profile.length + (profile.length & 1) : 0);
  const short = 3;
  const long = 4;
  const entries = [
    [256, long, 1, width],
    [257, long, 1, height],
    [258, short, 4, bitsAt],
    [259, short, 1, 1],
    [262, short, 1, 5],
    [273, long, 1, pixelsAt],
    [277, short, 1, 4],
    [278, long, 1, height],
    [279, long, 1, cmyk.length],
    ...(profile ? [[34675, 7, profile.length, profileAt]] : []),
  ];
  const file = Buffer.alloc(directoryAt + 2 + entries.length * 12 + 4);
  file.write("II*\0", 0, "latin1");
  file.writeUInt32LE(directoryAt, 4);
  file.set(cmyk, pixelsAt);
  for (let i = 0; i < 4; i++) file.writeUInt16LE(8, bitsAt + i * 2);
  if (profile) file.set(profile, profileAt);
  file.writeUInt16LE(entries.length, directoryAt);
  for (const [i, [tag = 0, type = 0, count = 0, value = 0]] of entries.entries()) {
    const at = directoryAt + 2 + i * 12;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(count, at + 4);
    if (type === short && count === 1) file.writeUInt16LE(value, at + 8);
    else file.writeUInt32LE(value, at + 8);
  }
  return file;
}
