import { describe, expect, test } from "vitest";
import { ApiError } from "../../workers/shared/api-error.ts";
import { MemoryGate } from "../../workers/src/door/admission.ts";

/** A job that runs until it is told to stop, and keeps a diary. */
function jobs(gate: MemoryGate) {
  const diary: string[] = [];
  const stops = new Map<string, () => void>();
  const start = (name: string, bytes: number) =>
    gate.run(bytes, async () => {
      diary.push(`${name} begins`);
      await new Promise<void>((resolve) => stops.set(name, resolve));
      diary.push(`${name} ends`);
    });
  const stop = (name: string) => stops.get(name)?.();
  return { diary, start, stop };
}

const moment = () => scheduler.wait(60);

describe("the memory gate", () => {
  test("runs jobs together as long as they fit, and the rest in the order in which they came", async () => {
    const { diary, start, stop } = jobs(new MemoryGate(100, 10));
    const all = [start("a", 60), start("b", 30), start("c", 50), start("d", 10)];
    await moment();
    // `d` would fit, but `c` came first: small jobs must not starve large ones.
    expect(diary).toEqual(["a begins", "b begins"]);
    stop("a");
    await moment();
    expect(diary).toEqual(["a begins", "b begins", "a ends", "c begins", "d begins"]);
    for (const name of ["b", "c", "d"]) stop(name);
    await Promise.all(all);
  });

  test("lets everyone through whom a job kept from looking for seconds", async () => {
    const gate = new MemoryGate(100, 10);
    const holdTheCpu = async () => {
      await moment();
      const end = Date.now() + 2_500;
      while (Date.now() < end);
    };
    const work: readonly (() => Promise<unknown>)[] = [
      holdTheCpu,
      async () => "a",
      async () => "b",
      async () => "c",
    ];
    const all = work.map((job) => gate.run(100, job));
    await expect(Promise.all(all)).resolves.toEqual([undefined, "a", "b", "c"]);
  });

  test("gives memory back when a job fails", async () => {
    const gate = new MemoryGate(100, 10);
    await expect(gate.run(100, () => Promise.reject(new Error("damaged")))).rejects.toThrow("damaged");
    await expect(gate.run(100, async () => "done")).resolves.toBe("done");
  });

  test("refuses with 503 and Retry-After when too many wait", async () => {
    const gate = new MemoryGate(100, 2);
    const { start, stop } = jobs(gate);
    const running = start("a", 100);
    const waiting = [gate.run(100, async () => 1), gate.run(100, async () => 2)];
    const refusal = await gate.run(1, async () => 3).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ApiError);
    expect(refusal).toMatchObject({
      code: "overloaded",
      status: 503,
      parts: { action: { type: "wait", retry_after: 2 } },
    });
    stop("a");
    await running;
    expect(await Promise.all(waiting)).toEqual([1, 2]);
  });
});
