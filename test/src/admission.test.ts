import { describe, expect, test } from "vitest";
import { ApiError } from "../../workers/shared/api-error.ts";
import { Gate, type GateLimits, type Idle, type Job } from "../../workers/src/door/admission.ts";

const nothingIdle: Idle = {
  bytes: () => 0,
  release: () => undefined,
  leftBytes: () => 0,
  collect: () => undefined,
};
const limits: GateLimits = { memoryBytes: 100, maxWaiting: 10, maxWaitingMs: 10_000 };
const gateOf = (changes: Partial<GateLimits> = {}, idle = nothingIdle) =>
  new Gate({ ...limits, ...changes }, idle);

const clean = { claims: {}, litterBytes: 0 };
const light = (memoryBytes: number): Job => ({ ...clean, mostBytes: memoryBytes, cpuMs: 5 });
const heavy = (cpuMs: number, memoryBytes = 1): Job => ({ ...clean, mostBytes: memoryBytes, cpuMs });

/** Jobs that run until they are told to stop, and keep a diary. */
function jobs(gate: Gate) {
  const diary: string[] = [];
  const stops = new Map<string, () => void>();
  const start = (name: string, cost: Job) =>
    gate.run(cost, async () => {
      diary.push(`${name} begins`);
      await new Promise<void>((resolve) => stops.set(name, resolve));
      diary.push(`${name} ends`);
    });
  const stop = (name: string) => stops.get(name)?.();
  return { diary, start, stop };
}

const moment = () => scheduler.wait(60);

