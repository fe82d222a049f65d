// Decides everything about an answer before anything is done: pure, frozen, and the only place that decides.
import type { OutputFormat } from "../../schema/facts.ts";
import type { Transform } from "../../schema/transform.ts";
import type { Size } from "../shared/size.ts";
import { isReadable, type ReadableFormat, readers, type WritableFormat, writers } from "./codecs/traits.ts";
import { parseColour, writeColour } from "./colour.ts";
import { meantFormat, writableFormats } from "./format.ts";
import { layOut, limited, type Point } from "./geometry.ts";
import { turnedSize, wholeTurn } from "./orientation.ts";
import type { Box } from "./pixels.ts";
import type { OriginalFacts } from "./stored-facts.ts";
import type { Effects, Metadata, Variant } from "./variant.ts";

/** What the plan must know of the original; all of it comes from the row in D1. */
export interface PlannedOriginal {
  /** What the plain URL answers. */
  readonly format: string;
  readonly transformable: boolean;
  readonly facts: OriginalFacts;
}

export interface Asked {
  readonly transform: Transform;
  readonly extension: string;
  readonly accept: string;
}

/** What only the pixels can tell; asked for by `Plan.look`, answered by a small render. */
export interface Seen {
  /** The picture without its uniform borders, in pixels of the turned original. */
  readonly trimmed?: Box;
  /** The most salient point, as fractions. */
  readonly focus?: Point;
}

export interface Limits {
  /** What a job may need at its peak. */
  readonly memoryBytes: number;
  /** Larger originals are not rendered at all. */
  readonly maxOriginalPixels: number;
}

export const defaultLimits: Limits = { memoryBytes: 96 * 1024 * 1024, maxOriginalPixels: 300_000_000 };

/** The original's own bytes, without the metadata that is not asked for. */
export interface PlainPlan {
  readonly kind: "plain";
  readonly variant: { readonly metadata: Metadata };
  readonly variesByAccept: boolean;
}

/** What can't be rendered safely, known from the header. */
export interface RefusedPlan {
  readonly kind: "refused";
  readonly reason: string;
}

export interface RenderPlan {
  readonly kind: "render";
  readonly variant: Variant;
  readonly source: ReadableFormat;
  /** What a small render must find out first; the plan is then made again with the answer. */
  readonly look: { readonly trim: number | null; readonly isFocusWanted: boolean } | null;
  /** Straight from decoder to encoder, row by row; the steps have nothing to do. */
  readonly inRows: boolean;
  readonly memoryBytes: number;
  readonly variesByAccept: boolean;
}

export type Plan = PlainPlan | RefusedPlan | RenderPlan;

const DEFAULT_QUALITY = 80;
const WHITE = "ffffffff";
const CLEAR = "00000000";

export function makePlan(asked: Asked, original: PlannedOriginal, limits: Limits, seen: Seen = {}): Plan {
  const { transform } = asked;
  const { facts } = original;
  const metadata = transform.metadata ?? "none";
  const variesByAccept = original.transformable && transform.format === "auto";
  const plain = Object.freeze({ kind: "plain", variant: { metadata }, variesByAccept } as const);
  if (!original.transformable) return plain;

  const isMoving = facts.animated && transform.anim !== false;
  const meant = meantFormat({
    asked: transform.format,
    extension: asked.extension,
    own: original.format,
    accept: asked.accept,
    isAnimated: isMoving,
  });

  const turn = wholeTurn(facts.orientation, transform.flip, transform.rotate);
  const whole = { x: 0, y: 0, ...turnedSize(facts, turn) };
  const shown = seen.trimmed ?? whole;
  const focus = seen.focus ?? (transform.gravity === "auto" ? CENTER : (transform.gravity ?? CENTER));
  const layout = layOut(shown, transform, focus);

  const effects = effectsOf(transform);
  const isUntouched =
    meant === facts.format &&
    turn === facts.orientation &&
    transform.trim === undefined &&
    transform.quality === undefined &&
    !transform.lossless &&
    !(transform.background && facts.alpha) &&
    isMoving === facts.animated &&
    isSame(layout.window, whole) &&
    isSame(layout.canvas, whole) &&
    Object.values(effects).every((effect) => effect === null);
  if (isUntouched) return plain;

  const source = facts.format;
  if (!isReadable(source)) return refused(`A ${source} picture can't be rendered.`);
  if (facts.width * facts.height > limits.maxOriginalPixels) {
    return refused(`The picture has more than ${limits.maxOriginalPixels / 1e6} megapixels.`);
  }

  const fitting = limited(layout);
  const isPadded = !isSame(fitting.content, fitting.canvas);
  const isCut = transform.fit === "cover" || transform.fit === "crop";
  const isFocusWanted = transform.gravity === "auto" && isCut && !isSame(layout.window, shown);
  const trim = transform.trim ?? null;

  const variantIn = (format: WritableFormat): Variant => ({
    ...fitting,
    format,
    quality: isLossless(format, transform) ? null : (transform.quality ?? DEFAULT_QUALITY),
    isAnimated: isMoving && readers[source].readsAnimation && writers[format].writesAnimation,
    metadata,
    turn,
    trim,
    focus: isFocusWanted ? "auto" : CENTER,
    effects,
    fill: isPadded ? fillOf(transform, writers[format].writesAlpha) : null,
    behind: behindOf(transform, facts.alpha, writers[format].writesAlpha),
  });
  const jobs = writableFormats(meant, facts.alpha, fitting.canvas).map((format) =>
    jobFor(variantIn(format), source, facts),
  );
  const job = jobs.find(({ memoryBytes }) => memoryBytes <= limits.memoryBytes);
  if (!job) return refused("The picture needs more memory than there is for one job.");

  const look = (trim !== null && !seen.trimmed) || (isFocusWanted && !seen.focus);
  return Object.freeze({
    kind: "render",
    ...job,
    source,
    look: look ? { trim, isFocusWanted } : null,
    variesByAccept,
  });
}

