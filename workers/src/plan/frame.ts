// What goes around a picture, within its size: a border, and corners that are cut off.
import type { Transform } from "../../../schema/transform.ts";
import { isClear } from "./colour.ts";

export interface Frame {
  /** In output pixels; rrggbbaa. */
  readonly border: { readonly width: number; readonly colour: string } | null;
  readonly radius: number | "max";
  /** What lies behind cut corners: rrggbbaa; null = nothing, or what the picture is padded with. */
  readonly paper?: string;
}

/** Undefined where nothing of it is asked for. */
export function frameOf({ border, radius = 0 }: Transform): Frame | undefined {
  const [width = "0", colour = "00000000"] = border?.split(",") ?? [];
  const isDrawn = Number(width) > 0 && !isClear(colour);
  if (!isDrawn && radius === 0) return undefined;
  return { border: isDrawn ? { width: Number(width), colour } : null, radius };
}

export const cutsCorners = (frame: Frame | undefined): boolean => frame !== undefined && frame.radius !== 0;

/** Whether an answer has clear corners. */
export const hasClearCorners = (frame: Frame | undefined): boolean =>
  cutsCorners(frame) && !frame?.paper?.endsWith("ff");

/** Milliseconds for a megapixel, as measured with `max`. */
export const FRAME_MS_PER_MEGAPIXEL = 20;
