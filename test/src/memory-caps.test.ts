// What needs more memory than its plan foresaw is refused while it runs; the isolate has not grown by it, and goes on.
import { beforeEach, describe, expect, test } from "vitest";
import type { Bytes } from "../../workers/formats/bytes/source.ts";
import { Damage } from "../../workers/formats/damage.ts";
import { createFactsReader } from "../../workers/shared/image-facts.ts";
import { idleBytes, releaseIdle } from "../../workers/src/kernel/host/shelf.ts";
import { capOf } from "../../workers/src/plan/caps.ts";
import { readers, writers } from "../../workers/src/plan/traits.ts";
import { codecs } from "../../workers/src/render/codecs/index.ts";
import { withPhoton } from "../../workers/src/render/codecs/photon.ts";
import { MemoryError } from "../../workers/src/render/memory-error.ts";
import { bmp } from "../harness/hostile/files/bitmap.ts";
import { repeat } from "../harness/hostile/files/bytes.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { fileOf, noise } from "../support/noise.ts";
import { heldBytes } from "./src-request.ts";

const MiB = 1024 * 1024;

beforeEach(() => releaseIdle(0));

async function readFacts(name: string) {
  const file = await fixtureBytes(name);
  const reader = createFactsReader();
  reader.push(file);
  const read = reader.end();
  if (read.kind !== "image" || read.facts.format === "svg") throw new Error("This is no picture.");
  const { format } = read.facts;
  return { file, format, facts: read.facts };
}

async function decode(name: string, readerBytes: number, kernelBytes: number): Promise<number> {
  const { file, format, facts } = await readFacts(name);
  const stored = { width: facts.width, height: facts.height };
  const content = { width: 64, height: 48 };
  const wanted = { stored, turn: 1, window: { x: 0, y: 0, ...stored }, content } as const;
  const caps = { reader: readerBytes, kernel: kernelBytes, writer: 0, file: 0 };
  const { data } = await codecs.read[format].decode(heldBytes(file), wanted, caps);
  return data.length;
}

describe("a decoder that would outgrow its job's plan", () => {
  test.each([
    ["photo.webp", 3 * MiB, 64 * MiB],
    ["photo.avif", 12 * MiB, 64 * MiB],
    ["photo.heic", 1 * MiB, 64 * MiB],
    ["scan.tiff", 1.5 * MiB, 64 * MiB],
    ["progressive.jpg", 0, 250_000],
    ["interlaced.png", 0, 250_000],
  ] as const)("%s is refused, and the next one is not", async (name, readerBytes, kernelBytes) => {
    await expect(decode(name, readerBytes, kernelBytes)).rejects.toThrow(Damage);
    expect(idleBytes()).toBeLessThanOrEqual(Math.max(readerBytes, kernelBytes) + MiB);
    for (let time = 0; time < 2; time++) expect(await decode(name, 96 * MiB, 64 * MiB)).toBe(64 * 48 * 4);
  });

  test("is found out by what it did, not by what it says", async () => {
    await expect(decode("photo.webp", 3 * MiB, 64 * MiB)).rejects.toThrow(MemoryError);
    await expect(decode("photo.avif", 12 * MiB, 64 * MiB)).rejects.toThrow(MemoryError);
  });
});

