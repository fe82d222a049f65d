// What is made as fast as it is asked for, and what at a measured pace.
import { expect, test } from "vitest";
import { parseTransform } from "../../../schema/transform.ts";
import { isOnLadder } from "../../../workers/src/plan/ladder.ts";

const isOn = (query: string) => isOnLadder(parseTransform(new URLSearchParams(query)));

test.each([
  ...["", "size=s", "size=social&format=webp", "w=640", "w=640&format=auto", "h=1080&f=avif", "w=320&dpr=2"],
  ...[
    "w=800&anim=false",
    "w=800&download=1&metadata=copyright",
    "w=800&brightness=1&sharp=0",
    "w=1920&nonsense=7",
  ],
])("%s is expected", (query) => expect(isOn(query)).toBe(true));

test.each([
  ...["w=641", "w=12000", "h=7", "w=400&h=300", "w=640&dpr=1.5", "w=640&dpr=4", "w=640&q=81", "size=s&q=50"],
  ...["blur=3", "w=640&blur=1", "rotate=90", "flip=h", "trim=true", "w=640&fit=cover", "w=640&gravity=top"],
  ...["w=640&bg=red", "brightness=1.1", "w=640&lossless=true"],
])("%s can be minted", (query) => expect(isOn(query)).toBe(false));

test("The sides that pages ask for are these and no others", () => {
  const sides = Array.from({ length: 12_000 }, (_, n) => n + 1).filter((side) => isOn(`w=${side}`));
  expect(sides.join(" ")).toBe(
    [
      "16 32 48 64 96 100 128 150 160 200 240 256 300 320 360 384 400 480 500 512 600 640",
      "720 750 768 800 828 900 960 1000 1024 1080 1200 1280 1366 1440 1500 1600 1920 2000 2048",
      "2400 2560 3000 3200 3840",
    ].join(" "),
  );
  expect(["1", "2", "3", "4"].map((dpr) => isOn(`h=16&dpr=${dpr}`))).toEqual([true, true, true, false]);
});

test("An image has some hundred expected variants at most, and no more by any spelling", () => {
  const sides = Array.from({ length: 12_000 }, (_, n) => n + 1).filter((side) => isOn(`w=${side}`));
  expect(sides.length * 2 * 3 + 4).toBeLessThan(400);
});
