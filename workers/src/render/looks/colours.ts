// What looks make of a colour, whatever lies around it. Values are those of sRGB as stored, 0..1, and are changed in place.
import { parseColour } from "../../plan/colour.ts";
import type { Looks } from "../../plan/looks.ts";
import { BLUE, GREEN, RED } from "../light.ts";

/** Red, green and blue. In place, since a table is made of 36,000 of them. */
export type Colour = Float64Array;
export type Recolour = (colour: Colour) => void;

const lightOf = (colour: Colour) =>
  RED * (colour[0] ?? 0) + GREEN * (colour[1] ?? 0) + BLUE * (colour[2] ?? 0);

/** Moves a colour towards where `at` of the way from one to another lies. */
function approach(colour: Colour, from: Ink, to: Ink, at: number, share: number): void {
  for (let channel = 0; channel < 3; channel++) {
    const was = colour[channel] ?? 0;
    const start = from[channel] ?? 0;
    colour[channel] = was + (start + ((to[channel] ?? 0) - start) * at - was) * share;
  }
}

type Ink = readonly [red: number, green: number, blue: number];

/** A colour of 0..1, and how much of it. */
function inkOf(hex: string): { ink: Ink; share: number } {
  const { red, green, blue, alpha } = parseColour(hex);
  return { ink: [red / 255, green / 255, blue / 255], share: alpha / 255 };
}

const BLACK: Ink = [0, 0, 0];
const WHITE: Ink = [1, 1, 1];

/** Three inks in the order of their light, the middle one at `own`. */
function threeInks(dark: Ink, middle: Ink, light: Ink, own: number, share: number): Recolour {
  return (colour) => {
    const level = lightOf(colour);
    if (level < own) approach(colour, dark, middle, level / own, share);
    else approach(colour, middle, light, (level - own) / (1 - own), share);
  };
}

const gray: Recolour = (colour) => {
  colour.fill(lightOf(colour));
};

/** From near black over the brown of albumen prints to the cream of their paper. */
const brown = (strength: number) =>
  threeInks([0.11, 0.07, 0.04], [0.56, 0.43, 0.3], [0.98, 0.94, 0.84], 0.5, strength / 100);

/** Black, the colour at its own light, white: so that greys of that light become it. */
function shadesOf(hex: string): Recolour {
  const { ink, share } = inkOf(hex);
  const own = Math.min(0.9, Math.max(0.1, lightOf(Float64Array.from(ink))));
  return threeInks(BLACK, ink, WHITE, own, share);
}

function twoInks(colours: string): Recolour {
  const [dark, light] = colours.split(",").map(inkOf);
  if (!dark || !light) return () => undefined;
  return (colour) => {
    const level = lightOf(colour);
    approach(colour, dark.ink, light.ink, level, dark.share + (light.share - dark.share) * level);
  };
}

const each =
  (change: (value: number) => number): Recolour =>
  (colour) => {
    for (let channel = 0; channel < 3; channel++) colour[channel] = change(colour[channel] ?? 0);
  };

const negative = each((value) => 1 - value);

/** Sabattier's curve: up to the middle tones and down again, without a corner where noise would be seen. */
function solarized(strength: number): Recolour {
  const share = strength / 100;
  return each((value) => value + (Math.sin(Math.PI * value) - value) * share);
}

/** Of the two rows of colour looks the one before grids and screens: film. */
export function filmOf({ grayscale, sepia }: Looks): readonly Recolour[] {
  return [...(grayscale ? [gray] : []), ...(sepia === undefined ? [] : [brown(sepia)])];
}

/** And the one behind them: inks. */
export function inksOf({ monochrome, duotone, invert, solarize }: Looks): readonly Recolour[] {
  return [
    ...(monochrome === undefined ? [] : [shadesOf(monochrome)]),
    ...(duotone === undefined ? [] : [twoInks(duotone)]),
    ...(invert ? [negative] : []),
    ...(solarize === undefined ? [] : [solarized(solarize)]),
  ];
}
