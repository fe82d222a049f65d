// Originals whose own bytes are not what there is to see: their plain URL answers a render.
import { describe, expect, test } from "vitest";
import { planned } from "../../support/planned-original.ts";
import { planFor } from "./cases.ts";

const size = { width: 1000, height: 800 };
const damaged = (facts: Parameters<typeof planned>[1]) => ({ ...planned(size, facts), isDamaged: true });

describe("the plain URL", () => {
  test.each([
    ["a damaged PNG", damaged({ format: "png" })],
    ["a damaged JPEG in separate scans", damaged({ format: "jpg", progressive: true, separate: true })],
    ["a progressive JPEG without an end", planned(size, { format: "jpg", progressive: true, endless: true })],
  ])("of %s is a render in its own format and size", (_, original) => {
    const { format } = original;
    expect(planFor("", original)).toMatchObject({ kind: "render", variant: { format, canvas: size } });
    // What is not wanted smaller is not handed out as it is either.
    expect(planFor("w=2000", original).kind).toBe("render");
    expect(planFor("format=auto", original).kind).toBe("render");
  });

  test.each([
    ["a whole PNG", planned(size, { format: "png" })],
    ["a damaged JPEG, which browsers show as far as it goes", damaged({ format: "jpg" })],
    ["a damaged progressive JPEG", damaged({ format: "jpg", progressive: true })],
    ["a JPEG without an end, which its codes tell", planned(size, { format: "jpg", endless: true })],
    [
      "one in separate scans without an end",
      planned(size, { format: "jpg", endless: true, progressive: true, separate: true }),
    ],
    ["a damaged GIF", damaged({ format: "gif" })],
  ])("of %s is the file itself", (_, original) => {
    expect(planFor("", original).kind).toBe("plain");
  });
});
