// How long an upload is held up by the look at its pixels, and when one that did not end is made again: by a clock of the test's own.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { lookFirst, pauseOf } from "../../../workers/api/images/first-look.ts";
import type { ImageRow } from "../../../workers/api/images/store/index.ts";
import { createFactsReader } from "../../../workers/shared/image-facts.ts";
import type { Looked } from "../../../workers/shared/looked.ts";
import { fixture } from "../../support/fixtures.ts";

const NOW = 1_800_000_000_000;
const size = { width: 600, height: 400 };
const shown: Looked = {
  outcome: "shown",
  engine: 9,
  isDamaged: false,
  placeholder: { thumbhash: "1QcSHQRnh493V4dIh4eXh1h4kJUI", color: "#7a8c99" },
  sizes: { plain: size, small: { width: 480, height: 320 }, medium: size, large: size },
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function factsOf(name: string) {
  const reader = createFactsReader();
  reader.push(fixture(name));
  const result = reader.end();
  if (result.kind !== "image") throw new Error(`${name} can't be read`);
  return result.facts;
}

function lookAt(name: string, ask: () => Promise<Looked>) {
  const facts = factsOf(name);
  const drawn = { id: "i", storage: "s", facts: JSON.stringify(facts), format: facts.format } as ImageRow;
  const waitUntil = vi.fn<(work: Promise<unknown>) => void>();
  const ended = vi.fn<(row: Partial<ImageRow>) => void>();
  const look = lookFirst(drawn, facts, { ask, waitUntil }, NOW);
  look.then(({ row }) => ended(row)).catch(() => undefined);
  return { look, ended, waitUntil };
}

describe("the answer to an upload", () => {
  test.each([
    ["coffee.jpg", "a second and a half", 1_500],
    ["photo.heic", "ten seconds, since nothing but a render could show it", 10_000],
    ["scan.tiff", "ten seconds, too", 10_000],
  ])("waits for the look at %s for %s", async (name, _, milliseconds) => {
    const { ended } = lookAt(name, () => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(milliseconds - 1);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(ended.mock.calls).toEqual([
      [expect.objectContaining({ lookDueAt: NOW + 60_000, lookAttempts: 1 })],
    ]);
  });

  test("keeps no clock running once the look has ended", async () => {
    await lookAt("coffee.jpg", async () => shown).look;
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a look that did not end", () => {
  test.each<[what: string, looked: Looked, seconds: number, attempts: number]>([
    ["failed", { outcome: "failed" }, 60, 1],
    ["had no time", { outcome: "later" }, 60, 0],
    ["had no time for a second", { outcome: "later", afterSeconds: 1 }, 60, 0],
    ["had no time for 61 seconds", { outcome: "later", afterSeconds: 61 }, 61, 0],
  ])("is made again where src %s", async (_, looked, seconds, lookAttempts) => {
    const { row, follow } = await lookAt("coffee.jpg", async () => looked).look;
    expect(row).toMatchObject({ lookDueAt: NOW + seconds * 1_000, lookAttempts, notes: "[]" });
    expect(follow).toBeTypeOf("function");
  });

  test("is heard of after the answer only where it goes on", async () => {
    const heard = lookAt("coffee.jpg", async () => ({ outcome: "failed" }));
    (await heard.look).follow({} as never);
    expect(heard.waitUntil).not.toHaveBeenCalled();
    const { look, waitUntil } = lookAt("coffee.jpg", () => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(1_500);
    (await look).follow({} as never);
    expect(waitUntil).toHaveBeenCalledOnce();
  });

  test("waits as long as src says, in milliseconds", () => {
    expect(pauseOf({ outcome: "later", afterSeconds: 7 })).toBe(7_000);
    expect([pauseOf({ outcome: "later" }), pauseOf({ outcome: "failed" }), pauseOf(undefined)]).toEqual([
      0, 0, 0,
    ]);
  });
});

test("What ended is stored with the row, and nothing is owed", async () => {
  const { row, follow } = await lookAt("coffee.jpg", async () => shown).look;
  expect(row).toMatchObject({ ...shown.placeholder, lookedBy: 9, lookDueAt: null, lookAttempts: 0 });
  follow({} as never);
});
