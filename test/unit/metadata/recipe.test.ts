// A walk through an original is kept as a recipe: any range made by it is the range of what is served whole, from as few bytes.
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { expect, test } from "vitest";
import { readImageFacts } from "../../../workers/shared/image-facts.ts";
import { KeptRecipes } from "../../../workers/src/door/kept-recipes.ts";
import { servedPart } from "../../../workers/src/metadata/recipe.ts";
import { recipeOf, stripInto } from "../../../workers/src/metadata/strip.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { stripMetadata } from "../../harness/worker/stripped.ts";
import {
  asPhoneWouldSave,
  exifSegment,
  insertSegments,
  jpegSegment,
} from "../../support/make-fixtures/jpeg-segments.ts";

const fixtures = [
  ...["photo.jpg", "photo-portrait.jpg", "progressive.jpg", "cmyk.jpg", "p3.jpg", "logo.png", "deep.png"],
  ...["animation.png", "animation.gif", "disposal.gif", "photo.webp", "animation.webp", "photo.avif"],
  ...["photo.heic", "scan.tiff", "icon.ico", "sample.bmp", "drawing.svg"],
];

function openIn(file: Uint8Array, chunkBytes: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= file.length) return controller.close();
      controller.enqueue(file.slice(at, at + chunkBytes));
      at += chunkBytes;
    },
  });
}

/** As R2's: whoever reads says where to; `chunkBytes` at a time. */
function fillingIn(file: Uint8Array, chunkBytes: number, lookInto?: (room: Uint8Array) => void) {
  let at = 0;
  return new ReadableStream({
    type: "bytes",
    pull(controller) {
      const { byobRequest } = controller;
      if (!byobRequest?.view) throw new Error("Nobody says where to.");
      const room = new Uint8Array(byobRequest.view.buffer, 0, byobRequest.view.byteLength);
      lookInto?.(room);
      const piece = file.subarray(at, at + Math.min(chunkBytes, room.length));
      at += piece.length;
      if (piece.length === 0) controller.close();
      else room.set(piece);
      byobRequest.respond(piece.length);
    },
  });
}

async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

/** With EXIF, as cameras write it, and a comment where the format has one. */
async function laden(name: string): Promise<Uint8Array> {
  const picture = sharp("test/fixtures/cat.jpg").withExif({
    IFD0: { Copyright: "A. Nobody", Model: "Secret" },
  });
  if (name === "phone.jpg") return asPhoneWouldSave(await picture.jpeg().toBuffer(), { orientation: 6 });
  if (name === "camera.webp") return picture.webp().toBuffer();
  if (name === "camera.avif") return picture.avif({ effort: 0 }).toBuffer();
  if (name === "camera.tiff") return picture.tiff().toBuffer();
  return picture.png().toBuffer();
}

const cameras = ["phone.jpg", "camera.webp", "camera.avif", "camera.tiff", "camera.png"];

test.each([...fixtures, ...cameras])("%s: a range by its recipe is a range of the answer", async (name) => {
  const source = cameras.includes(name) ? await laden(name) : readFileSync(`test/fixtures/${name}`);
  const file = Uint8Array.from(source);
  const read = readImageFacts(file, file.length);
  if (read.kind !== "image") throw new Error(`${name} is no image`);
  const { format } = read.facts;
  let bytesRead = 0;
  const range = async (offset: number, length: number) => {
    bytesRead += length;
    return Uint8Array.from(file.subarray(offset, offset + length));
  };
  const random = seededRandom(7);
  for (const metadata of ["none", "copyright"] as const) {
    const options = { metadata, readRange: range };
    const whole = await joined(stripMetadata(format, openIn(file, 65_536), options));
    for (const chunkBytes of [65_536, 4_096, 97]) {
      const stream = chunkBytes === 4_096 ? openIn(file, chunkBytes) : fillingIn(file, chunkBytes);
      const { length, recipe } = await recipeOf(format, stream, file.length, options);
      expect(length).toBe(whole.length);
      if (!recipe) continue;
      bytesRead = 0;
      for (let round = 0; round < 12; round++) {
        const first = Math.floor(random() * length);
        const last = Math.min(length - 1, first + Math.floor(random() * 5_000));
        const part = await joined(servedPart(recipe, { range }, first, last));
        expect(part.equals(whole.subarray(first, last + 1)), `${first}-${last}`).toBe(true);
      }
      expect(bytesRead).toBeLessThanOrEqual(12 * 5_001);
    }
    const { recipe } = await recipeOf(format, openIn(file, 65_536), file.length, options);
    expect(recipe?.bytes).toBeLessThan(40_000);
    const again = await joined(
      stripMetadata(format, openIn(file, 1_000), { ...options, ...(recipe && { recipe }) }),
    );
    expect(again.equals(whole), "made again by its recipe").toBe(true);
  }
});

