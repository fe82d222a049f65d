// Brightness, contrast, gamma and saturation in one pass: rounded once, so that no step leaves bands for the next.
import type { Effects } from "../../plan/variant.ts";
import { BLUE, GREEN, RED } from "../light.ts";
import type { Step } from "./step.ts";

export const adjust: Step = (pixels, { effects }) => {
  const { brightness, contrast, gamma, saturation } = effects;
  if (brightness === null && contrast === null && gamma === null && saturation === null) return pixels;
  const tone = toneCurve(effects);
  if (saturation === null) bendChannels(pixels.data, Uint8ClampedArray.from(tone));
  else bendAndColour(pixels.data, tone, saturation);
  return pixels;
};

function bendChannels(data: Uint8ClampedArray, tone: Uint8ClampedArray): void {
  for (let at = 0; at < data.length; at += 4) {
    data[at] = tone[data[at] ?? 0] ?? 0;
    data[at + 1] = tone[data[at + 1] ?? 0] ?? 0;
    data[at + 2] = tone[data[at + 2] ?? 0] ?? 0;
  }
}

function bendAndColour(data: Uint8ClampedArray, tone: Float32Array, saturation: number): void {
  for (let at = 0; at < data.length; at += 4) {
    const red = tone[data[at] ?? 0] ?? 0;
    const green = tone[data[at + 1] ?? 0] ?? 0;
    const blue = tone[data[at + 2] ?? 0] ?? 0;
    const grey = RED * red + GREEN * green + BLUE * blue;
    data[at] = grey + (red - grey) * saturation;
    data[at + 1] = grey + (green - grey) * saturation;
    data[at + 2] = grey + (blue - grey) * saturation;
  }
}

/** What becomes of each of the 256 values, not yet rounded. */
function toneCurve({ brightness, contrast, gamma }: Effects): Float32Array {
  const brighten = (value: number) => value * (brightness ?? 1);
  const spread = (value: number) => (value - 0.5) * (contrast ?? 1) + 0.5;
  const bend = (value: number) => Math.min(Math.max(value, 0), 1) ** (gamma ?? 1);
  return Float32Array.from({ length: 256 }, (_, value) => bend(spread(brighten(value / 255))) * 255);
}
