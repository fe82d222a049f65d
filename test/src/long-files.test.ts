// Answers too long to be held: streamed while they are made, cached only when they are whole.
import { beforeAll, describe, expect, test } from "vitest";
import { seededRandom } from "../harness/seeded-random.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask, decode, pixelsOf, pngOf } from "./src-request.ts";

const side = 1_000;
let file: Uint8Array<ArrayBuffer>;
let path: string;

beforeAll(async () => {
  const random = seededRandom(3);
  const data = Uint8ClampedArray.from({ length: side * side * 4 }, (_, at) =>
    at % 4 === 3 ? 255 : random() * 256,
  );
  file = await pngOf({ width: side, height: side, data });
  ({ path } = await storeImage(file));
});

describe("a picture of more bytes than are held", () => {
  test("arrives whole, and the same again from the cache", async () => {
    const first = await ask(`${path}?w=990`);
    expect(first.status).toBe(200);
    const bytes = await first.bytes();
    expect(bytes.length).toBeGreaterThan(2 << 20);
    const { width, height } = await pixelsOf(new Response(bytes));
    expect({ width, height }).toEqual({ width: 990, height: 990 });
    expect(await (await ask(`${path}?w=990`)).bytes()).toEqual(bytes);
  });

  test("is asked for by HEAD, by its ETag and again by GET", async () => {
    const head = await ask(`${path}?w=980`, { method: "HEAD" });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
    const tag = head.headers.get("ETag") ?? "";
    expect((await ask(`${path}?w=980`, { headers: { "If-None-Match": tag } })).status).toBe(304);
    const { width } = await pixelsOf(await ask(`${path}?w=980`));
    expect(width).toBe(980);
  });

  test.each(["jpg&q=100", "png"])("as %s carries its copyright where it belongs", async (format) => {
    const answer = await ask(`${path}?w=970&metadata=copyright&format=${format}`);
    expect((await pixelsOf(answer)).width).toBe(970);
  });

  test("whose original is damaged near its end shows what there is, the same each time, and is a whole file", async () => {
    const damaged = file.slice();
    damaged.fill(0, file.length - 1_000, file.length - 900);
    const { path } = await storeImage(damaged);
    const versions = new Set<string>();
    for (let time = 0; time < 2; time++) {
      const answer = await ask(`${path}?w=990`);
      expect(answer.status).toBe(200);
      const bytes = await answer.bytes();
      expect(await decode(bytes)).toMatchObject({ width: 990 });
      versions.add(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex());
    }
    expect(versions.size).toBe(1);
  });
});
