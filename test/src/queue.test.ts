// Who is next, told from a table: the shortest first, but nobody is passed for ever.
import { describe, expect, test } from "vitest";
import { nextOf, type Runner, turnOf, type Waiter } from "../../workers/src/door/queue.ts";

const MB = 1e6;
const ROOM = 100 * MB;

interface Named extends Waiter, Runner {
  readonly name: string;
}
const job = (name: string, cpuMs: number, { at = 0, bytes = MB } = {}): Named => ({
  name,
  cpuMs,
  arrivedAt: at,
  startedAt: at,
  mostBytes: bytes,
});
const next = (waiting: readonly Named[], running: readonly Named[] = [], now = 0) =>
  nextOf(waiting, running, ROOM, now)?.name;

describe("the queue", () => {
  test("lets the shorter of two that came together go first", () => {
    expect(next([job("long", 2_000), job("short", 100)])).toBe("short");
  });

  test("runs one heavy job at a time, and light ones beside it", () => {
    const running = [job("heavy", 500)];
    expect(next([job("heavy too", 100)], running)).toBeUndefined();
    expect(next([job("heavy too", 100), job("light", 10)], running)).toBe("light");
  });

  test("takes the turn from a job that holds it for much longer than its work takes: its reader is slow", () => {
    const running = [job("slow", 500)];
    expect(next([job("heavy", 100)], running, 3_000)).toBeUndefined();
    expect(next([job("heavy", 100)], running, 3_500)).toBe("heavy");
  });

  test("runs a few light ones at once, not all of them", () => {
    const running = Array.from({ length: 4 }, (_, number) => job(`light ${number}`, 10));
    expect(next([job("light", 10)], running)).toBeUndefined();
    expect(next([job("light", 10), job("heavy", 100)], running)).toBe("heavy");
  });

  test("lets what fits pass what needs more memory than is left, until that has waited long enough", () => {
    const running = [job("running", 10, { bytes: 60 * MB })];
    const large = job("large", 100, { bytes: 50 * MB });
    const small = job("small", 200, { at: 100 });
    expect(next([large, small], running, 200)).toBe("small");
    expect(next([large, small], running, turnOf(large))).toBeUndefined();
    expect(next([large, small], [], turnOf(large))).toBe("large");
  });

  test("lets a job that is larger than the room run alone", () => {
    const huge = job("huge", 100, { bytes: 2 * ROOM });
    expect(next([huge])).toBe("huge");
    expect(next([huge], [job("light", 10)])).toBeUndefined();
  });

  test("never starves a long job, however many short ones come: nobody passes who came four seconds later", () => {
    const long = job("long", 4_500);
    let now = 0;
    let passed = 0;
    // A short job comes every 50 ms and takes 100: there is always one waiting.
    const waiting = [long];
    for (let at = 0; at < 60_000; at += 50) waiting.push(job(`short at ${at}`, 100, { at }));
    for (;;) {
      const arrived = waiting.filter(({ arrivedAt }) => arrivedAt <= now);
      const started = nextOf(arrived, [], ROOM, now);
      if (!started) throw new Error("somebody may always start");
      if (started === long) break;
      waiting.splice(waiting.indexOf(started), 1);
      passed++;
      now += started.cpuMs;
    }
    expect(passed).toBeGreaterThan(30);
    // What had come within its patience, and no more: 80 short jobs.
    expect(now).toBeLessThanOrEqual(8_100);
  });

  test("keeps the order of their coming among equals", () => {
    expect(next([job("second", 100, { at: 5 }), job("first", 100, { at: 1 })], [], 10)).toBe("first");
  });
});
