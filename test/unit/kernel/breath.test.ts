// How often a job steps aside for other requests: often enough that a visitor is answered, seldom enough that nobody waits for the pauses.

import { afterEach, expect, test, vi } from "vitest";
import { jpegEncoding } from "../../../workers/src/plan/encoding.ts";
import { fileOf, shape } from "../../support/test-kernel.ts";

const megapixels = 2;
const size = { width: 1600, height: (megapixels * 1e6) / 1600 };
const pixels = { ...size, data: new Uint8ClampedArray(size.width * size.height * 4).fill(128), opaque: true };

afterEach(() => vi.restoreAllMocks());

test("a frame of 2 megapixels is written with one to four pauses, not one for every 10 rows", async () => {
  const timers = vi.spyOn(globalThis, "setTimeout");
  const rounds = 5;
  for (let round = 0; round < rounds; round++)
    await fileOf({ kind: "pixels", pixels }, shape(size), jpegEncoding({ quality: 80 }));
  const pauses = timers.mock.calls.length / rounds;
  expect(pauses).toBeGreaterThanOrEqual(1);
  expect(pauses).toBeLessThanOrEqual(4);
});
