// A crowd that asks for one picture that nobody has rendered yet.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { spendRender } from "../../workers/src/door/budgets.ts";
import { quadrants } from "../support/drawing.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask, pngOf } from "./src-request.ts";

const file = await pngOf(quadrants(900, 2));
/** Of a minute's budget, which counts renders like these one by one. */
const BUDGET = 300;

/** How much of an address's budget is left: each render takes some of it. */
async function leftOf(address: string): Promise<number> {
  for (let count = 0; count < 2 * BUDGET; count++) {
    const refusal = await spendRender(env, {
      image: { storage: "7c1", id: "whatever" },
      address,
      cpuMs: 1,
    }).catch((thrown: unknown) => thrown);
    if (refusal) return count;
  }
  throw new Error("nothing is ever refused");
}

test.each([
  ["?w=300", "203.0.113.20"],
  ["?w=300&format=webp", "203.0.113.21"],
  ["?w=300&format=avif", "203.0.113.22"],
])("100 clients at once cause one render of %s", async (query, address) => {
  const { path } = await storeImage(file);
  const headers = { "CF-Connecting-IP": address };
  const answers = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const answer = await ask(path + query, { headers });
      return [answer.status, (await answer.bytes()).length];
    }),
  );
  expect(new Set(answers.map(String)).size).toBe(1);
  expect(answers[0]?.[0]).toBe(200);
  // A minute may have begun meanwhile.
  expect(await leftOf(address)).toBeGreaterThanOrEqual(BUDGET - 10);
});

test("1,000 spellings of one picture cause one render", async () => {
  const { path } = await storeImage(file);
  const address = "203.0.113.23";
  const headers = { "CF-Connecting-IP": address };
  const tags = new Set<string | null>();
  const spellings = Array.from({ length: 1_000 }, (_, n) =>
    n % 2 ? `?w=120&spelling=${n}` : `?width=120&dpr=1&x=${n}`,
  );
  for (let start = 0; start < spellings.length; start += 50) {
    const answers = spellings.slice(start, start + 50).map(async (query) => {
      const answer = await ask(path + query, { headers });
      await answer.bytes();
      tags.add(answer.headers.get("ETag"));
    });
    await Promise.all(answers);
  }
  expect(tags.size).toBe(1);
  expect(await leftOf(address)).toBeGreaterThanOrEqual(BUDGET - 10);
});

test("whoever asked first may hang up: the others get the picture", async () => {
  const { path } = await storeImage(file);
  const address = "203.0.113.24";
  const headers = { "CF-Connecting-IP": address };
  const hangUp = new AbortController();
  const first = ask(`${path}?w=310`, { headers, signal: hangUp.signal }).catch(() => undefined);
  await scheduler.wait(5);
  const others = Array.from({ length: 20 }, () => ask(`${path}?w=310`, { headers }));
  hangUp.abort();
  await first;
  for (const answer of await Promise.all(others)) {
    expect(answer.status).toBe(200);
    expect((await answer.bytes()).length).toBeGreaterThan(100);
  }
  expect(await leftOf(address)).toBeGreaterThanOrEqual(BUDGET - 10);
});
