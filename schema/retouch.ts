// The parameters that retouch a picture: light, colour, detail, and what lies over all of it. Their amounts rest at 0.
import * as z from "zod";
import { parameter, twoColors } from "./parameter.ts";

/** A number with a sign, in at most four digits behind the point. */
const signed = (min: number, max: number) =>
  z
    .string()
    .regex(/^-?\d{0,3}(\.\d{1,4})?$/)
    .regex(/\d/)
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    // Of two zeros one is enough.
    .transform((value) => value + 0);

const MOST_CURVE_POINTS = 16;

/** Points as `in,out;in,out`, sorted by what comes in, as whole numbers of 0 to 255; no two for the same value. */
const curve = z
  .string()
  .regex(/^\d{1,3},\d{1,3}(;\d{1,3},\d{1,3})+$/)
  .transform((text, context) => {
    const points = text.split(";").map((pair) => pair.split(",").map(Number));
    points.sort(([a = 0], [b = 0]) => a - b);
    const isGood =
      points.length <= MOST_CURVE_POINTS &&
      points.flat().every((value) => value <= 255) &&
      points.every(([input], at) => at === 0 || input !== points[at - 1]?.[0]);
    if (isGood) return points.map((pair) => pair.join(",")).join(";");
    context.addIssue("not a curve");
    return z.NEVER;
  });

/** As imgix has it: some of a list; of what there is only this one means anything here. */
const autos = z
  .string()
  .refine((text) => text.split(",").includes("enhance"))
  .transform(() => "enhance" as const);

const amount = { values: "-100..100", byDefault: "0" } as const;
const strength = { values: "0..100", byDefault: "0" } as const;

/** In the order in which they are done. */
export const retouchParameters = {
  auto: parameter(autos, {
    values: "`enhance`",
    effect:
      "Looks at the picture and sets exposure, whites, blacks, highlights, shadows and vibrance as a careful hand would; what is asked for beside it wins.",
  }),
  exposure: parameter(signed(-4, 4), {
    values: "-4..4",
    byDefault: "0",
    effect: "Stops of light: 1 doubles it, -1 halves it. What would be blown out rolls off instead.",
  }),
  temp: parameter(signed(-100, 100), {
    ...amount,
    effect: "White balance from blue to yellow: above 0 warmer, below cooler. Greys keep their brightness.",
  }),
  tint: parameter(signed(-100, 100), {
    ...amount,
    effect: "White balance from green to magenta.",
  }),
  highlights: parameter(signed(-100, 100), {
    aliases: ["high"],
    ...amount,
    effect: "Lightens or darkens the light parts; below 0 brings back bright skies.",
  }),
  shadows: parameter(signed(-100, 100), {
    aliases: ["shad"],
    ...amount,
    effect: "Lightens or darkens the dark parts; above 0 shows what lies in them.",
  }),
  whites: parameter(signed(-100, 100), {
    ...amount,
    effect: "Moves the white point: above 0 the lightest parts become white.",
  }),
  blacks: parameter(signed(-100, 100), {
    ...amount,
    effect: "Moves the black point: below 0 the darkest parts become black, above 0 they fade.",
  }),
  curve: parameter(curve, {
    values: "`0,0;64,48;192,210;255,255`",
    effect:
      "Tone curve through 2 to 16 points of 0..255, `in,out;in,out`, smooth and never below or above its points.",
  }),
  vibrance: parameter(signed(-100, 100), {
    aliases: ["vib"],
    ...amount,
    effect: "Saturation of what has little of it; skin changes less, and greys stay grey.",
  }),
  hue: parameter(signed(-360, 360), {
    values: "-360..360",
    byDefault: "0",
    effect: "Turns all colours around the wheel, in degrees; how light they are stays.",
  }),
  grade: parameter(twoColors, {
    values: "two CSS colours: `1e3a5f,ffb070`",
    effect: "Tones the shadows in the first colour and the highlights in the second; alpha is how much.",
  }),
  denoise: parameter(signed(0, 100), {
    ...strength,
    effect: "Smooths noise of dark pictures and high sensitivities, in light and in colour; edges stay.",
  }),
  dehaze: parameter(signed(-100, 100), {
    ...amount,
    effect: "Takes haze away where it lies; below 0 lays it over the picture.",
  }),
  clarity: parameter(signed(-100, 100), {
    ...amount,
    effect: "Contrast of the middle tones within parts of the picture: above 0 clearer, below softer.",
  }),
  texture: parameter(signed(-100, 100), {
    ...amount,
    effect: "Fine detail, a few pixels wide: above 0 it is brought out, below smoothed.",
  }),
  vignette: parameter(signed(-100, 100), {
    ...amount,
    effect: "Darkens the corners as a lens does; below 0 lightens them.",
  }),
  grain: parameter(signed(0, 100), {
    ...strength,
    effect: "Grain of film. The same address has the same grain for ever.",
  }),
} as const;

export type RetouchName = keyof typeof retouchParameters;
