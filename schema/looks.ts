// The parameters of looks: what makes another picture of a picture, film, print or glass. Absent or at 0 they do nothing.
import * as z from "zod";
import { color, decimal, parameter, twoColors, whole, yes } from "./parameter.ts";

/**
 * Photon's named looks, by what it calls them. Those that look around a pixel or shade by place are none of them, and neither are those
 * that swap channels or come to two murky colours: `duotone` has better ones.
 */
export const filterNames = [
  "bluechrome",
  "cali",
  "diamante",
  "dramatic",
  "flagblue",
  "golden",
  "islands",
  "liquid",
  "lofi",
  "marine",
  "mauve",
  "obsidian",
  "oceanic",
  "pastel",
  "perfume",
  "radio",
  "rosetint",
  "seagreen",
  "serenity",
  "twenties",
  "vintage",
] as const;
export type FilterName = (typeof filterNames)[number];

const strength = { values: "0..100", byDefault: "0" } as const;

/** In the order in which they are done; `look` mixes what has come of all of them with the picture. */
export const lookParameters = {
  oil: parameter(decimal(0, 100), {
    ...strength,
    effect: "Paints the picture in oil: strokes as wide as is asked for, with edges kept.",
  }),
  frosted: parameter(decimal(0, 100), {
    ...strength,
    effect: "The picture behind frosted glass. The same address has the same glass for ever.",
  }),
  edges: parameter(decimal(0, 100), {
    ...strength,
    effect: "Outlines, light on black; below 100 the picture shows through.",
  }),
  emboss: parameter(decimal(0, 100), {
    ...strength,
    effect: "Stamped in relief, lit from the lower right.",
  }),
  filter: parameter(z.enum(filterNames), {
    values: filterNames.map((name) => `\`${name}\``).join(" "),
    effect: "A look by its name.",
  }),
  grayscale: parameter(yes, {
    values: "`true`",
    effect: "A grey picture that keeps how light things look.",
  }),
  sepia: parameter(decimal(0, 100), {
    ...strength,
    effect: "The brown of old prints.",
  }),
  pixelate: parameter(whole(0, 1000), {
    aliases: ["px"],
    values: "0..1000",
    byDefault: "0",
    effect: "Squares of so many output pixels.",
  }),
  threshold: parameter(decimal(0, 100), {
    aliases: ["blackwhite"],
    values: "0..100",
    effect: "Black and white, nothing between: white is what is at least so light.",
  }),
  halftone: parameter(whole(0, 100), {
    aliases: ["htn"],
    values: "0..100",
    byDefault: "0",
    effect: "Black dots of print on white, so many output pixels apart.",
  }),
  dither: parameter(whole(2, 16), {
    values: "2..16",
    effect:
      "So many tones a channel, and their errors passed on: with `grayscale` and 2, black and white grain.",
  }),
  monochrome: parameter(color, {
    aliases: ["mono"],
    values: "CSS hex or name",
    effect: "Shades of one colour from black to white; alpha is how much.",
  }),
  duotone: parameter(twoColors, {
    values: "two CSS colours: `1e1e5a,ffd9a0`",
    effect:
      "The dark in the first colour, the light in the second, and what lies between; alpha is how much.",
  }),
  invert: parameter(yes, {
    aliases: ["negate"],
    values: "`true`",
    effect: "The negative.",
  }),
  solarize: parameter(decimal(0, 100), {
    ...strength,
    effect: "Turns what is light into its negative, as a print does that saw light in the developer.",
  }),
  look: parameter(decimal(0, 1), {
    values: "0..1",
    byDefault: "1",
    effect: "How much of the looks above is seen; 0 is the picture without them.",
  }),
} as const;

export type LookName = keyof typeof lookParameters;
