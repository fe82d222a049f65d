// A TIFF with all tags that a page may carry, each pointing at bytes of its own.

/** TIFF 6.0, its supplements, and some that cameras and programs add. */
const longTags = [
  254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 269, 270, 271, 272, 273, 274, 277, 278, 279, 280,
  281, 282, 283, 284, 285, 290, 291, 292, 293, 296, 297, 301, 305, 306, 315, 316, 317, 318, 319, 320, 321,
  322, 323, 324, 325, 330, 332, 334, 336, 338, 339, 340, 341, 347, 512, 513, 514, 515, 517, 518, 519, 520,
  521, 529, 530, 531, 532, 700, 33_432, 33_723, 34_377, 34_665, 34_675, 34_853, 37_724,
];
/** Tags that say where pixels or tables lie. */
const places: ReadonlySet<number> = new Set([273, 324, 513, 519, 520, 521]);
const lengths: ReadonlySet<number> = new Set([279, 325, 514]);
const values: Readonly<Record<number, number>> = {
  254: 0,
  255: 1,
  256: 8,
  257: 8,
  258: 8,
  259: 7,
  262: 2,
  274: 6,
  277: 3,
  322: 16,
  323: 16,
};
const EACH = 24;

/** Two pages of 8 x 8, the second one a thumbnail. */
export function everyTag(isLittle: boolean): Buffer {
  const tableBytes = 2 + longTags.length * 12 + 4;
  const dataAt = 8 + 2 * tableBytes;
  const bytes = Buffer.alloc(dataAt + 2 * longTags.length * 2 * EACH, "secret ");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  bytes.write(isLittle ? "II" : "MM", 0, "latin1");
  view.setUint16(2, 42, isLittle);
  view.setUint32(4, 8, isLittle);
  for (const page of [0, 1]) {
    const start = 8 + page * tableBytes;
    view.setUint16(start, longTags.length, isLittle);
    for (const [index, tag] of longTags.entries()) {
      const at = start + 2 + index * 12;
      const data = dataAt + (page * longTags.length + index) * 2 * EACH;
      const isPlace = places.has(tag);
      const value = page === 1 && tag === 254 ? 1 : values[tag];
      const isShort = value !== undefined;
      view.setUint16(at, tag, isLittle);
      view.setUint16(at + 2, isShort ? 3 : isPlace || lengths.has(tag) ? 4 : 2, isLittle);
      view.setUint32(at + 4, isShort || isPlace || lengths.has(tag) ? 1 : EACH, isLittle);
      view.setUint32(at + 8, 0, isLittle);
      if (isShort) view.setUint16(at + 8, value, isLittle);
      else view.setUint32(at + 8, lengths.has(tag) ? EACH : isPlace ? data + EACH : data, isLittle);
    }
    view.setUint32(start + tableBytes - 4, page === 0 ? start + tableBytes : 0, isLittle);
  }
  return bytes;
}
