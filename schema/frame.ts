// The parameters of a picture's frame: a border, and round corners. They lie in the picture, whose size stays.
import * as z from "zod";
import { parseCssColor } from "./css-colors.ts";
import { parameter } from "./parameter.ts";

const MOST_BORDER = 500;
const MOST_RADIUS = 6_000;

/** `width,rrggbbaa`; black where no colour is named. */
const border = z.string().transform((text, context) => {
  const [width = "", colour = "black", ...more] = text.split(",");
  const hex = parseCssColor(colour);
  if (/^\d{1,3}$/.test(width) && Number(width) <= MOST_BORDER && hex !== undefined && more.length === 0)
    return `${Number(width)},${hex}`;
  context.addIssue("not a width and a CSS colour");
  return z.NEVER;
});

const radius = z.union([
  z.literal("max"),
  z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.number().max(MOST_RADIUS)),
]);

export const frameParameters = {
  border: parameter(border, {
    values: "`8`, `8,white`",
    byDefault: "0",
    effect:
      "A border of so many output pixels, over the picture's edge, so that the answer keeps its size; black, or the CSS colour behind the comma. It follows round corners.",
  }),
  radius: parameter(radius, {
    aliases: ["corner-radius"],
    values: "0..6000, `max`",
    byDefault: "0",
    effect:
      "Round corners of so many output pixels; `max` makes a circle of a square, and round ends of another shape. What is cut off is clear, `background` where it is named, and white in a jpg.",
  }),
} as const;
