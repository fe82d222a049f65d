// What lies around and behind the picture.
import type { Transform } from "../../../schema/transform.ts";
import { parseColour, writeColour } from "./colour.ts";
import { cutsCorners, type Frame } from "./frame.ts";
import { isSame, type Layout } from "./layout.ts";
import type { Paper } from "./variant.ts";

const WHITE = "ffffffff";
const CLEAR = "00000000";

/** What fills the canvas around the content, and what lies behind a transparent picture. */
export function paperOf(
  transform: Transform,
  layout: Layout,
  hasAlpha: boolean,
  writesAlpha: boolean,
): Paper {
  const { size, w, h, background } = transform;
  const isPadded = !isSame(layout.content, layout.canvas);
  const colour = background && (writesAlpha ? background : overWhite(background));
  const isSocial = size === "social" && w === undefined && h === undefined;
  // A clear picture blurred would hide itself; it gets one colour that it stands out from.
  if (isSocial && isPadded && !colour) return { fill: hasAlpha ? "contrasting" : "blurred", behind: null };
  const paper = colour ?? (writesAlpha ? null : WHITE);
  return { fill: isPadded ? (paper ?? CLEAR) : null, behind: hasAlpha ? paper : null };
}

/** The same, and a frame whose cut corners show that paper where no padding does. */
export function papered(
  transform: Transform,
  layout: Layout,
  hasAlpha: boolean,
  writesAlpha: boolean,
  frame: Frame | undefined,
): Paper & { readonly frame?: Frame } {
  const paper = paperOf(transform, layout, hasAlpha, writesAlpha);
  if (!frame) return paper;
  const behind = cutsCorners(frame) && paper.fill === null ? paperFor(transform, writesAlpha) : null;
  return { ...paper, frame: behind === null ? frame : { ...frame, paper: behind } };
}

/** Null = nothing. */
function paperFor({ background }: Transform, writesAlpha: boolean): string | null {
  const colour = background && (writesAlpha ? background : overWhite(background));
  return colour ?? (writesAlpha ? null : WHITE);
}

/** A format without alpha can't let anything through: what is half clear is seen on white paper. */
function overWhite(colour: string): string {
  const { red, green, blue, alpha } = parseColour(colour);
  const blend = (channel: number) => Math.round(255 + ((channel - 255) * alpha) / 255);
  return writeColour({ red: blend(red), green: blend(green), blue: blend(blue), alpha: 255 });
}
