import { expect, test } from "vitest";
import { encoderQuality } from "../../../workers/src/render/codecs/quality.ts";

test.each(["webp", "avif"] as const)("%s takes every quality, and a higher one is never worse", (encoder) => {
  let last = -1;
  for (let asked = 1; asked <= 100; asked++) {
    const quality = encoderQuality(encoder, asked);
    expect(quality).toBeGreaterThanOrEqual(last);
    expect(quality).toBeGreaterThanOrEqual(0);
    expect(quality).toBeLessThanOrEqual(100);
    last = quality;
  }
  expect(encoderQuality(encoder, 80)).toBe(encoder === "webp" ? 83 : 69);
  expect(encoderQuality(encoder, 75)).toBe(encoder === "webp" ? 81 : 65);
});
