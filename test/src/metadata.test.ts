import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import type { HiddenMetadata } from "../../schema/hidden-metadata.ts";
import { readExif } from "../../workers/formats/exif/read.ts";
import { findExif } from "../../workers/src/metadata/find-exif.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { secrets } from "../support/make-fixtures/exif.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask, decode, heldBytes } from "./src-request.ts";

const store = async (name: string, hiddenMetadata: HiddenMetadata) =>
  (await storeImage(await fixtureBytes(name), { hiddenMetadata })).path;

let path: string;
beforeAll(async () => {
  path = await store("photo-portrait.jpg", "keep");
});

const text = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);

/** How each container names its EXIF. */
const marks = { jpg: "Exif\0\0", png: "eXIf", webp: "EXIF" } as const;

describe.each(["jpg", "png", "webp"] as const)("metadata of a rendered %s", (format) => {
  const render = async (query: string) => (await ask(`${path}?w=60&format=${format}${query}`)).bytes();

  test("is none unless it is asked for, and is there when it is", async () => {
    const [without, asked] = [await render(""), await render("&metadata=keep")];
    expect(await findExif(format, heldBytes(without))).toBeNull();
    // Looked for by eye as well: a reader that finds nothing would praise every file.
    for (const mark of [marks[format], secrets.make, secrets.serial]) {
      expect(text(without)).not.toContain(mark);
      expect(text(asked)).toContain(mark);
    }
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
    const path = await store("photo.jpg", "copyright");
    const source = readExif(
      (await findExif("jpg", heldBytes(await fixtureBytes("photo.jpg")))) ?? new Uint8Array(),
    );
    const file = await (await ask(`${path}?w=60&format=${format}&metadata=copyright`)).bytes();
    const exif = await findExif(format, heldBytes(file));
    expect(source).toMatchObject({ artist: secrets.artist, copyright: secrets.copyright });
    expect(readExif(exif ?? new Uint8Array())).toEqual({ ...source, orientation: 1 });
    expect(exif?.length).toBeLessThan(300);
  });
});

/** The entry that points to latitude and longitude, as `photo.jpg` has it; and its camera's number. */
const GPS_POINTER = new Uint8Array([0x88, 0x25, 0, 4, 0, 0, 0, 1]);
const SERIAL = "SERIAL-0042-PRIVATE";
const holds = (file: Uint8Array, part: Uint8Array) => text(file).includes(text(part));

describe("metadata=keep of a photo", () => {
  const asked = ["?metadata=keep", "?metadata=keep&w=60", "?metadata=keep&w=60&format=webp"];
  const answer = async (allowed: HiddenMetadata, query: string) =>
    (await ask((await store("photo.jpg", allowed)) + query)).bytes();

  test.each(asked)("gives a stranger nothing unless its uploader allowed it: %s", async (query) => {
    expect(text(await answer("strip", query))).not.toContain(SERIAL);
  });

  test.each(asked)("gives the notice alone where only that was allowed: %s", async (query) => {
    const file = await answer("copyright", query);
    expect(text(file)).toContain("Ada Example");
    expect(text(file)).not.toContain(SERIAL);
  });

  test.each(asked)("tells no place where all but that was allowed: %s", async (query) => {
    const file = await answer("keep", query);
    expect(text(file)).toContain(SERIAL);
    expect(holds(file, GPS_POINTER)).toBe(false);
  });

  test.each(asked)("tells the place where that was allowed too: %s", async (query) => {
    const file = await answer("keep_with_location", query);
    expect(text(file)).toContain(SERIAL);
    expect(holds(file, GPS_POINTER)).toBe(true);
  });
});

test("What an uploader allows later has another ETag, and what nobody asks for has the same", async () => {
  const { id, path } = await storeImage(await fixtureBytes("photo.jpg"));
  const etags = async () =>
    Promise.all(
      ["", "?w=60", "?metadata=keep", "?w=60&metadata=keep"].map(async (query) =>
        (await ask(path + query, { method: "HEAD" })).headers.get("ETag"),
      ),
    );
  const before = await etags();
  await env.DB.prepare("update images set hidden_metadata = 'keep' where id = ?").bind(id).run();
  const after = await etags();
  expect(after.map((etag, index) => etag === before[index])).toEqual([true, true, false, false]);
  expect(before[0]).toBe(before[2]);
});
