// Plain originals go out of one chunk's memory: whoever reads slowly, or stops, gets the bytes of his own picture, and no other's.
import { Buffer } from "node:buffer";
import { beforeAll, expect, test } from "vitest";
import { seededRandom } from "../harness/seeded-random.ts";
import { type Chunk, joinPng } from "../support/make-fixtures/png-chunks.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask } from "./src-request.ts";

const PICTURES = 8;
/** Whoever comes through Cloudflare is answered by the Worker itself, not by the stand-in for the cache. */
const direct = { headers: { "CF-Ray": "8f0c1d2e3f405162-FRA" } };

interface Picture {
  readonly path: string;
  readonly served: Uint8Array;
}

/** Pieces of every length, each byte another picture's nowhere: long ones go out from where they lie, short ones together, and between them lies what is taken out. */
function pieces(seed: number): { readonly file: Buffer; readonly served: Buffer } {
  const random = seededRandom(seed);
  const noise = (length: number) => Uint8Array.from({ length }, () => random() * 256);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(1_000, 0);
  header.writeUInt32BE(1_000, 4);
  header.set([8, 2], 8);
  const shown: Chunk[] = [{ type: "IHDR", body: header }];
  const stored: Chunk[] = [...shown];
  for (let index = 0; index < 60; index++) {
    const piece = { type: "IDAT", body: noise(Math.ceil(random() ** 3 * 90_000)) };
    shown.push(piece);
    stored.push(piece, { type: "tEXt", body: Buffer.from(`Comment\0secret ${"x".repeat(random() * 500)}`) });
  }
  const end = { type: "IEND", body: new Uint8Array() };
  return { file: joinPng([...stored, end]), served: joinPng([...shown, end]) };
}

let pictures: readonly Picture[];

beforeAll(async () => {
  pictures = await Promise.all(
    Array.from({ length: PICTURES }, async (_, index) => {
      const { file, served } = pieces(index + 1);
      const { path } = await storeImage(file);
      return { path, served };
    }),
  );
});

/** Reads a few bytes at a time, and lets the others go on in between; `mostBytes`, then hangs up. */
async function readSlowly(
  body: ReadableStream<Uint8Array> | null,
  seed: number,
  mostBytes = Number.POSITIVE_INFINITY,
) {
  if (!body) throw new Error("there is no body");
  const random = seededRandom(seed);
  const reader = body.getReader({ mode: "byob" });
  const read: Uint8Array[] = [];
  for (let length = 0; length < mostBytes; ) {
    const { value } = await reader.read(new Uint8Array(1 + Math.floor(random() ** 2 * 40_000)));
    if (!value || value.length === 0) return Buffer.concat(read);
    read.push(value);
    length += value.length;
    await scheduler.wait(random() * 3);
  }
  await reader.cancel();
  return Buffer.concat(read);
}

/** Where they first part, or that they don't. */
function differenceOf(got: Uint8Array, wanted: Uint8Array) {
  const at = got.findIndex((byte, index) => byte !== wanted[index]);
  return { at, length: got.length };
}
const same = (length: number) => ({ at: -1, length });

test.each(["first seen", "seen before"])("eight at once, %s, get each his own picture", async () => {
  await Promise.all(
    pictures.map(async ({ path, served }, index) => {
      const answer = await ask(path, direct);
      expect(differenceOf(await readSlowly(answer.body, index), served)).toEqual(same(served.length));
    }),
  );
});

test("half of them hang up in the middle, and the others get all of theirs", async () => {
  await Promise.all(
    pictures.flatMap(({ path, served }, index) =>
      [0, 1].map(async (isLeaving) => {
        const answer = await ask(path, direct);
        const most = isLeaving ? 50_000 * (index + 1) : Number.POSITIVE_INFINITY;
        const got = await readSlowly(answer.body, index, most);
        expect(differenceOf(got, served)).toEqual(same(isLeaving ? got.length : served.length));
        if (isLeaving) expect(got.length).toBeGreaterThanOrEqual(Math.min(most, served.length));
      }),
    ),
  );
});

test("an answer that two read, each at his own pace, is the same to both", async () => {
  await Promise.all(
    pictures.map(async ({ path, served }, index) => {
      const answer = await ask(path, direct);
      const other = answer.clone();
      const both = await Promise.all([readSlowly(answer.body, index), other.bytes()]);
      for (const got of both) expect(differenceOf(got, served)).toEqual(same(served.length));
    }),
  );
});

test("what is put into a cache while others read is the picture", async () => {
  const cache = await caches.open("slow readers");
  await Promise.all(
    pictures.map(async ({ path, served }, index) => {
      const answer = await ask(path, direct);
      const copy = answer.clone();
      const key = `https://kept.example.com/${index}`;
      const [got] = await Promise.all([readSlowly(answer.body, index), cache.put(key, copy)]);
      const kept = await cache.match(key);
      expect(differenceOf(got, served)).toEqual(same(served.length));
      expect(differenceOf((await kept?.bytes()) ?? new Uint8Array(), served)).toEqual(same(served.length));
    }),
  );
});

test("parts and heads beside them are of the same bytes", async () => {
  await Promise.all(
    pictures.flatMap(({ path, served }, index) => [
      (async () => {
        const answer = await ask(path, direct);
        expect(differenceOf(await readSlowly(answer.body, index), served)).toEqual(same(served.length));
      })(),
      ...[0, 1, 2].map(async (turn) => {
        const first = Math.floor((served.length * (turn + 1)) / 5);
        const last = first + 200_000 * turn + 99;
        const headers = { ...direct.headers, Range: `bytes=${first}-${last}` };
        const answer = await ask(path, { headers });
        const wanted = served.subarray(first, last + 1);
        expect(answer.status).toBe(206);
        expect(differenceOf(await readSlowly(answer.body, turn), wanted)).toEqual(same(wanted.length));
        const head = await ask(path, { ...direct, method: "HEAD" });
        expect(head.headers.get("Content-Length")).toBe(String(served.length));
      }),
    ]),
  );
});
