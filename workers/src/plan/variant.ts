// What one rendered answer is: everything that its bytes depend on, besides the original.
import type { Orientation, OutputFormat } from "../../../schema/facts.ts";
import type { MetadataKept } from "../../../schema/hidden-metadata.ts";
import type { Frame } from "./frame.ts";
import type { Layout, Point } from "./layout.ts";
import type { Looks } from "./looks.ts";
import type { Retouch } from "./retouch.ts";

/** Decided by the plan, carried out by the pipeline; its JSON is the cache key. */
export interface Variant extends Layout, Paper {
  readonly format: OutputFormat;
  /** 1..100; null where nothing is lost. */
  readonly quality: number | null;
  readonly isAnimated: boolean;
  readonly metadata: MetadataKept;
  /** EXIF orientation, flip and rotation as one turn. */
  readonly turn: Orientation;
  readonly trim: number | null;
  readonly focus: Point | "auto";
  readonly effects: Effects;
  /** Absent = nothing of it, so that what came before there was any keeps its name. */
  readonly retouch?: Retouch;
  readonly looks?: Looks;
  readonly frame?: Frame;
  /** What is written in place of `format` where the pixels turn out to be a drawing's; null = `format`, whatever they show. */
  readonly drawn: Drawn | null;
  /** Only bytes are asked for, and the original's own may be fewer: then it stays as it is. */
  readonly mayStay: boolean;
}

/** A picture of few colours and flat areas: text, charts, logos, screens. */
export interface Drawn {
  /** Tried first, and taken unless it is much longer than the other; null = not at all. */
  readonly lossless: OutputFormat | null;
  readonly lossy: OutputFormat;
}

export interface Paper {
  /** What fills the canvas around the content: rrggbbaa, the picture itself out of focus, or black or white. */
  readonly fill: string | "blurred" | "contrasting" | null;
  /** What lies behind a transparent picture: rrggbbaa. */
  readonly behind: string | null;
}

/** Null = nothing to do. */
export interface Effects {
  readonly brightness: number | null;
  readonly contrast: number | null;
  readonly gamma: number | null;
  readonly saturation: number | null;
  /** Standard deviation in output pixels. */
  readonly blurSigma: number | null;
  readonly sharpen: number | null;
}
