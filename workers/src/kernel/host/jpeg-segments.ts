// Segments of the host's own (ICC, EXIF) in a JPEG that the kernel writes: right behind its JFIF header.

import type { WriteBytes } from "../../../formats/bytes/write.ts";

/** SOI and the JFIF segment, which the kernel always writes first. */
const jfifBytes = 20;
/** A segment's length has 16 bits and counts itself. */
const maxPayload = 65533;

/** Any application segment, APP0 + n (T.81 B.2.4.6). Throws on a payload that no segment can hold. */
export function appSegment(n: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  if (payload.length > maxPayload) throw new RangeError(`${payload.length} bytes don't fit a JPEG segment`);
  const segment = new Uint8Array(4 + payload.length);
  segment.set([0xff, 0xe0 + n, (payload.length + 2) >> 8, (payload.length + 2) & 255]);
  segment.set(payload, 4);
  return segment;
}

/** An ICC profile as APP2 segments, numbered from 1 (ICC.1:2022, annex B.4). */
export function iccSegments(profile: Uint8Array): Uint8Array<ArrayBuffer> {
  const name = new TextEncoder().encode("ICC_PROFILE\0");
  const room = maxPayload - name.length - 2;
  const count = Math.ceil(profile.length / room);
  const segments = Array.from({ length: count }, (_, i) => {
    const part = profile.subarray(i * room, (i + 1) * room);
    return appSegment(2, Uint8Array.of(...name, i + 1, count, ...part));
  });
  const whole = new Uint8Array(segments.reduce((sum, segment) => sum + segment.length, 0));
  let at = 0;
  for (const segment of segments) {
    whole.set(segment, at);
    at += segment.length;
  }
  return whole;
}

/** A `write` that puts `segments` into the file that passes through it. */
export function withSegments(write: WriteBytes, segments: Uint8Array<ArrayBuffer>): WriteBytes {
  let before = jfifBytes;
  return async (bytes) => {
    if (before === 0) return write(bytes);
    const head = bytes.subarray(0, before);
    before -= head.length;
    await write(head);
    if (before > 0) return;
    await write(segments);
    if (bytes.length > head.length) await write(bytes.subarray(head.length));
  };
}
