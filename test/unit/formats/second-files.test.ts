// A phone's film, a thumbnail, an appended archive: what stands in a file without being its picture is not served.
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { SourceFormat } from "../../../schema/facts.ts";
import { SECOND } from "../../support/make-fixtures/placed.ts";
import { hiding } from "../../support/make-fixtures/second-files.ts";
import { readFrom, strip } from "../../support/strip.ts";

const levels = ["none", "copyright", "keep", "keep_with_location"] as const;
type Level = (typeof levels)[number];

const served = (format: SourceFormat, bytes: Buffer, metadata: Level = "none") =>
  strip(format, bytes, { metadata, readRange: readFrom(bytes) });

/** What is seen of a file. sharp reads no BMP, ICO or HEVC: of these the coded picture is compared. */
async function seen(format: SourceFormat, bytes: Buffer): Promise<Buffer> {
  switch (format) {
    case "bmp": {
      const rows = Math.ceil((bytes.readInt32LE(18) * bytes.readUInt16LE(28)) / 32) * 4;
      const at = bytes.readUInt32LE(10);
      return bytes.subarray(at, at + rows * Math.abs(bytes.readInt32LE(22)));
    }
    case "ico": {
      const png = bytes.subarray(bytes.readUInt32LE(18));
      return png[0] === 0x89 ? sharp(png).raw().toBuffer() : bytes;
    }
    case "heic": {
      const at = bytes.indexOf("mdat");
      return bytes.subarray(at + 4, at + 304);
    }
    default:
      // Of an AVIF or TIFF that would be all pictures in it.
      return sharp(bytes, { animated: format === "gif" || format === "webp" })
        .raw()
        .toBuffer();
  }
}

describe.each(hiding)("a $format with $what", ({ what, format, bytes, clean }) => {
  test("holds it before", () => {
    expect(bytes.includes(SECOND) || what.startsWith("frames")).toBe(true);
    expect(clean.includes(SECOND)).toBe(false);
  });

  test.each(levels)("is served without it, with metadata %s", async (metadata) => {
    const after = await served(format, bytes, metadata);
    for (const mark of [SECOND, "mp42", "SEFT", "PK\x03\x04", "fdAT"]) {
      if (!clean.includes(mark)) expect(after.includes(mark), mark).toBe(false);
    }
  });

  test("shows the same picture", async () => {
    expect((await seen(format, await served(format, bytes))).equals(await seen(format, clean))).toBe(true);
  });
});

describe("a file without a second one", () => {
  const clean = [...new Map(hiding.map((one) => [one.format, one.clean])).entries()];
  test.each(clean)("%s is as long as before, cut as it may be on its way", async (format, bytes) => {
    const whole = await served(format, bytes);
    for (const size of [1, 7, 1_000]) {
      const after = await strip(format, bytes, { metadata: "none", readRange: readFrom(bytes) }, size);
      expect(after.equals(whole)).toBe(true);
    }
  });

  test.each(["bmp", "ico"] as const)("%s passes as it is", async (format) => {
    for (const { clean } of hiding.filter((one) => one.format === format)) {
      expect((await served(format, clean)).equals(clean)).toBe(true);
    }
  });
});
