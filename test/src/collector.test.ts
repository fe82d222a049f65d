// What a large render leaves behind is gone before the next one begins, and not some time.
import { expect, test } from "vitest";
import { collectGarbage } from "../../workers/shared/collector.ts";
import {
  idleBytes,
  leaveToCollector,
  leftBytes,
  releaseIdle,
  Shelf,
} from "../../workers/src/kernel/host/shelf.ts";

const PAGES = 640;
const BYTES = PAGES * 65_536;

const memoryOf40MB = () => ({ memory: new WebAssembly.Memory({ initial: PAGES }) });

test("a memory of 40 MB that nobody has any more is collected when it is asked for", async () => {
  const before = leftBytes();
  leaveToCollector(memoryOf40MB());
  expect(leftBytes()).toBe(before + BYTES);
  await scheduler.wait(0);
  collectGarbage();
  expect(leftBytes()).toBeLessThan(BYTES);
});

test("an idle instance that was dropped for another's room counts until it is gone", async () => {
  collectGarbage();
  const shelf = new Shelf("test");
  shelf.put(memoryOf40MB());
  expect(idleBytes()).toBeGreaterThanOrEqual(BYTES);
  releaseIdle(0);
  expect(idleBytes()).toBe(0);
  expect(leftBytes()).toBeGreaterThanOrEqual(BYTES);
  await scheduler.wait(0);
  collectGarbage();
  expect(leftBytes()).toBeLessThan(BYTES);
});
