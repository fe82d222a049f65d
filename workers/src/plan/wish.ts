// What a URL asks of a picture, before any limit and whatever the codecs can do.
import type { Orientation } from "../../../schema/facts.ts";
import { neutral, type Transform } from "../../../schema/transform.ts";
import { wholeOf, wholeTurn } from "../geometry/orientation.ts";
import type { Box } from "../geometry/pixels.ts";
import { type Frame, frameOf } from "./frame.ts";
import { type Layout, layOut, type Point } from "./layout.ts";
import { type Looks, looksOf } from "./looks.ts";
import { type Enhancement, type Retouch, retouchOf } from "./retouch.ts";
import type { OriginalFacts } from "./stored-facts.ts";
import type { Effects } from "./variant.ts";

/** What only the pixels can tell; asked for by `Plan.look`, answered by a small render. */
export interface Seen {
  /** The picture without its uniform borders, in pixels of the turned original. */
  readonly trimmed?: Box;
  /** The most salient point, as fractions. */
  readonly focus?: Point;
  /** What `auto=enhance` comes to. */
  readonly enhancement?: Enhancement;
}

/** All that may make another picture of the original, its format aside. */
export interface Wish {
  /** EXIF orientation, flip and rotation as one turn. */
  readonly turn: Orientation;
  /** What there is to show of the turned original, and the part of it that is left after `trim`. */
  readonly whole: Box;
  readonly shown: Box;
  readonly trim: number | null;
  readonly layout: Layout;
  readonly isMoving: boolean;
  readonly effects: Effects;
  readonly retouch?: Retouch;
  readonly looks?: Looks;
  readonly frame?: Frame;
  readonly quality: number | null;
  readonly isLossless: boolean;
  /** What a transparent picture is laid on: rrggbbaa. */
  readonly background: string | null;
}

export const CENTER: Point = { x: 0.5, y: 0.5 };

export function wishOf(transform: Transform, facts: OriginalFacts, seen: Seen): Wish {
  const retouch = retouchOf(transform, seen.enhancement);
  const looks = looksOf(transform);
  const frame = frameOf(transform);
  const turn = wholeTurn(facts.orientation, transform.flip, transform.rotate);
  const whole = wholeOf(facts, turn);
  const shown = seen.trimmed ?? whole;
  const focus = seen.focus ?? (transform.gravity === "auto" ? CENTER : (transform.gravity ?? CENTER));
  return {
    turn,
    whole,
    shown,
    trim: transform.trim ?? null,
    layout: layOut(shown, transform, focus),
    isMoving: facts.animated && transform.anim !== false,
    effects: effectsOf(transform),
    ...(retouch && { retouch }),
    ...(looks && { looks }),
    ...(frame && { frame }),
    quality: transform.quality ?? null,
    isLossless: transform.lossless === true,
    background: facts.alpha ? (transform.background ?? null) : null,
  };
}

/** Whether the wish comes to the original as it is: then it is the wish of a URL without parameters. */
export function isUntouched(wish: Wish, facts: OriginalFacts): boolean {
  return JSON.stringify(wish) === JSON.stringify(wishOf({}, facts, {}));
}

/** Whether nothing but bytes is asked for: the look is the original's, as far as a quality leaves it. */
export function isLookUntouched(wish: Wish, facts: OriginalFacts): boolean {
  return isUntouched({ ...wish, quality: null, isLossless: false }, facts);
}

/** A parameter at its default is no work at all. */
function effectsOf({ brightness, contrast, gamma, saturation, blur, sharp }: Transform): Effects {
  const unless = (atRest: number, value: number | undefined) =>
    value === undefined || value === atRest ? null : value;
  return {
    brightness: unless(neutral.brightness, brightness),
    contrast: unless(neutral.contrast, contrast),
    gamma: unless(neutral.gamma, gamma),
    saturation: unless(neutral.saturation, saturation),
    blurSigma: blur === undefined ? null : blur / 2,
    sharpen: unless(neutral.sharp, sharp),
  };
}
