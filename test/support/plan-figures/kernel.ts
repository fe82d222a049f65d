// What planMemory says of every kind of source into every kind of output.
import type { Shape } from "../../../workers/src/geometry/shape.ts";
import { type OutputFacts, planMemory, type SourceFacts } from "../../../workers/src/plan/kernel-memory.ts";
import { type Draw, sumOf } from "./draw.ts";

const CASES = 1_500;

const sources: Readonly<Record<string, SourceFacts>> = {
  "gray JPEG": { kind: "jpeg", progressive: false, samplesPerPixel: 1 },
  "4:2:0 JPEG": { kind: "jpeg", progressive: false, samplesPerPixel: 1.5 },
  "4:2:2 JPEG": { kind: "jpeg", progressive: false, samplesPerPixel: 2 },
  "4:4:4 JPEG": { kind: "jpeg", progressive: false, samplesPerPixel: 3 },
  "CMYK JPEG": { kind: "jpeg", progressive: false, samplesPerPixel: 4 },
  "progressive JPEG": { kind: "jpeg", progressive: true, samplesPerPixel: 1.5 },
  "progressive gray JPEG": { kind: "jpeg", progressive: true, samplesPerPixel: 1 },
  "RGB PNG": { kind: "png", interlaced: false, alpha: false, bytesPerPixel: 3 },
  "interlaced PNG": { kind: "png", interlaced: true, alpha: false, bytesPerPixel: 3 },
  "deep clear PNG with a profile": {
    kind: "png",
    interlaced: false,
    alpha: true,
    bytesPerPixel: 8,
    profile: true,
  },
  pixels: { kind: "pixels", alpha: false },
  "clear pixels with a profile": { kind: "pixels", alpha: true, profile: true },
};

const outputs: Readonly<Record<string, OutputFacts>> = {
  pixels: { kind: "pixels" },
  PNG: { kind: "png" },
  "JPEG at 20": { kind: "jpeg", quality: 20, chroma: "4:2:0" },
  "JPEG at 89": { kind: "jpeg", quality: 89, chroma: "4:2:0" },
  "JPEG at 90": { kind: "jpeg", quality: 90, chroma: "4:4:4" },
};

function drawShape(draw: Draw, isSoft: boolean): Shape {
  const stored = { width: draw.side(), height: draw.side() };
  const part = (side: number) => draw.pick(side, draw.whole(4, 4 * Math.max(1, side)) / 4);
  const window = { x: 0, y: 0, width: part(stored.width), height: part(stored.height) };
  const to = (side: number) =>
    draw.pick(Math.ceil(side), Math.ceil(side / draw.whole(1, 33)), draw.whole(1, 3_000));
  return {
    stored,
    window,
    size: { width: to(window.width), height: to(window.height) },
    turn: draw.pick(1, 1, 6),
    ...(isSoft && draw.pick(true, false)
      ? { soften: { x: draw.whole(1, 40) / 4, y: draw.whole(1, 40) / 4 } }
      : {}),
  };
}

export function kernelFigures(): Record<string, number> {
  const figures: Record<string, number> = {};
  for (const [from, source] of Object.entries(sources)) {
    for (const [to, output] of Object.entries(outputs)) {
      const plan = (draw: Draw) =>
        planMemory(
          source,
          drawShape(draw, source.kind === "pixels"),
          output,
          draw.pick(0, draw.whole(1, 100_000), draw.whole(1, 2_000_000), draw.whole(1, 90_000_000)),
        );
      figures[`kernel: ${from} to ${to}, WASM`] = sumOf(from + to, CASES, (draw) => plan(draw).wasmBytes);
      figures[`kernel: ${from} to ${to}, JS`] = sumOf(from + to, CASES, (draw) => plan(draw).jsBytes);
    }
  }
  // Held to the byte: the largest picture that still is.
  const exact = { width: 1024, height: 1024 };
  const whole = { stored: exact, window: { x: 0, y: 0, ...exact }, size: exact, turn: 1 } as const;
  figures["kernel: a PNG of 4 MB of pixels"] = planMemory({ kind: "pixels", alpha: false }, whole, {
    kind: "png",
  }).wasmBytes;
  return figures;
}
