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
