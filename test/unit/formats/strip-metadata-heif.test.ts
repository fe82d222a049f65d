// AVIF and HEIC in the shapes that phones and tools write: data first, items inside meta, vendors' boxes.
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { Damage } from "../../../workers/formats/damage.ts";
import { fixture } from "../../support/fixtures.ts";
import { buildExif, secrets } from "../../support/make-fixtures/exif.ts";
import { box, buildHeif, fullBox, imageSize, uint16, uint32 } from "../../support/make-fixtures/heif-file.ts";
import { readFrom, strip } from "../../support/strip.ts";

const exif = Buffer.concat([uint32(0), buildExif({ orientation: 6 })]);
const xmp = Buffer.from("<x:xmpmeta>secret-xmp</x:xmpmeta>");
const file = {
  brand: "avif",
  properties: [imageSize(40, 30)],
  items: [
    { type: "av01", payload: Buffer.alloc(300, 7), properties: [1] },
    { type: "Exif", payload: exif },
    { type: "mime", payload: xmp },
  ],
} as const;

describe("words in a description", () => {
  const word = (name: string) => Buffer.from(`secret ${name}\0`);
  const told = {
    ...file,
    handler: "secret program",
    items: file.items.map((item) => ({ ...item, name: `secret ${item.type}` })),
    properties: [
      ...file.properties,
      fullBox("udes", 0, 0, word("title"), word("tags")),
      fullBox("altt", 0, 0, word("what is seen"), word("en")),
      fullBox("crtt", 0, 0, word("time")),
      box("uuid", word("sixteen bytes"), word("serial")),
      box("new?", word("what comes next")),
    ],
  };

  test("go: titles, dates, tags, and the names of items and of programs", async () => {
    const bytes = buildHeif(told);
    const after = await strip("avif", bytes);
    expect(after.length).toBe(bytes.length);
    expect(isClean(after)).toBe(true);
    expect(after.includes(imageSize(40, 30))).toBe(true);
  });

  test("go, and an XMP packet is still found by its type", async () => {
    const packet = Buffer.from(
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="kept"/></rdf:RDF></x:xmpmeta>'.padEnd(
        400,
      ),
    );
    const items = told.items.map((item) => (item.type === "mime" ? { ...item, payload: packet } : item));
    const after = await strip("avif", buildHeif({ ...told, items }), { metadata: "keep" });
    expect(after.includes("application/rdf+xml")).toBe(true);
    expect(after.includes("kept")).toBe(true);
    expect(after.includes("secret mime")).toBe(false);
  });
});

/** A picture that is shown as a film: its samples lie between what its items name. */
const film = () => {
  const bytes = buildHeif(file);
  bytes.write("avis", 8, "latin1");
  return bytes;
};

const isClean = (bytes: Buffer) =>
  ![secrets.serial, secrets.make, "secret"].some((text) => bytes.includes(text));

describe("data that stands before its description", () => {
  const dataFirst = buildHeif({ ...file, mediaFirst: true });

  test("is stripped with the help of reads by range", async () => {
    const after = await strip("avif", dataFirst, { metadata: "none", readRange: readFrom(dataFirst) });
    expect(after.length).toBe(dataFirst.length);
    expect(isClean(after)).toBe(true);
    expect(after.includes(Buffer.alloc(300, 7))).toBe(true);
  });

  test("is refused without them, before a byte has left", async () => {
    await expect(strip("avif", dataFirst)).rejects.toBeInstanceOf(Damage);
  });
});

describe("a picture that a reader finds by its place", () => {
  const payload = Buffer.alloc(300, 7);
  const named = (name: string) => {
    const bytes = buildHeif(file);
    bytes.write(name, bytes.indexOf("mdat"), "latin1");
    return bytes;
  };

  test("passes whatever the box is called that it lies in, and what is hidden there does not", async () => {
    const after = await strip("avif", named("dat?"));
    expect(after.includes(payload)).toBe(true);
    expect(isClean(after)).toBe(true);
    expect(after.includes("dat?")).toBe(false);
  });

  test("passes as far as it goes where its box ends behind the file", async () => {
    for (const name of ["mdat", "dat?"]) {
      const bytes = named(name);
      bytes.writeUInt32BE(0x7fff_ffff, bytes.indexOf(name) - 4);
      expect((await strip("avif", bytes)).includes(payload), name).toBe(true);
      const cut = bytes.subarray(0, bytes.indexOf(payload) + 200);
      expect((await strip("avif", cut)).includes(Buffer.alloc(200, 7)), `${name}, cut`).toBe(true);
    }
  });
});

test("a description that stands first costs no read by range", async () => {
  const readRange = async () => {
    throw new Error("it read by range");
  };
  const bytes = fixture("photo.avif");
  expect(
    (await strip("avif", bytes, { metadata: "none", readRange })).equals(await strip("avif", bytes)),
  ).toBe(true);
});

test("a first chunk too small to tell changes nothing", async () => {
  const bytes = fixture("photo.avif");
  const ahead = await strip("avif", bytes, { metadata: "none", readRange: readFrom(bytes) }, 5);
  expect(ahead.equals(await strip("avif", bytes))).toBe(true);
});

test("an EXIF item stays a valid one, so that strict decoders still open the picture", async () => {
  const after = await strip("avif", fixture("photo.avif"));
  const { exif: block } = await sharp(after).metadata();
  expect(block?.subarray(0, 4)).toEqual(Buffer.from("MM\0*"));
  expect(block?.includes(secrets.make)).toBe(false);
});

test("vendors' boxes and left-over room are emptied", async () => {
  const secretBoxes = [
    box("uuid", Buffer.from("0123456789abcdefsecret")),
    box("free", Buffer.from("secret")),
  ];
  const bytes = Buffer.concat([film(), ...secretBoxes]);
  const after = await strip("avif", bytes, { metadata: "none", readRange: readFrom(bytes) });
  expect(after.length).toBe(bytes.length);
  expect(isClean(after)).toBe(true);
});

test("a film's notes are emptied, its samples are not", async () => {
  const track = box(
    "trak",
    box("mdia", Buffer.alloc(0)),
    box("udta", Buffer.from("secret")),
    box("meta", Buffer.from("secret")),
  );
  const bytes = Buffer.concat([
    film(),
    box("moov", box("mvhd", Buffer.alloc(12), Buffer.from("samples")), track),
  ]);
  const after = await strip("avif", bytes, { metadata: "none", readRange: readFrom(bytes) });
  expect(isClean(after)).toBe(true);
  expect(after.includes("samples")).toBe(true);
  expect(after.length).toBe(bytes.length);
});

test("items that stand inside meta are emptied there", async () => {
  const location = Buffer.concat([uint16(1), uint16(1), uint16(0), uint16(1), uint32(0), uint32(xmp.length)]);
  const meta = fullBox(
    "meta",
    0,
    0,
    fullBox("iloc", 1, 0, Uint8Array.of(0x44, 0), uint16(1), location),
    fullBox(
      "iinf",
      0,
      0,
      uint16(1),
      fullBox("infe", 2, 0, uint16(1), uint16(0), Buffer.from("mime\0application/rdf+xml\0")),
    ),
    box("idat", xmp),
  );
  const after = await strip("avif", meta);
  expect(after.length).toBe(meta.length);
  expect(isClean(after)).toBe(true);
});
