// What a job leaves behind where its memories are counted, and what is litter.
import { expect, test } from "vitest";
import {
  KERNEL_MEMORY,
  leftoversOf,
  memoryOfReader,
  memoryOfWriter,
} from "../../../workers/src/plan/claims.ts";

const MB = 1_000_000;
const planned = { caps: { reader: 40 * MB, kernel: 5 * MB, writer: 20 * MB, file: 0 }, mostBytes: 70 * MB };

test("a decoder keeps its memory without the file; all of it may be litter, since nobody tells how much stood outside", () => {
  const { claims, litterBytes } = leftoversOf(planned, "webp", "avif", 2 * MB);
  const told = {
    [KERNEL_MEMORY]: 5 * MB,
    [memoryOfReader("webp")]: 34 * MB,
    [memoryOfWriter("avif")]: 20 * MB,
  };
  expect(claims).toEqual(told);
  expect(litterBytes).toBe(45 * MB);
});

test("nothing is claimed where nothing is left of it", () => {
  const { claims, litterBytes } = leftoversOf(planned, "webp", null, 20 * MB);
  expect(claims).toEqual({ [KERNEL_MEMORY]: 5 * MB });
  expect(litterBytes).toBe(65 * MB);
});

test("a writer that has no memory of its own claims none, and what a job holds inside is no litter, to the last byte", () => {
  const { claims, litterBytes } = leftoversOf(planned, "heic", "jpg", 1 * MB);
  expect(claims).toEqual({ [KERNEL_MEMORY]: 5 * MB, [memoryOfReader("heic")]: 37 * MB });
  expect(litterBytes).toBe(65 * MB);
  const tight = { caps: { ...planned.caps, reader: 1 }, mostBytes: 25 * MB };
  expect(leftoversOf(tight, "avif", "webp", 0)).toEqual({
    claims: { [KERNEL_MEMORY]: 5 * MB, [memoryOfReader("avif")]: 1, [memoryOfWriter("webp")]: 20 * MB },
    litterBytes: 0,
  });
  expect(leftoversOf({ ...tight, mostBytes: 24 * MB }, "avif", "webp", 0).litterBytes).toBe(0);
});
