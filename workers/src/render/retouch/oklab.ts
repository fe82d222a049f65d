// Oklab (Björn Ottosson, 2020): lightness, green to red, blue to yellow, in which equal steps look about equal, and hue stays where it is.
import { fromLinear } from "./srgb.ts";

export type Triple = readonly [number, number, number];

/** From linear sRGB, 0..1. */
export function toOklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** To linear sRGB, which may lie outside of 0..1. */
function linearOf([light, a, b]: Triple): Triple {
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

const isShown = (triple: Triple) => triple.every((value) => value >= -1e-4 && value <= 1.0001);
const shown = (light: number) => fromLinear(Math.min(1, Math.max(0, light)));

/** To sRGB. What no screen shows is made paler at its lightness and hue, as far as it must (CSS Color 4, 13.2, without its last bit). */
export function fromOklab(lab: Triple): Triple {
  let linear = linearOf(lab);
  if (!isShown(linear)) {
    const [light, a, b] = [Math.min(1, Math.max(0, lab[0])), lab[1], lab[2]];
    let [low, high] = [0, 1];
    for (let step = 0; step < 8; step++) {
      const share = (low + high) / 2;
      if (isShown(linearOf([light, a * share, b * share]))) low = share;
      else high = share;
    }
    linear = linearOf([light, a * low, b * low]);
  }
  return [shown(linear[0]), shown(linear[1]), shown(linear[2])];
}
