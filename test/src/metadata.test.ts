import { beforeAll, describe, expect, test } from "vitest";
import { readExif } from "../../workers/formats/exif/read.ts";
import { findExif } from "../../workers/src/metadata/find-exif.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask, decode, heldBytes } from "./src-request.ts";

let path: string;
beforeAll(async () => {
  ({ path } = await storeImage(await fixtureBytes("photo-portrait.jpg")));
});

const text = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);

describe.each(["jpg", "png", "webp"] as const)("metadata of a rendered %s", (format) => {
  const render = async (query: string) => (await ask(`${path}?w=60&format=${format}${query}`)).bytes();

  test("is none unless it is asked for", async () => {
    const file = await render("");
    expect(await findExif(format, heldBytes(file))).toBeNull();
    expect(text(file)).not.toContain("Exif");
  });

  test("keep carries the EXIF, upright", async () => {
    const file = await render("&metadata=keep");
    const exif = await findExif(format, heldBytes(file));
    expect(exif?.length).toBeGreaterThan(100);
    expect(readExif(exif ?? new Uint8Array()).orientation).toBe(1);
    const { width, height } = await decode(file);
    expect([width, height]).toEqual([60, 80]);
  });
});

describe.each(["jpg", "png", "webp"] as const)("metadata=copyright of a rendered %s", (format) => {
  test("carries the notice and no place", async () => {
    const { path } = await storeImage(await fixtureBytes("photo.jpg"));
    const source = readExif(
      (await findExif("jpg", heldBytes(await fixtureBytes("photo.jpg")))) ?? new Uint8Array(),
    );
    const file = await (await ask(`${path}?w=60&format=${format}&metadata=copyright`)).bytes();
    const exif = await findExif(format, heldBytes(file));
    if (source.artist === null && source.copyright === null) return expect(exif).toBeNull();
    expect(readExif(exif ?? new Uint8Array())).toEqual({ ...source, orientation: 1 });
    expect(exif?.length).toBeLessThan(300);
  });
});
