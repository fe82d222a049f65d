// Who reads a file from place to place must come to an end, whatever places the file names.
import { describe, expect, test } from "vitest";
import { inWindows, mostHeldBackwards, Reach, Seeking } from "../../../workers/formats/bytes/seeking.ts";
import type { Bytes } from "../../../workers/formats/bytes/source.ts";

const MiB = 1 << 20;

class Bucket implements Bytes {
  streams = 0;
  /** Where each stream began, and each range with its length. */
  readonly from: number[] = [];
  readonly ranges: (readonly [number, number])[] = [];
  rangedBytes = 0;
  readonly #length: number;

  constructor(length: number) {
    this.#length = length;
  }

  async stream(from = 0) {
    this.streams++;
    this.from.push(from);
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
    this.ranges.push([offset, length]);
    const bytes = this.#piece(offset, length);
    this.rangedBytes += bytes.length;
    return bytes;
  }

  #piece(from: number, length: number) {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.#length - from)));
    // 64 KB of ones, as many of twos …
    for (let at = from; at < from + bytes.length; at = ((at >> 16) + 1) << 16)
      bytes.fill(1 + (at >> 16), at - from, (((at >> 16) + 1) << 16) - from);
    return bytes;
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

describe("Where its bytes come from", () => {
  test("what lies in the first megabyte is taken from the front, which may have been fetched ahead", async () => {
    for (const [offset, from] of [
      [0, 0],
      [MiB, 0],
      [MiB + 1, MiB + 1],
    ] as const) {
      const bucket = new Bucket(3 * MiB);
      await read(new Seeking(bucket), offset, 10);
      expect(bucket.from).toEqual([from]);
    }
  });

  test("a gap of up to a megabyte is passed over, and a longer one is jumped", async () => {
    for (const [gap, from] of [
      [MiB, [2 * MiB]],
      [MiB + 1, [2 * MiB, 3 * MiB + 65_536 + 1]],
    ] as const) {
      const bucket = new Bucket(8 * MiB);
      const file = new Seeking(bucket);
      // To the end of what has come at once.
      await read(file, 2 * MiB, 65_536);
      await read(file, 2 * MiB + 65_536 + gap, 1);
      expect(bucket.from).toEqual(from);
    }
  });

  test("a short file is held once it is read backwards, and a long one is asked for again", async () => {
    for (const [length, streams] of [
      [mostHeldBackwards, [0]],
      [mostHeldBackwards + 1, [0, 0]],
    ] as const) {
      const bucket = new Bucket(length);
      const file = new Seeking(bucket);
      await read(file, 70_000, 10);
      await read(file, 69_999, 10);
      expect(bucket.from).toEqual(streams);
      expect(bucket.ranges).toEqual([[0, mostHeldBackwards + 1]]);
    }
  });

  test("the bytes are those of the place, from a stream and from what is held", async () => {
    const file = new Seeking(new Bucket(300_000));
    for (const place of [0, 2 * 65_536, 65_536, 3 * 65_536, 0]) {
      await file.seek(place);
      expect((await file.next(4))?.join()).toBe(
        Array(4)
          .fill(1 + (place >> 16))
          .join(),
      );
    }
    await file.seek(299_999);
    expect([(await file.next(9))?.length, await file.next(9)]).toEqual([1, null]);
    await file.seek(400_000);
    expect(await file.next(1)).toBeNull();
    await file.close();
  });

  test("small reads near each other are answered from one large one", async () => {
    const bucket = new Bucket(200_000);
    const at = inWindows((offset, length) => bucket.range(offset, length));
    expect((await at(100_000, 4)).join()).toBe("2,2,2,2");
    expect(bucket.ranges).toEqual([[100_000 - 32_768, 65_536]]);
    for (const [offset, length] of [
      [67_232, 10],
      [132_764, 4],
      [100_000, 100],
    ] as const)
      expect(await at(offset, length)).toHaveLength(length);
    expect(bucket.ranges).toHaveLength(1);
    await at(67_231, 1);
    await at(132_764, 4);
    expect(bucket.ranges.slice(1)).toEqual([
      [67_231 - 32_768, 65_536],
      [132_764 - 32_768, 65_536],
    ]);
    await at(10, 100_000);
    expect(bucket.ranges.at(-1)).toEqual([0, 100_010]);
    expect(await at(199_990, 20)).toHaveLength(10);
    expect(await at(300_000, 20)).toHaveLength(0);
  });
});