/** How a variant is made, and what that takes. */
function jobFor(variant: Variant, source: ReadableFormat, facts: OriginalFacts) {
  const reader = readers[source];
  const writer = writers[variant.format];
  const isStraight = variant.turn === 1 && variant.fill === null && variant.behind === null;
  const hasEffects = Object.values(variant.effects).some((effect) => effect !== null);
  const inRows = reader.givesRows && writer.takesRows && isStraight && !hasEffects;
  const { window, content, canvas } = variant;
  // In rows the picture never stands whole. Otherwise both codecs count: a dropped one stays until the collector runs.
  const pictureBytes = inRows
    ? 0
    : (RGBA_BYTES + stepBytes(variant, facts.alpha)) * Math.max(area(content), area(canvas));
  const memoryBytes =
    reader.peakBytes(facts, window, content) +
    pictureBytes +
    writer.peakBytes(canvas, variant.quality === null);
  return { variant, inRows, memoryBytes };
}

const RGBA_BYTES = 4;

/** What the hungriest step holds for a pixel, besides the picture itself. */
function stepBytes({ effects, fill }: Variant, hasAlpha: boolean): number {
  const blurBytes = effects.blurSigma === null ? 0 : hasAlpha ? 20 : 4;
  const sharpenBytes = effects.sharpen === null ? 0 : 4;
  return Math.max(blurBytes, sharpenBytes, fill === null ? 0 : RGBA_BYTES);
}

const area = ({ width, height }: Size) => width * height;
const CENTER: Point = { x: 0.5, y: 0.5 };

const refused = (reason: string): RefusedPlan => Object.freeze({ kind: "refused", reason });

/** A parameter at its default is no work at all. */
function effectsOf({ brightness, contrast, gamma, saturation, blur, sharp }: Transform): Effects {
  const unless = (neutral: number, value: number | undefined) =>
    value === undefined || value === neutral ? null : value;
  return {
    brightness: unless(1, brightness),
    contrast: unless(1, contrast),
    gamma: unless(1, gamma),
    saturation: unless(1, saturation),
    blurSigma: blur === undefined ? null : blur / 2,
    sharpen: unless(0, sharp),
  };
}

function isLossless(format: OutputFormat, transform: Transform): boolean {
  return format === "png" || format === "gif" || (format === "webp" && transform.lossless === true);
}

function fillOf({ size, w, h, background }: Transform, writesAlpha: boolean): string {
  if (background) return writesAlpha ? background : overWhite(background);
  const isSocial = size === "social" && w === undefined && h === undefined;
  if (isSocial) return "blurred";
  return writesAlpha ? CLEAR : WHITE;
}

function behindOf({ background }: Transform, hasAlpha: boolean, writesAlpha: boolean): string | null {
  if (!hasAlpha) return null;
  if (background) return writesAlpha ? background : overWhite(background);
  return writesAlpha ? null : WHITE;
}

/** A format without alpha can't let anything through: what is half clear is seen on white paper. */
function overWhite(colour: string): string {
  const { red, green, blue, alpha } = parseColour(colour);
  const blend = (channel: number) => Math.round(255 + ((channel - 255) * alpha) / 255);
  return writeColour({ red: blend(red), green: blend(green), blue: blend(blue), alpha: 255 });
}

function isSame(a: Size & Partial<Box>, b: Size & Partial<Box>): boolean {
  return (
    a.width === b.width && a.height === b.height && (a.x ?? 0) === (b.x ?? 0) && (a.y ?? 0) === (b.y ?? 0)
  );
}
