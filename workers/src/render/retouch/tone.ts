// What becomes of light: exposure in linear light, then black point and white point on sRGB's curve, then the curve that is asked for. Each of them rises everywhere, so that nothing darker ever comes out lighter.
import { curvePoints, type Retouch } from "../../plan/retouch.ts";
import { fromLinear } from "./srgb.ts";

type Bend = (value: number) => number;

/** Linear light up to `most`, which may be above white, to the tone that is shown: 0..1 on sRGB's curve. */
export function toneOf(retouch: Retouch, most: number): Bend {
  const expose = exposed(2 ** (retouch.exposure ?? 0), most);
  const ends = [blackPoint((retouch.blacks ?? 0) / 100), whitePoint((retouch.whites ?? 0) / 100)];
  const curve = retouch.curve === undefined ? same : curveThrough(curvePoints(retouch.curve));
  return (light) => {
    let tone = clamped(fromLinear(expose(light)));
    for (const bend of ends) tone = clamped(bend(tone));
    return clamped(curve(tone));
  };
}

const same: Bend = (value) => value;
const clamped = (value: number) => Math.min(1, Math.max(0, value));

/** Up to here light is multiplied and nothing else; above it rolls off, so that nothing is blown out before white is. */
const KNEE = 0.5;

/** Above the knee a hyperbola goes on at the slope that light has there, and ends at white where `most` is. */
function exposed(gain: number, most: number): Bend {
  const top = gain * most;
  if (top <= 1) return (light) => light * gain;
  const slope = (top - KNEE) / (1 - KNEE);
  return (light) => {
    const lit = light * gain;
    if (lit <= KNEE) return lit;
    const way = (lit - KNEE) / (top - KNEE);
    return KNEE + ((1 - KNEE) * slope * way) / (1 + (slope - 1) * way);
  };
}

/** How far an end of the scale is moved; a fourth power of the way to it keeps the other half where it is. */
const END = 0.14;
const blackPoint =
  (by: number): Bend =>
  (value) =>
    value + by * END * (1 - value) ** 4;
const whitePoint =
  (by: number): Bend =>
  (value) =>
    value + by * END * value ** 4;

/** Cubic pieces that never leave the range of their ends (Fritsch and Carlson, 1980), level outside of the points. */
export function curveThrough(points: readonly (readonly [input: number, output: number])[]): Bend {
  const x = points.map(([input]) => input / 255);
  const y = points.map(([, output]) => output / 255);
  const at = (list: readonly number[], index: number) => list[index] ?? 0;
  const secants = x.slice(1).map((_, i) => (at(y, i + 1) - at(y, i)) / (at(x, i + 1) - at(x, i)));
  const slopes = x.map((_, i) => {
    const [before, after] = [secants[i - 1], secants[i]];
    if (before === undefined || after === undefined) return before ?? after ?? 0;
    // Their harmonic mean, by the lengths of the pieces; 0 where the curve turns.
    if (before * after <= 0) return 0;
    const [left, right] = [at(x, i) - at(x, i - 1), at(x, i + 1) - at(x, i)];
    return (3 * (left + right)) / ((2 * right + left) / before + (right + 2 * left) / after);
  });
  const last = x.length - 1;
  return (value) => {
    if (value <= at(x, 0)) return at(y, 0);
    if (value >= at(x, last)) return at(y, last);
    let i = 0;
    while (value > at(x, i + 1)) i++;
    const width = at(x, i + 1) - at(x, i);
    const t = (value - at(x, i)) / width;
    const [s, u] = [1 - t, t * t];
    return (
      at(y, i) * (1 + 2 * t) * s * s +
      at(slopes, i) * width * t * s * s +
      at(y, i + 1) * u * (3 - 2 * t) -
      at(slopes, i + 1) * width * u * s
    );
  };
}
