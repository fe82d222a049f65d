// Pictures as files that we read and don't write, without any loss: BMP, TIFF, ICO.
import type { Pixels } from "../../workers/src/geometry/pixels.ts";

type File = Uint8Array<ArrayBuffer>;

/** 24 bits a pixel, bottom row first, rows of whole words. */
export function bmpOf(picture: Pixels): File {
  const { width, height } = picture;
  const rows = rowsUpwards(picture, Math.ceil((width * 3) / 4) * 4, 3);
  const file = new Uint8Array(54 + rows.length);
  const view = new DataView(file.buffer);
  file.set([0x42, 0x4d]);
  view.setUint32(2, file.length, true);
  view.setUint32(10, 54, true);
  file.set(infoHeader(width, height, 24), 14);
  file.set(rows, 54);
  return file;
}

/** One picture of 32 bits a pixel: its alpha counts, and the mask behind it says nothing more. */
export function icoOf(picture: Pixels): File {
  const { width, height } = picture;
  const mask = Math.ceil(width / 32) * 4 * height;
  const body = [...infoHeader(width, height * 2, 32), ...rowsUpwards(picture, width * 4, 4)];
  return icoAround(picture, body, mask);
}

/** One picture as the PNG that it is given. */
export function icoOfPng(size: Pixels, png: Uint8Array): File {
  return icoAround(size, [...png], 0);
}

function icoAround({ width, height }: Pixels, body: readonly number[], blankBytes: number): File {
  const file = new Uint8Array(22 + body.length + blankBytes);
  const view = new DataView(file.buffer);
  file.set([0, 0, 1, 0, 1, 0, width, height, 0, 0, 1, 0, 32, 0]);
  view.setUint32(14, body.length + blankBytes, true);
  view.setUint32(18, 22, true);
  file.set(body, 22);
  return file;
}

function infoHeader(width: number, height: number, bits: number): Uint8Array {
  const header = new Uint8Array(40);
  const view = new DataView(header.buffer);
  view.setUint32(0, 40, true);
  view.setInt32(4, width, true);
  view.setInt32(8, height, true);
  view.setUint16(12, 1, true);
  view.setUint16(14, bits, true);
  return header;
}

function rowsUpwards({ width, height, data }: Pixels, stride: number, channels: 3 | 4): Uint8Array {
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray((y * width + x) * 4);
      rows.set([blue, green, red, alpha].slice(0, channels), (height - 1 - y) * stride + x * channels);
    }
  return rows;
}

/** One strip of RGBA, not packed. */
export function tiffOf({ width, height, data }: Pixels): File {
  const directory = 8 + data.length + (data.length & 1);
  const entries: readonly (readonly [tag: number, type: 3 | 4, count: number, value: number])[] = [
    [256, 4, 1, width],
    [257, 4, 1, height],
    [258, 3, 4, directory + 2 + 10 * 12 + 4],
    [259, 3, 1, 1],
    [262, 3, 1, 2],
    [273, 4, 1, 8],
    [277, 3, 1, 4],
    [278, 4, 1, height],
    [279, 4, 1, data.length],
    // Alpha that its colours are not multiplied by.
    [338, 3, 1, 2],
  ];
  const file = new Uint8Array(directory + 2 + entries.length * 12 + 4 + 8);
  const view = new DataView(file.buffer);
  file.set([0x49, 0x49, 42, 0]);
  view.setUint32(4, directory, true);
  file.set(data, 8);
  view.setUint16(directory, entries.length, true);
  entries.forEach(([tag, type, count, value], index) => {
    const at = directory + 2 + index * 12;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, count, true);
    view.setUint32(at + 8, value, true);
  });
  for (let channel = 0; channel < 4; channel++) view.setUint16(file.length - 8 + channel * 2, 8, true);
  return file;
}
