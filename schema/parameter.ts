// What the rows of schema/transform.ts are made of: a value that falls away where it makes no sense, and its documentation.
import * as z from "zod";
import { parseCssColor } from "./css-colors.ts";

export interface ParameterDoc {
  readonly aliases?: readonly string[];
  /** What may be written, for people. */
  readonly values: string;
  readonly byDefault?: string;
  readonly effect: string;
}

/** Rows by their schema. */
export const docs = z.registry<ParameterDoc>();

/** A row of the table. A value that does not parse falls away: nothing in a query may break an image. */
export function parameter<T extends z.ZodType>(value: T, doc: ParameterDoc) {
  const lenient = value.optional().catch(undefined);
  docs.add(lenient, doc);
  return lenient;
}

export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));

export const decimal = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{0,5}(\.\d{1,4})?$/)
    .regex(/\d/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));

export const yes = z.enum(["true", "1"]).transform(() => true);
export const no = z.enum(["false", "0"]).transform(() => false);

/** `first,second` as `rrggbbaa,rrggbbaa`. */
export const twoColors = z.string().transform((text, context) => {
  const colours = text.split(",").map(parseCssColor);
  if (colours.length === 2 && !colours.includes(undefined)) return colours.join(",");
  context.addIssue("not two CSS colours");
  return z.NEVER;
});

export const color = z.string().transform((text, context) => {
  const hex = parseCssColor(text);
  if (hex !== undefined) return hex;
  context.addIssue("not a CSS colour");
  return z.NEVER;
});
