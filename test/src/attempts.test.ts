// What was tried and never came back is not tried again by each view, and honest viewers wait no longer than the work takes.
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { originalKey } from "../../workers/shared/object-keys.ts";
import { attempt, mark, waitForAttempt } from "../../workers/src/door/attempts.ts";
import { quadrants } from "../support/drawing.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask, pngOf } from "./src-request.ts";

const cache = () => caches.open("attempts");
/** Of a file that has not begun. */
const never = new Promise<void>(() => undefined);
let turn = 0;
let name: string;
beforeEach(() => {
  name = `https://variants/7c1/attempt/${turn++}`;
});

describe("an attempt", () => {
  test("leaves no mark when it ends well, nor when something of ours fails", async () => {
    expect(await attempt(name, 3_000, async () => "done", never)).toBe("done");
    const failing = attempt(name, 3_000, () => Promise.reject(new Error("no bucket")), never);
    await expect(failing).rejects.toThrow("no bucket");
    expect(await (await cache()).match(name)).toBeUndefined();
  });

  test("is marked while it is at work when it is dear, and when it turns out long", async () => {
    const isMarked = async () => (await (await cache()).match(name)) !== undefined;
    expect(await attempt(name, 3_000, isMarked, never)).toBe(true);
    expect(await attempt(name, 50, isMarked, never)).toBe(false);
    const long = async () => {
      await scheduler.wait(2_300);
      return isMarked();
    };
    expect(await attempt(name, 50, long, never)).toBe(true);
    expect(await isMarked()).toBe(false);
  });

  test("that ends while its late mark is still being written leaves none behind", async () => {
    const put = Cache.prototype.put;
    Cache.prototype.put = async function slowly(...args) {
      await scheduler.wait(500);
      return put.apply(this, args);
    };
    try {
      await attempt(name, 50, () => scheduler.wait(2_200), never);
      await scheduler.wait(1_000);
      expect(await (await cache()).match(name)).toBeUndefined();
    } finally {
      Cache.prototype.put = put;
    }
  });

  test("is no longer marked once its file has begun: a slow reader is no runaway job", async () => {
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const streaming = attempt(name, 3_000, () => end.promise, begun.promise);
    await scheduler.wait(50);
    expect(await (await cache()).match(name)).toBeDefined();
    begun.resolve();
    await scheduler.wait(50);
    expect(await (await cache()).match(name)).toBeUndefined();
    end.resolve();
    await streaming;
  });

  test("that the platform killed is refused for a while, with the time to wait", async () => {
    await mark(name, 120, { startedAt: Date.now() - 20_000 });
    const refusal = await waitForAttempt(name).catch((thrown: unknown) => thrown);
    expect(refusal).toMatchObject({ code: "overloaded", parts: { action: { type: "wait" } } });
    expect(refusal).toMatchObject({ parts: { action: { retry_after: expect.closeTo(100, -1) } } });
  });

  test("that is still at work is waited for", async () => {
    const done = attempt(name, 3_000, () => scheduler.wait(600), never);
    await scheduler.wait(50);
    const start = Date.now();
    expect(await waitForAttempt(name)).toBe(true);
    expect(Date.now() - start).toBeGreaterThan(300);
    await done;
    expect(await waitForAttempt(name)).toBe(false);
  });
});

describe("a damaged picture", () => {
  test("is not decoded again by each view, though no browser keeps the refusal", async () => {
    const good = await pngOf(quadrants(64, 2));
    const damaged = good.slice();
    damaged.fill(0xaa, 60, damaged.length - 20);
    const { id, path } = await storeImage(good);
    await env.ORIGINALS.put(originalKey("7c1", id), damaged);
    const first = await ask(`${path}?w=10&format=jpg`);
    expect(first.status).toBe(422);
    expect(first.headers.get("Cache-Control")).toBe("no-store");
    await env.ORIGINALS.put(originalKey("7c1", id), good);
    const second = await ask(`${path}?w=10&format=jpg`);
    expect(second.status).toBe(422);
    expect(second.headers.get("Cache-Control")).toBe("no-store");
    expect(await second.json()).toMatchObject({ error: { code: "media_failed" } });
    expect((await ask(`${path}?w=11&format=jpg`)).status).toBe(200);
  });
});