test("A BMP whose runs are longer than its pixels streams by, and never stands whole", async () => {
  // The attack: a byte of length for each pixel. Its plan took it for pixels as they are, because it is no shorter than those.
  const line = Buffer.concat([repeat(Uint8Array.of(1, 1), 300), Uint8Array.of(0, 0)]);
  const palette = new Uint8Array(1_024).fill(200);
  const file = bmp({ width: 300, height: 300, compression: 1, palette, data: repeat(line, 300) });
  const bytes: Bytes = {
    ...heldBytes(file),
    // As R2's: it fills its reader's memory, an odd number of bytes at a time.
    stream: async (from = 0) => {
      let at = from;
      return new ReadableStream({
        type: "bytes",
        pull({ byobRequest }) {
          const room = byobRequest?.view;
          if (!room) throw new Error("Nobody says where to.");
          const piece = file.subarray(at, at + Math.min(9_999, room.byteLength));
          at += piece.length;
          new Uint8Array(room.buffer, room.byteOffset).set(piece);
          byobRequest.respond(piece.length);
        },
      });
    },
    whole: () => Promise.reject(new Error("It stands whole.")),
  };
  const stored = { width: 300, height: 300 };
  const wanted = {
    stored,
    turn: 1,
    window: { x: 0, y: 0, ...stored },
    content: { width: 30, height: 30 },
  } as const;
  const { data } = await codecs.read.bmp.decode(bytes, wanted);
  expect(new Set(data)).toEqual(new Set([200, 255]));
});

test("Photon is stopped where it would outgrow its job's plan, and opens the next picture", async () => {
  const file = await fileOf("png", noise(800, 600, 1), null);
  const opened = (bytes: number) => withPhoton(bytes, (photon) => photon.decode(file).data.length);
  await expect(opened(1.5 * MiB)).rejects.toThrow(Damage);
  expect(await opened(64 * MiB)).toBe(4 * 800 * 600);
});

describe("a picture in its own plan", () => {
  test.each([
    "photo.webp",
    "photo.avif",
    "photo.heic",
    "sample.bmp",
    "scan.tiff",
    "icon.ico",
    "animation.gif",
    "cat.jpg",
    "logo.png",
  ])(
    "%s is read as often as it is asked for, and what waits for the next is no larger each time",
    async (name) => {
      const sizes: number[] = [];
      for (let time = 0; time < 5; time++) {
        await decode(name, capOf(await plannedBytes(name)), 64 * MiB);
        sizes.push(idleBytes());
      }
      expect(new Set(sizes.slice(1)).size).toBe(1);
    },
  );

  async function plannedBytes(name: string): Promise<number> {
    const { facts, format, file } = await readFacts(name);
    return readers[format].codecBytes(facts, file.length);
  }
});

describe("an encoder that would outgrow its job's plan", () => {
  const write = async (format: "webp" | "avif", quality: number | null, maxBytes: number) => {
    const parts: Uint8Array[] = [];
    // Without loss noise takes seconds.
    const picture = quality === null ? noise(160, 120, 1) : noise(640, 480, 1);
    await codecs.write[format].encode(picture, { quality }, (part) => void parts.push(part), maxBytes);
    return parts.reduce((sum, { length }) => sum + length, 0);
  };

  test.each([
    ["webp", null, MiB],
    ["avif", 80, 8 * MiB],
  ] as const)("to %s is refused, and the next one is not", async (format, quality, bytes) => {
    await expect(write(format, quality, bytes)).rejects.toThrow(MemoryError);
    expect(await write(format, quality, 64 * MiB)).toBeGreaterThan(10_000);
  });

  test.each([50, 80, 100])(
    "to lossy WebP is thrifty then: noise fits into a photograph's plan (q=%i)",
    async (quality) => {
      const planned = writers.webp.codecBytes({ width: 640, height: 480 }, false, false);
      expect(await write("webp", quality, capOf(planned))).toBeGreaterThan(10_000);
      expect(idleBytes()).toBeLessThanOrEqual(capOf(planned));
    },
  );

  test("clear noise fits, too", async () => {
    const picture = noise(640, 480, 1);
    for (let at = 3; at < picture.data.length; at += 4) picture.data[at] = picture.data[at - 1] ?? 0;
    const planned = writers.webp.codecBytes(picture, false, true);
    const sizes: number[] = [];
    const take = (part: Uint8Array) => void sizes.push(part.length);
    await codecs.write.webp.encode(picture, { quality: 80 }, take, capOf(planned));
    expect(sizes).toHaveLength(1);
    expect((await fileOf("webp", picture, 80)).length).toBeGreaterThan(10_000);
  });
});
