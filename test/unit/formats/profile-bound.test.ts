// A colour profile counts up to 4 MiB; a longer one is an attack, and the picture is taken for sRGB.
import { expect, test } from "vitest";
import { iccProfileOf, mostProfileBytes } from "../../../workers/formats/icc/find.ts";
import { chunk, extended, flags, losslessHeader, riff } from "../../harness/hostile/files/webp.ts";

const withProfile = (length: number) =>
  riff(extended(flags.profile, 64, 64), chunk("ICCP", new Uint8Array(length)), losslessHeader(64, 64));

test("a WebP's profile of 4 MiB is found, and one of a byte more is none", () => {
  expect(mostProfileBytes).toBe(4_194_304);
  expect(iccProfileOf("webp", withProfile(4_194_304))?.length).toBe(4_194_304);
  expect(iccProfileOf("webp", withProfile(4_194_305))).toBeUndefined();
});
