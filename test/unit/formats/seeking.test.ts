// Who reads a file from place to place must come to an end, whatever places the file names.
import { describe, expect, test } from "vitest";
import { Reach, Seeking } from "../../../workers/formats/bytes/seeking.ts";
import type { Bytes } from "../../../workers/formats/bytes/source.ts";

class Bucket implements Bytes {
  streams = 0;
  rangedBytes = 0;
  readonly #length: number;

  constructor(length: number) {
    this.#length = length;
  }

  async stream(from = 0) {
    this.streams++;
    let at = from;
    return new ReadableStream<Uint8Array>({
      pull: (controller) => {
        const bytes = this.#piece(at, 65_536);
        at += bytes.length;
        if (bytes.length === 0) controller.close();
        else controller.enqueue(bytes);
      },
    });
  }

  async whole() {
    return this.#piece(0, this.#length);
  }

  async range(offset: number, length: number) {
    const bytes = this.#piece(offset, length);
    this.rangedBytes += bytes.length;
    return bytes;
  }

  #piece(from: number, length: number) {
    return new Uint8Array(Math.max(0, Math.min(length, this.#length - from)));
  }
}

async function read(file: Seeking, offset: number, length: number) {
  await file.seek(offset);
  for (let left = length; left > 0; ) {
    const bytes = await file.next(left);
    if (!bytes) throw new Error("The file ends too early.");
    left -= bytes.length;
  }
}

describe("A file that is read from place to place", () => {
  test("whose parts lie in turns far apart is asked for once whether it is short, and then a bounded number of times", async () => {
    const bucket = new Bucket(18_000_000);
    const reach = new Reach();
    const planes = [0, 1, 2, 3].map(() => new Seeking(bucket, reach));
    const turns = async () => {
      for (let row = 0; row < 1_000; row++)
        for (const plane of planes) await read(plane, (row % 2 === 0 ? 9_000_000 : 5_000_000) + row, 1);
    };
    await expect(turns()).rejects.toThrow("disorder");
    expect(bucket.streams).toBeLessThanOrEqual(200);
    expect(bucket.rangedBytes).toBeLessThan(5_000_000);
  });

  test("that is short is held once, however many planes lie backwards in it", async () => {
    const bucket = new Bucket(1_000_000);
    const reach = new Reach();
    const planes = [0, 1, 2].map(() => new Seeking(bucket, reach));
    for (let row = 500; row > 0; row--) for (const plane of planes) await read(plane, row * 1_000, 1_000);
    expect([bucket.streams, bucket.rangedBytes]).toEqual([3, 1_000_000]);
  });

  test("may name the bytes of a blank tile ten thousand times, and those of a large one not without end", async () => {
    const blank = new Seeking(new Bucket(100_000));
    for (let tile = 0; tile < 10_000; tile++) await read(blank, 8, 1_000);

    const large = new Seeking(new Bucket(2_000_000));
    let tiles = 0;
    const again = async () => {
      for (; tiles < 10_000; tiles++) await read(large, 8, 1_000_000);
    };
    await expect(again()).rejects.toThrow("again and again");
    expect(tiles).toBeLessThan(25);
  });

  test("may be read once more from its beginning, as files in planes are", async () => {
    const bucket = new Bucket(60_000_000);
    const reach = new Reach();
    for (let plane = 0; plane < 3; plane++)
      await read(new Seeking(bucket, reach), plane * 20_000_000, 20_000_000);
    expect(bucket.streams).toBe(3);
  });
});
