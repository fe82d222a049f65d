// PNG's checksum against zlib's own.
import { crc32 as crcOfZlib } from "node:zlib";
import { expect, test } from "vitest";
import { crc32 } from "../../../workers/formats/bytes/crc32.ts";
import { seededRandom } from "../../harness/seeded-random.ts";

test("a checksum is that of zlib, of nothing, of every byte, and carried on", () => {
  const random = seededRandom(5);
  const noise = Uint8Array.from({ length: 999 }, () => random() * 256);
  const every = Uint8Array.from({ length: 256 }, (_, index) => index);
  for (const bytes of [new Uint8Array(0), Uint8Array.of(0), every, noise]) {
    expect(crc32(bytes)).toBe(crcOfZlib(bytes));
    expect(crc32(noise, crc32(bytes))).toBe(crcOfZlib(Buffer.concat([bytes, noise])));
  }
});
