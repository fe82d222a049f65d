// Writes the formats that sharp cannot: BMP, ICO, and a GIF with every disposal mode, a comment and a text block.

/** 24-bit, bottom up, rows padded to four bytes. */
export function encodeBmp(rgb: Uint8Array, width: number, height: number): Buffer {
  const stride = (width * 3 + 3) & ~3;
  const file = Buffer.alloc(54 + stride * height);
  file.write("BM", 0, "latin1");
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  file.writeUInt32LE(stride * height, 34);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = (row * width + column) * 3;
      const to = 54 + (height - 1 - row) * stride + column * 3;
      for (let channel = 0; channel < 3; channel++) file[to + channel] = rgb[from + 2 - channel] ?? 0;
    }
  }
  return file;
}

/** Entries are PNG files, as Windows Vista and later read them. */
export function encodeIco(entries: readonly { readonly side: number; readonly png: Uint8Array }[]): Buffer {
  const directory = Buffer.alloc(6 + entries.length * 16);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(entries.length, 4);
  let offset = directory.length;
  entries.forEach(({ side, png }, index) => {
    const at = 6 + index * 16;
    directory[at] = side & 255;
    directory[at + 1] = side & 255;
    directory.writeUInt16LE(1, at + 4);
    directory.writeUInt16LE(32, at + 6);
    directory.writeUInt32LE(png.length, at + 8);
    directory.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([directory, ...entries.map(({ png }) => png)]);
}

/** 64x48, four frames with disposal 1, 2, 3 and 0, three plays, frames smaller than the canvas. */
export function encodeDisposalGif(): Buffer {
  const frames = [
    { x: 0, y: 0, width: 64, height: 48, disposal: 1, colour: 1 },
    { x: 8, y: 8, width: 24, height: 16, disposal: 2, colour: 2 },
    { x: 24, y: 20, width: 30, height: 20, disposal: 3, colour: 3 },
    { x: 4, y: 30, width: 16, height: 12, disposal: 0, colour: 2 },
  ];
  const palette = Buffer.from([0, 0, 0, 40, 90, 160, 230, 70, 50, 250, 220, 90]);
  return Buffer.concat([
    Buffer.from("GIF89a", "latin1"),
    Uint8Array.of(64, 0, 48, 0, 0b1001_0001, 0, 0),
    palette,
    Buffer.from("\x21\xff\x0bNETSCAPE2.0\x03\x01\x03\x00\x00", "latin1"),
    Buffer.from("\x21\xfe\x0esecret comment\x00", "latin1"),
    Buffer.from("\x21\xff\x0bXMP DataXMP\x0asecret-xmp\x00", "latin1"),
    ...frames.flatMap(({ x, y, width, height, disposal, colour }) => [
      Uint8Array.of(0x21, 0xf9, 4, (disposal << 2) | 1, 12, 0, 0, 0),
      Uint8Array.of(0x2c, x, 0, y, 0, width, 0, height, 0, 0),
      flatLzw(colour, width * height),
    ]),
    Uint8Array.of(0x3b),
  ]);
}

/** LZW that never compresses: three-bit codes with a clear code often enough that they stay three bits wide. */
function flatLzw(colour: number, pixels: number): Buffer {
  const codes: number[] = [];
  for (let done = 0; done < pixels; done++) {
    if (done % 2 === 0) codes.push(4);
    codes.push(colour);
  }
  codes.push(5);
  const bytes = Buffer.alloc(Math.ceil((codes.length * 3) / 8));
  codes.forEach((code, index) => {
    for (let bit = 0; bit < 3; bit++) {
      const place = index * 3 + bit;
      if (code & (1 << bit)) bytes[place >> 3] = (bytes[place >> 3] ?? 0) | (1 << (place & 7));
    }
  });
  const blocks: Uint8Array[] = [Uint8Array.of(2)];
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.subarray(at, at + 255);
    blocks.push(Uint8Array.of(block.length), block);
  }
  return Buffer.concat([...blocks, Uint8Array.of(0)]);
}