describe("the gate", () => {
  test("runs light jobs together as long as they fit", async () => {
    const { diary, start, stop } = jobs(gateOf());
    const all = [start("a", light(60)), start("b", light(30)), start("c", light(50))];
    await moment();
    expect(diary).toEqual(["a begins", "b begins"]);
    stop("a");
    await moment();
    expect(diary).toEqual(["a begins", "b begins", "a ends", "c begins"]);
    for (const name of ["b", "c"]) stop(name);
    await Promise.all(all);
  });

  test("runs heavy jobs one after another, the shortest first, and light ones between", async () => {
    const { diary, start, stop } = jobs(gateOf());
    const all = [start("first", heavy(900)), start("long", heavy(900)), start("short", heavy(200))];
    all.push(start("light", light(1)));
    await moment();
    expect(diary).toEqual(["first begins", "light begins"]);
    for (const name of ["light", "first", "short", "long"]) {
      stop(name);
      await moment();
    }
    await Promise.all(all);
    expect(diary.filter((line) => line.endsWith("begins"))).toEqual([
      "first begins",
      "light begins",
      "short begins",
      "long begins",
    ]);
  });

  test("lets everyone through whom a job kept from looking for seconds", async () => {
    const gate = gateOf();
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
    const all = work.map((job) => gate.run(heavy(100, 100), job));
    await expect(Promise.all(all)).resolves.toEqual([undefined, "a", "b", "c"]);
  });

  test("gives room back when a job fails", async () => {
    const gate = gateOf();
    await expect(gate.run(heavy(100, 100), () => Promise.reject(new Error("damaged")))).rejects.toThrow(
      "damaged",
    );
    await expect(gate.run(heavy(100, 100), async () => "done")).resolves.toBe("done");
  });

  test("forgets who hung up while he waited", async () => {
    const gate = gateOf();
    const { start, stop } = jobs(gate);
    const running = start("a", heavy(100));
    // What a cancelled request waits for never comes.
    const wait = scheduler.wait.bind(scheduler);
    scheduler.wait = () => new Promise(() => undefined);
    let hasRun = false;
    void gate.run(heavy(50), async () => {
      hasRun = true;
    });
    scheduler.wait = wait;
    const last = gate.run(heavy(200), async () => "done");
    await moment();
    stop("a");
    await running;
    await expect(last).resolves.toBe("done");
    expect(hasRun).toBe(false);
  });

  test("asks for the request to be kept alive once its job has begun, and not before", async () => {
    const gate = gateOf();
    const { start, stop } = jobs(gate);
    const running = start("a", heavy(100));
    const kept: Promise<unknown>[] = [];
    const waiting = gate.run(heavy(100), async () => "done", { keepAlive: (work) => kept.push(work) });
    await moment();
    expect(kept).toHaveLength(0);
    stop("a");
    await running;
    await expect(waiting).resolves.toBe("done");
    expect(kept).toHaveLength(1);
  });

  test("lets the next one fetch ahead, and no more than one", async () => {
    const gate = gateOf();
    const { start, stop } = jobs(gate);
    const running = start("a", heavy(100));
    const fetched: string[] = [];
    const waiting = ["b", "c"].map((name, at) =>
      gate.run(heavy(200 + at), async () => name, { prepare: () => fetched.push(name) }),
    );
    await moment();
    expect(fetched).toEqual(["b"]);
    stop("a");
    await Promise.all([running, ...waiting]);
  });

  test("drops idle codecs when a job needs their room, and streams count too", async () => {
    let idleBytes = 50;
    const asked: number[] = [];
    const idle = {
      ...nothingIdle,
      bytes: () => idleBytes,
      release: (mostBytes: number) => {
        asked.push(mostBytes);
        idleBytes = Math.min(idleBytes, mostBytes);
      },
    };
    const gate = gateOf({}, idle);
    await gate.run(light(50), async () => undefined);
    expect(asked).toEqual([]);
    await gate.run(light(70), async () => undefined);
    expect(asked).toEqual([30]);
    const stream = gate.hold(20);
    await gate.run(light(70), async () => undefined);
    expect(asked).toEqual([30, 10]);
    const waiting = jobs(gate);
    const all = [waiting.start("a", light(70)), waiting.start("b", light(20))];
    await moment();
    expect(waiting.diary).toEqual(["a begins"]);
    stream.ended();
    stream.ended();
    await moment();
    expect(waiting.diary).toEqual(["a begins", "b begins"]);
    for (const name of ["a", "b"]) waiting.stop(name);
    await Promise.all(all);
  });

  describe("before a job that needs the room", () => {
    function isolate() {
      const diary: string[] = [];
      let leftBytes = 0;
      const idle: Idle = {
        ...nothingIdle,
        leftBytes: () => leftBytes,
        collect() {
          diary.push("collected");
          leftBytes = 0;
        },
      };
      const leave = (bytes: number) => {
        leftBytes = bytes;
      };
      return { gate: gateOf({}, idle), diary, leave };
    }

    test("has the collector come for what others have left, and not for a job that fits beside it", async () => {
      const { gate, diary, leave } = isolate();
      leave(60);
      await gate.run(heavy(100, 40), async () => diary.push("small"));
      await gate.run(heavy(100, 41), async () => diary.push("large"));
      await gate.run(heavy(100, 100), async () => diary.push("largest"));
      expect(diary).toEqual(["small", "collected", "large", "largest"]);
    });

    test("takes what jobs held outside of WebAssembly for garbage until the collector has been there", async () => {
      const { gate, diary } = isolate();
      const job = { ...heavy(100, 60), litterBytes: 15 };
      for (const name of ["a", "b", "c", "d", "e"]) await gate.run(job, async () => diary.push(name));
      expect(diary).toEqual(["a", "b", "c", "collected", "d", "e"]);
    });

    test("takes what streams have sent for garbage, too, as much as V8 lets pile up", async () => {
      const diary: string[] = [];
      const idle = { ...nothingIdle, collect: () => diary.push("collected") };
      const gate = gateOf({ memoryBytes: 100 << 20 }, idle);
      const stream = gate.hold(1);
      for (let piece = 0; piece < 400; piece++) stream.moved(65_536);
      await gate.run(heavy(100, 30 << 20), async () => diary.push("a"));
      stream.ended();
      await gate.run(heavy(100, 80 << 20), async () => diary.push("b"));
      await gate.run(heavy(100, 100 << 20), async () => diary.push("c"));
      expect(diary).toEqual(["a", "collected", "b", "c"]);
    });

    test("lets a large job begin without litter, although it would fit beside it", async () => {
      const diary: string[] = [];
      const idle = { ...nothingIdle, collect: () => diary.push("collected") };
      const gate = gateOf({ memoryBytes: 100 << 20 }, idle);
      await gate.run({ ...heavy(100, 20 << 20), litterBytes: 6 << 20 }, async () => diary.push("a"));
      await gate.run(heavy(100, 20 << 20), async () => diary.push("small"));
      await gate.run(heavy(100, 50 << 20), async () => diary.push("large"));
      await gate.run(heavy(100, 50 << 20), async () => diary.push("next"));
      expect(diary).toEqual(["a", "small", "collected", "large", "next"]);
    });

    test("remembers what a job that failed has left", async () => {
      const { gate, diary } = isolate();
      const job = { ...heavy(100, 90), litterBytes: 90 };
      await gate.run(job, () => Promise.reject(new Error("damaged"))).catch(() => diary.push("a"));
      await gate.run(job, async () => diary.push("b"));
      expect(diary).toEqual(["a", "collected", "b"]);
    });
  });

  test.each([
    ["too many wait", { maxWaiting: 2 }, 2],
    ["too much work waits", { maxWaitingMs: 4_000 }, 6],
  ])("refuses with 503 and Retry-After when %s", async (_, changes, retry_after) => {
    const gate = gateOf(changes);
    const { start, stop } = jobs(gate);
    const running = start("a", heavy(100, 100));
    const ms = "maxWaiting" in changes ? 10 : 3_000;
    const waiting = [1, 2].map((number) => gate.run(heavy(ms, 100), async () => number));
    const refusal = await gate.run(light(1), async () => 3).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ApiError);
    expect(refusal).toMatchObject({
      code: "overloaded",
      status: 503,
      parts: { action: { type: "wait", retry_after } },
    });
    await moment();
    stop("a");
    await running;
    expect(await Promise.all(waiting)).toEqual([1, 2]);
  });
});
