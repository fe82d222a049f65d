// Which kernel instance a job gets: one is kept and reused, never one that is busy, broken or bloated.

import { describe, expect, it } from "vitest";
import type { KernelExports } from "../../../workers/src/kernel/host/exports.ts";
import { KernelPool } from "../../../workers/src/kernel/host/instance.ts";
import { idleBytes, leftBytes, releaseIdle } from "../../../workers/src/kernel/host/shelf.ts";
import { jpegShape } from "../../support/jpeg-shapes.ts";
import { difference, kernel, kernelModule, shape, streamOf } from "../../support/test-kernel.ts";

const limit = 64 << 20;
const done = { ok: true, value: undefined } as const;

async function lent(pool: KernelPool, work: (instance: KernelExports) => void = () => undefined) {
  let seen: KernelExports | undefined;
  const answer = await pool.use(limit, async (instance) => {
    seen = instance;
    work(instance);
    return done;
  });
  return { instance: seen, answer };
}

describe("Kernel instances", () => {
  it("are reused by the next job", async () => {
    const pool = new KernelPool(kernelModule);
    const first = await lent(pool);
    expect((await lent(pool)).instance).toBe(first.instance);
  });

  it("are not shared by jobs that overlap", async () => {
    const pool = new KernelPool(kernelModule);
    const inner: (KernelExports | undefined)[] = [];
    const outer = await pool.use(limit, async (instance) => {
      inner.push((await lent(pool)).instance);
      expect(inner[0]).not.toBe(instance);
      return done;
    });
    expect(outer.ok).toBe(true);
  });

  it("are dropped after a trap, which the caller gets as a value", async () => {
    const pool = new KernelPool(kernelModule);
    const broken = await lent(pool, () => {
      throw new WebAssembly.RuntimeError("unreachable");
    });
    expect(broken.answer).toMatchObject({ ok: false, error: { code: "trapped" } });
    expect((await lent(pool)).instance).not.toBe(broken.instance);
  });

  it("are counted while they wait, and let go where others need their room", async () => {
    releaseIdle(0);
    const pool = new KernelPool(kernelModule);
    const bloated = await lent(pool, (instance) => {
      expect(instance.alloc(30 << 20)).toBeGreaterThan(0);
      // At work it is within its job's plan, and that is counted by whoever admitted the job.
      expect(idleBytes()).toBe(0);
    });
    expect(idleBytes()).toBe(bloated.instance?.memory.buffer.byteLength);
    const left = leftBytes();
    releaseIdle(0);
    expect(idleBytes()).toBe(0);
    // The collector has not been there yet.
    expect(leftBytes() - left).toBe(bloated.instance?.memory.buffer.byteLength);
    expect((await lent(pool)).instance).not.toBe(bloated.instance);
  });

  it("are kept for a job that will use them again, as far as its plan reaches", async () => {
    releaseIdle(0);
    const pool = new KernelPool(kernelModule);
    const large = await lent(pool, (instance) => instance.alloc(30 << 20));
    const bytes = large.instance?.memory.buffer.byteLength ?? 0;
    expect(idleBytes({ kernel: bytes })).toBe(0);
    releaseIdle(0, { kernel: bytes });
    expect((await lent(pool)).instance).toBe(large.instance);
    expect(idleBytes({ kernel: 1 << 20 })).toBe(bytes - (1 << 20));
    releaseIdle(0, { kernel: 1 << 20 });
    expect((await lent(pool)).instance).not.toBe(large.instance);
  });

  it("are taken up again after a stream that failed: the kernel itself is well", async () => {
    const pool = new KernelPool(kernelModule);
    const first = await lent(pool);
    const failing = pool.use(limit, () => Promise.reject(new Error("the bucket is gone")));
    await expect(failing).rejects.toThrow("the bucket is gone");
    expect((await lent(pool)).instance).toBe(first.instance);
  });

  it("at work for a small job count for what an earlier job has made of them", async () => {
    releaseIdle(0);
    const pool = new KernelPool(kernelModule);
    await lent(pool, (instance) => instance.alloc(10 << 20));
    await pool.use(1 << 20, async ({ memory }) => {
      expect(idleBytes()).toBe(memory.buffer.byteLength - (1 << 20));
      return done;
    });
  });

  it("keep nothing of a job's bytes for the next one", async () => {
    const pool = new KernelPool(kernelModule);
    await lent(pool, (instance) => {
      const at = instance.alloc(1 << 20);
      new Uint8Array(instance.memory.buffer, at, (1 << 20) + 200).fill(0xa5);
    });
    await lent(pool, (instance) => {
      const at = instance.alloc(1 << 20);
      expect(new Uint8Array(instance.memory.buffer, at, (1 << 20) + 200).includes(0xa5)).toBe(false);
    });
  });

  it("give a job no more memory than its limit", async () => {
    const pool = new KernelPool(kernelModule);
    await lent(pool, (instance) => expect(instance.alloc(limit)).toBe(0));
  });

  it("make the right pictures of jobs that run side by side", async () => {
    const shapes = ["2x2 plain 63x64", "1x1 progressive 63x64", "4x1 rows 60x5", "gray plain 33x31"].map(
      jpegShape,
    );
    const render = ({ file, width, height }: (typeof shapes)[number]) =>
      kernel.renderPixels({ kind: "jpeg", stream: streamOf(file, 50) }, shape({ width, height }));
    const together = await Promise.all(shapes.map(render));
    for (const [i, one] of shapes.entries()) {
      const [alone, beside] = [await render(one), together[i]];
      if (!alone.ok || !beside?.ok) throw new Error(`${one.name} did not decode`);
      expect(difference(beside.value.pixels.data, alone.value.pixels.data).most).toBe(0);
    }
  });

  it("run five hundred mixed jobs in the memory of the largest", async () => {
    const pool = new KernelPool(kernelModule);
    const sizes: number[] = [];
    for (let n = 0; n < 500; n++) {
      const { instance } = await lent(pool, (one) => one.alloc((n % 50) * 20_000));
      sizes.push(instance?.memory.buffer.byteLength ?? 0);
    }
    expect(sizes.at(-1)).toBe(sizes[50]);
    expect(sizes.at(-1)).toBeLessThan(2 << 20);
  });
});
