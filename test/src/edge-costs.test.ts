// What a view costs behind Cloudflare's caches, by the fake platform's count: Worker runs, rows, renders. `npm run bench:edge` prints the same figures.
import { expect, test } from "vitest";
import { quadrants } from "../support/drawing.ts";
import { FakePlatform } from "../support/edge/fake-platform.ts";
import { storeImage } from "../support/stored-image.ts";
import { pngOf } from "./src-request.ts";

const SPELLINGS = Number(import.meta.env.VITE_SPELLINGS ?? 10_000);
const CLIENTS = 100;
const { path } = await storeImage(await pngOf(quadrants(900, 2)));
const url = `https://src.example.com${path}`;

/** The bench reads these lines. */
const tell = (figures: Readonly<Record<string, number>>) => console.log(`FIGURES ${JSON.stringify(figures)}`);

test.each(["", "?w=300", "?w=300&format=webp", "?w=300&format=avif"])(
  "A view of '%s' that the edge holds runs no Worker and reads no row",
  async (query) => {
    const platform = new FakePlatform();
    const first = await (await platform.view(url + query)).bytes();
    const before = { runs: platform.front.runs + platform.behind.runs, rows: platform.rows };
    expect(before.runs).toBe(query ? 2 : 1);
    expect(before.rows).toBeGreaterThan(0);
    for (let time = 0; time < 10; time++)
      expect(await (await platform.view(url + query)).bytes()).toEqual(first);
    const runs = platform.front.runs + platform.behind.runs - before.runs;
    const rows = platform.rows - before.rows;
    tell({ heldViewRuns: runs, heldViewRows: rows });
    expect([runs, rows]).toEqual([0, 0]);
  },
);

test(`${SPELLINGS} spellings of one picture are rendered once, and read one row each`, async () => {
  const platform = new FakePlatform();
  const spelled = (n: number) => (n % 2 ? `?w=120&spelling=${n}` : `?width=120&dpr=1&x=${n}`);
  for (let start = 0; start < SPELLINGS; start += 50) {
    const views = Array.from({ length: Math.min(50, SPELLINGS - start) }, async (_, n) => {
      const answer = await platform.view(url + spelled(start + n));
      await answer.bytes();
      return answer.status;
    });
    expect(new Set(await Promise.all(views))).toEqual(new Set([200]));
  }
  tell({ spellings: SPELLINGS, rendersOfSpellings: platform.behind.runs });
  expect([platform.front.runs, platform.behind.runs]).toEqual([SPELLINGS, 1]);
  // One for each spelling, and one more for the render.
  expect(platform.rows).toBe(SPELLINGS + 1);
}, 600_000);

test.each(["?w=310", "?w=310&format=webp", "?w=310&format=avif"])(
  `${CLIENTS} clients at once cause one render of %s, however they spell it`,
  async (query) => {
    const platform = new FakePlatform();
    const lengthsOf = async (spelling: (n: number) => string) => {
      const views = Array.from({ length: CLIENTS }, async (_, n) =>
        (await platform.view(url + query + spelling(n))).bytes(),
      );
      return (await Promise.all(views)).map(({ length }) => length);
    };
    const alike = await lengthsOf(() => "");
    expect([platform.front.runs, platform.behind.runs]).toEqual([1, 1]);
    const spelled = await lengthsOf((n) => `&flip=h&spelling=${n}`);
    expect([platform.front.runs, platform.behind.runs]).toEqual([1 + CLIENTS, 2]);
    expect([new Set(alike).size, new Set(spelled).size]).toEqual([1, 1]);
    tell({ clients: CLIENTS, rendersOfCrowd: platform.behind.runs / 2 });
  },
);
