// The kernel's inflate against zlib: what it gives back, wherever the input is cut; and that it holds no more than its room.

import { globSync, readFileSync } from "node:fs";
import { deflateSync, inflateSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { pushBytes } from "../../../workers/src/kernel/host/png/inflate.ts";
import type { ProfileExports } from "../../../workers/src/kernel/host/png/profile.ts";
import { seededRandom } from "../../harness/seeded-random.ts";
import { instantiateKernel } from "../../support/kernel-exports.ts";

const kernel = instantiateKernel<ProfileExports>(["inflateOpen", "inflateStep", "inflateTake"]);

beforeAll(() => {
  kernel.reset();
  kernel.setMemoryLimit(1 << 20);
  expect(kernel.inflateOpen()).toBe(1);
});

const done = 1;

/** All that the stream gives, and the most bytes that stood there at once. */
function inflate(stream: Uint8Array, cut = 1 << 16, keep = true) {
  const parts: Uint8Array[] = [];
  let length = 0;
  let most = 0;
  let rest = stream;
  kernel.inflateStart();
  for (;;) {
    const status = kernel.inflateStep();
    const at = kernel.inflateBytes();
    const made = kernel.inflateTake();
    length += made;
    most = Math.max(most, made);
    if (keep) parts.push(new Uint8Array(kernel.memory.buffer, at, made).slice());
    if (status < 0 || status === done)
      return { ok: status === done, bytes: Buffer.concat(parts), length, most };
    if (status !== 0) continue;
    if (rest.length === 0) kernel.inflateEnd();
    rest = rest.subarray(pushBytes(kernel, rest.subarray(0, cut)));
  }
}

const random = seededRandom(5);
const noise = (length: number) => Uint8Array.from({ length }, () => random() * 256);
const samples: Readonly<Record<string, Uint8Array>> = {
  nothing: new Uint8Array(0),
  "one byte": Uint8Array.of(7),
  zeros: new Uint8Array(400_000),
  noise: noise(200_000),
  text: Buffer.from("what was said once is said again, and again. ".repeat(8_000)),
  "few colours": Uint8Array.from({ length: 200_000 }, (_, i) => ((i * i) >> 5) & 15),
  "rare long codes": Uint8Array.from({ length: 200_000 }, () => Math.floor(256 * random() ** 12)),
};

describe("The kernel's inflate", () => {
  it.each(Object.keys(samples))("gives back %s, at every level and strategy, wherever it is cut", (name) => {
    const data = samples[name] ?? new Uint8Array(0);
    for (const level of [0, 1, 6, 9]) {
      for (const strategy of [0, 1, 2, 3, 4]) {
        const stream = deflateSync(data, { level, strategy });
        for (const cut of [7, 1_000, 1 << 16]) {
          const { ok, bytes } = inflate(stream, cut);
          expect({ level, strategy, cut, ok, isSame: bytes.equals(data) }).toEqual({
            level,
            strategy,
            cut,
            ok: true,
            isSame: true,
          });
        }
      }
    }
  });

  it("takes one byte at a time", () => {
    const data = samples.text ?? new Uint8Array(0);
    expect(inflate(deflateSync(data), 1).bytes.equals(data)).toBe(true);
  });

  it("sees wherever a stream was cut off", () => {
    const stream = deflateSync(samples["rare long codes"] ?? new Uint8Array(0));
    // The last four bytes are a sum that a PNG's own sums make needless.
    for (let length = 0; length < stream.length - 5; length += 97)
      expect(inflate(stream.subarray(0, length)).ok, `${length} bytes`).toBe(false);
  });

  it("calls damaged what zlib calls damaged, and gives the same bytes otherwise", () => {
    const streams = Object.values(samples).map((data) => deflateSync(data.subarray(0, 20_000)));
    for (let round = 0; round < 3_000; round++) {
      const stream = Uint8Array.from(streams[round % streams.length] ?? []);
      const reach = round % 2 === 0 ? stream.length - 4 : Math.min(90, stream.length - 4);
      for (let at = 0; at < 1 + (round % 4); at++) stream[Math.floor(random() * reach)] = random() * 256;
      const { ok, bytes } = inflate(stream);
      const said = zlibSays(stream);
      // The sum at the stream's end is not read, so neither is its absence seen.
      const isOnlySum = typeof said === "string" && /data check|end of file/.test(said);
      if (isOnlySum) continue;
      if (typeof said === "string") expect({ round, said, ok }).toEqual({ round, said, ok: false });
      else expect({ round, isSame: ok && bytes.equals(said) }).toEqual({ round, isSame: true });
    }
  });

  it("never holds more than 64 KB of a quarter of a gigabyte that came as 260", () => {
    const stream = deflateSync(Buffer.alloc(1 << 28), { level: 9 });
    const before = kernel.memoryUsed();
    const { ok, length, most } = inflate(stream, 1 << 16, false);
    expect({ ok, length }).toEqual({ ok: true, length: 1 << 28 });
    expect(most).toBeLessThanOrEqual((64 << 10) + 258);
    expect(kernel.memoryUsed()).toBe(before);
  });

  it("ends a stream of nothing but empty blocks", () => {
    // A fixed block that ends at once: three bits and seven zeros, eight of them in ten bytes.
    const empty = Array.from({ length: 8 }, () => "0100000000").join("");
    const tens = Array.from({ length: 10 }, (_, at) =>
      Number.parseInt([...empty.slice(at * 8, at * 8 + 8)].reverse().join(""), 2),
    );
    const blocks = new Uint8Array(2 + 100_000);
    blocks.set([0x78, 0x9c]);
    for (let at = 2; at < blocks.length; at++) blocks[at] = tens[(at - 2) % 10] ?? 0;
    expect(inflate(blocks)).toMatchObject({ ok: false, length: 0 });
  });
});

it("is the only one: the platform's holds all that a stream unfolds to", () => {
  const users = globSync("workers/**/*.{ts,tsx}", { exclude: ["**/runtime.d.ts"] }).filter((path) =>
    /new DecompressionStream/.test(readFileSync(path, "utf8")),
  );
  expect(users).toEqual([]);
});

function zlibSays(stream: Uint8Array): Buffer | string {
  try {
    return inflateSync(stream);
  } catch (error) {
    return String(error);
  }
}
