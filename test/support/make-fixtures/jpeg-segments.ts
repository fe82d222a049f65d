// Puts metadata segments into a JPEG as phones do: EXIF, XMP, a comment, a second picture after the end (MPF).

import { buildExif, type Camera } from "./exif.ts";

export function jpegSegment(marker: number, payload: Uint8Array): Uint8Array {
  const length = payload.length + 2;
  return Buffer.concat([Uint8Array.of(0xff, marker, length >> 8, length & 255), payload]);
}

/** Places segments behind SOI and, where there is one, the JFIF header. */
export function insertSegments(jpeg: Uint8Array, segments: readonly Uint8Array[]): Buffer {
  const jfif = jpeg[2] === 0xff && jpeg[3] === 0xe0;
  const at = jfif ? 4 + ((jpeg[4] ?? 0) << 8) + (jpeg[5] ?? 0) : 2;
  return Buffer.concat([jpeg.subarray(0, at), ...segments, jpeg.subarray(at)]);
}

export const exifSegment = (camera: Camera) =>
  jpegSegment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), buildExif(camera)]));

export const xmpSegment = () =>
  jpegSegment(
    0xe1,
    Buffer.from(
      'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/">secret-xmp 47.6205</x:xmpmeta>',
    ),
  );

export const commentSegment = () => jpegSegment(0xfe, Buffer.from("secret comment"));

/** What a phone adds, including a preview picture after EOI. */
export function asPhoneWouldSave(jpeg: Uint8Array, camera: Camera): Buffer {
  const marked = insertSegments(jpeg, [
    exifSegment(camera),
    xmpSegment(),
    jpegSegment(0xe2, Buffer.from("MPF\0MM\0*\0\0\0\x08\0\0\0\0\0\0")),
    jpegSegment(0xed, Buffer.from("Photoshop 3.0\x008BIM secret-iptc")),
    commentSegment(),
  ]);
  return camera.thumbnail ? Buffer.concat([marked, camera.thumbnail]) : marked;
}
