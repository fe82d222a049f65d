import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import { ANONYMOUS_STORAGE } from "../../schema/ids.ts";
import { spendAnonymous } from "../../workers/src/door/anonymous-budget.ts";
import { type Spending, spendRender } from "../../workers/src/door/budgets.ts";
import { quadrants } from "../support/drawing.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask, pngOf } from "./src-request.ts";

/** More than any budget holds, twice over: a new minute may begin meanwhile. */
const MANY = 2_000;

/** How many fit until the first refusal. */
async function spendAll(spending: Omit<Spending, "image">): Promise<number> {
  for (let count = 0; count < MANY; count++) {
    const refusal = await spendRender(env, { image: { storage: "7c1", id: "whatever" }, ...spending }).catch(
      (thrown: unknown) => thrown,
    );
    if (refusal) return count;
  }
  throw new Error("nothing is ever refused");
}

/** In large coins, then in small ones, since the last lease has something left. */
async function spendTheHour(): Promise<void> {
  for (const ms of [10_000, 500, 10, 1]) {
    let count = 0;
    while ((await spendAnonymous(env, ms, Date.now())) === undefined)
      if (++count > MANY) throw new Error("nothing is ever refused");
  }
}

let path: string;
let anonymous: string;
beforeAll(async () => {
  const file = await pngOf(quadrants(400, 2));
  ({ path } = await storeImage(file));
  ({ path: anonymous } = await storeImage(file, { storage: ANONYMOUS_STORAGE }));
});

describe("the render budget", () => {
  test("refuses an address that mints variants, and still answers it what is cached or plain", async () => {
    const headers = { "CF-Connecting-IP": "203.0.113.9" };
    expect((await ask(`${path}?w=1`, { headers })).status).toBe(200);
    await spendAll({ address: "203.0.113.9", cpuMs: 2_000 });

    const refusal = await ask(`${path}?w=2`, { headers });
    expect(refusal.status).toBe(429);
    expect(refusal.headers.get("Retry-After")).toBe("60");
    expect(refusal.headers.get("Cache-Control")).toBe("no-store");
    expect(await refusal.json()).toMatchObject({
      error: {
        code: "rate_limited",
        action: { type: "wait" },
        // Where the image was asked for, though it is refused further in.
        doc_url: "https://src.example.com/docs/errors#rate_limited",
      },
    });
    expect((await ask(`${path}?w=1`, { headers })).status).toBe(200);
    expect((await ask(path, { headers })).status).toBe(200);
  });

  test("counts each address by itself", async () => {
    expect((await ask(`${path}?w=350`, { headers: { "CF-Connecting-IP": "203.0.113.10" } })).status).toBe(
      200,
    );
  });

  test("counts work, not renders: of the dearest only a few fit into a minute", async () => {
    const dear = await spendAll({ address: "203.0.113.11", cpuMs: 4_500 });
    const cheap = await spendAll({ address: "203.0.113.12", cpuMs: 500 });
    expect(dear).toBeLessThan(30);
    expect(cheap).toBeGreaterThanOrEqual(100);
  });

  test("counts the addresses of one IPv6 network as one", async () => {
    await spendAll({ address: "2001:db8:7:7::1", cpuMs: 4_000 });
    const headers = (address: string) => ({ headers: { "CF-Connecting-IP": address } });
    expect((await ask(`${path}?w=3`, headers("2001:db8:7:7:aaaa::2"))).status).toBe(429);
    expect((await ask(`${path}?w=3`, headers("2001:db8:7:8::1"))).status).toBe(200);
  });
});

describe("the budget of one image", () => {
  test("slows down who mints variants from many addresses, and nobody who asks for common ones or for what is cached", async () => {
    const { path } = await storeImage(await pngOf(quadrants(400, 2)));
    let address = 0;
    const statusOf = async (query: string) => {
      const headers = { "CF-Connecting-IP": `198.18.${address >> 8}.${address++ & 255}` };
      const answer = await ask(path + query, { headers });
      await answer.bytes();
      return answer.status;
    };
    const minted: number[] = [];
    // A minute may begin meanwhile.
    for (let n = 0; n < 100; n++) minted.push(await statusOf(`?w=200&h=${101 + n}&fit=squeeze`));
    const made = minted.filter((status) => status === 200).length;
    expect(made).toBeGreaterThanOrEqual(40);
    expect(made).toBeLessThanOrEqual(80);
    expect(minted.every((status) => status === 200 || status === 429)).toBe(true);
    for (const query of ["?w=320", "?size=s", "?w=200&h=101&fit=squeeze", ""])
      expect(await statusOf(query), query).toBe(200);
  });
});

describe("the budget of all anonymous images", () => {
  test("ends with the hour's processor time, whoever asks, for strangers' images alone", async () => {
    const headers = (last: number) => ({ headers: { "CF-Connecting-IP": `198.51.100.${last}` } });
    expect((await ask(`${anonymous}?w=1`, headers(1))).status).toBe(200);
    await spendTheHour();

    const refusal = await ask(`${anonymous}?w=2`, headers(2));
    expect(refusal.status).toBe(429);
    const seconds = Number(refusal.headers.get("Retry-After"));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(3_600);
    expect((await ask(`${anonymous}?w=1`, headers(3))).status).toBe(200);
    expect((await ask(anonymous, headers(3))).status).toBe(200);
    expect((await ask(`${path}?w=5`, headers(3))).status).toBe(200);
  });

  test("is asked for once in an hour in which it is spent, not by each render that it refuses", async () => {
    const next = Date.now() + 36_000_000;
    let asked = 0;
    const object = env.ANONYMOUS_BUDGET.getByName("anonymous");
    const lease = (...words: Parameters<typeof object.lease>) => {
      asked++;
      return object.lease(...words);
    };
    const counted = { ANONYMOUS_BUDGET: { getByName: () => ({ lease }) } };
    const small = { ...env, ...counted, ANONYMOUS_CPU_SECONDS_PER_HOUR: "20" };
    for (let turn = 0; turn < 50; turn++) await spendAnonymous(small, 10_000, next);
    expect(asked).toBe(3);
  });

  test("is the operator's to choose, and a new one every hour", async () => {
    const next = Date.now() + 3_600_000;
    const small = { ...env, ANONYMOUS_CPU_SECONDS_PER_HOUR: "20" };
    const outcomes = [];
    for (let turn = 0; turn < 3; turn++) outcomes.push(await spendAnonymous(small, 10_000, next));
    expect(outcomes.slice(0, 2)).toEqual([undefined, undefined]);
    expect(outcomes[2]).toBeGreaterThan(0);
    expect(await spendAnonymous(small, 10_000, next + 3_600_000)).toBeUndefined();
    const none = { ...env, ANONYMOUS_CPU_SECONDS_PER_HOUR: "0" };
    expect(await spendAnonymous(none, 100, next + 7_200_000)).toBeGreaterThan(0);
  });
});