test("the first walk reads a file of any length into the same 64 KB: litter of 16 MB came beside what decoders hold", async () => {
  const file = Uint8Array.from(readFileSync("test/fixtures/photo.jpg"));
  let reads = 0;
  let fresh = 0;
  const lookInto = (room: Uint8Array) => {
    reads++;
    if (room.every((byte) => byte === 0)) fresh++;
  };
  await recipeOf("jpg", fillingIn(file, 65_536, lookInto), file.length, { metadata: "none" });
  expect(reads).toBeGreaterThan(20);
  expect(fresh).toBe(1);
});

test("what is served is read into the same 64 KB, and written from there: eight readers of 15 MB left 58 MB behind", async () => {
  const file = Uint8Array.from(readFileSync("test/fixtures/photo.jpg"));
  const whole = await joined(stripMetadata("jpg", openIn(file, 65_536), { metadata: "none" }));
  let reads = 0;
  let fresh = 0;
  const lookInto = (room: Uint8Array) => {
    reads++;
    if (room.every((byte) => byte === 0)) fresh++;
  };
  const written: Buffer[] = [];
  await stripInto("jpg", fillingIn(file, 65_536, lookInto), { metadata: "none" }, async (piece) => {
    // A reader that takes its time: until it has read, nothing may be read over the piece.
    await new Promise((go) => setTimeout(go, 1));
    written.push(Buffer.from(piece));
  });
  expect(Buffer.concat(written).equals(whole)).toBe(true);
  expect(reads).toBeGreaterThan(20);
  expect(fresh).toBe(1);
});

test("an isolate remembers the recipes used last, within a bound", () => {
  const kept = new KeptRecipes();
  const recipe = { parts: [], length: 1, bytes: 100_000 };
  for (let image = 0; image < 30; image++) {
    kept.keep(`${image}`, recipe);
    kept.find("0");
  }
  const held = Array.from({ length: 30 }, (_, image) => kept.find(`${image}`)).filter(Boolean);
  expect(held).toHaveLength(10);
  expect(kept.find("0")).toBe(recipe);
  expect(kept.find("1")).toBeUndefined();
});

test("a file with very many parts that go has a length, and no recipe that would fill the memory", async () => {
  const exif = exifSegment({ orientation: 1 });
  const comments = Array.from({ length: 5_000 }, (_, index) =>
    index % 2 ? jpegSegment(0xfe, Buffer.from("x")) : quantisers,
  );
  const file = new Uint8Array(insertSegments(readFileSync("test/fixtures/cat.jpg"), [exif, ...comments]));
  const whole = await joined(stripMetadata("jpg", openIn(file, 65_536), { metadata: "none" }));
  const walked = await recipeOf("jpg", openIn(file, 65_536), file.length, { metadata: "none" });
  expect(walked).toEqual({ length: whole.length, recipe: null });
});

const quantisers = jpegSegment(0xdb, Buffer.alloc(65, 1));
