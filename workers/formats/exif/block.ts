// An EXIF block is a TIFF structure; JPEG, and some who write WebP, put a name in front of it.

/** "Exif" and two zeros; a reader that cares for the zeros finds any block. */
const hasPrefix = (block: Uint8Array): boolean =>
  block[0] === 0x45 && block[1] === 0x78 && block[4] === 0 && block[5] === 0;

export const withoutPrefix = (block: Uint8Array): Uint8Array =>
  hasPrefix(block) ? block.subarray(6) : block;
