// What becomes of a colour: vibrance, hue and toning, in Oklab. Greys stay grey, but for toning, and lightness stays.
import { parseColour } from "../../plan/colour.ts";
import type { Retouch } from "../../plan/retouch.ts";
import { fromOklab, type Triple, toOklab } from "./oklab.ts";
import { toLinear } from "./srgb.ts";

/** Of linear sRGB, 0..1, on sRGB's curve. */
export type Colouring = (light: Triple) => Triple;
type LabStep = (lab: Triple) => Triple;

/** Null = colours stay. */
export function colouringOf({ vibrance, hue, grade }: Retouch): Colouring | null {
  const steps: LabStep[] = [];
  if (vibrance !== undefined) steps.push(vibrant(vibrance / 100));
  if (hue !== undefined) steps.push(turned(hue));
  if (grade !== undefined) steps.push(toned(grade));
  if (steps.length === 0) return null;
  return (light) => fromOklab(steps.reduce((lab, step) => step(lab), toOklab(light)));
}

/** The chroma of sRGB's strong colours is 0.2 to 0.32: there vibrance ends. */
const STRONG = 0.25;
/** Skin, from fair to dark, lies about this hue, at a chroma of 0.03 to 0.12. */
const SKIN_HUE = 50;
const SKIN_WIDTH = 28;
/** How much of it skin is spared. */
const SPARED = 0.6;

/** What is pale gains most. What is taken away leaves at full strength a third, and of strong colours more. */
function vibrant(by: number): LabStep {
  return ([light, a, b]) => {
    const chroma = Math.hypot(a, b);
    const weak = Math.max(0, 1 - chroma / STRONG);
    const fromSkin = ((Math.atan2(b, a) * 180) / Math.PI - SKIN_HUE) / SKIN_WIDTH;
    const spared = by > 0 ? SPARED * Math.exp(-fromSkin * fromSkin) : 0;
    const gain = by > 0 ? 0.85 * weak * (1 - spared) : 0.35 + 0.35 * weak;
    const share = 1 + by * gain;
    return [light, a * share, b * share];
  };
}

function turned(degrees: number): LabStep {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return ([light, a, b]) => [light, a * cos - b * sin, a * sin + b * cos];
}

/** A colour's chroma as it is would drown the picture's own. */
const TONING = 0.45;

/** `rrggbbaa,rrggbbaa`: shadows and highlights move towards the hues of two colours; black and white stay. */
function toned(grade: string): LabStep {
  const [dark, light] = grade.split(",").map((text) => {
    const { red, green, blue, alpha } = parseColour(text);
    const [, a, b] = toOklab([toLinear(red / 255), toLinear(green / 255), toLinear(blue / 255)]);
    const share = (TONING * alpha) / 255;
    return [a * share, b * share] as const;
  });
  if (!dark || !light) return (lab) => lab;
  return ([lightness, a, b]) => {
    const level = Math.min(1, Math.max(0, lightness));
    // From one colour to the other around the middle, and out towards black and white.
    const upper = level * level * (3 - 2 * level);
    const ends = Math.min(1, 6 * level, 3 * (1 - level));
    const mix = (of: 0 | 1) => ends * ((1 - upper) * dark[of] + upper * light[of]);
    return [lightness, a + mix(0), b + mix(1)];
  };
}
