// Decides everything about an answer before anything is done: pure, frozen, and the only place that decides.
import type { OutputFormat } from "../../../schema/facts.ts";
import { type HiddenMetadata, type MetadataKept, metadataKept } from "../../../schema/hidden-metadata.ts";
import { MAX_ORIGINAL_PIXELS, type Transform } from "../../../schema/transform.ts";
import type { Master } from "../../shared/looked.ts";
import type { AnimationLimits } from "./animation-limits.ts";
import { isStoredExactly, jobOfAny, waysToDraw } from "./auto.ts";
import type { MemoryCaps } from "./caps.ts";
import { meantFormat, writableFormats } from "./format.ts";
import { cutsCorners } from "./frame.ts";
import { type Look, lookFor } from "./job.ts";
import { largestFitting } from "./largest-fitting.ts";
import { isSame, type Layout, limited, shrunk } from "./layout.ts";
import { papered } from "./paper.ts";
import type { OriginalFacts } from "./stored-facts.ts";
import { isReadable, type ReadableFormat, readers, writers } from "./traits.ts";
import type { Variant } from "./variant.ts";
import { CENTER, isLookUntouched, isUntouched, type Seen, type Wish, wishOf } from "./wish.ts";

/** What the plan must know of the original; all of it comes from the row in D1. */
export interface PlannedOriginal {
  /** What the plain URL answers. */
  readonly format: string;
  readonly transformable: boolean;
  /** A look has found that it is shown as far as it goes. */
  readonly isDamaged: boolean;
  readonly bytes: number;
  readonly facts: OriginalFacts;
  /** What its uploader lets answers carry. */
  readonly hiddenMetadata: HiddenMetadata;
}

export interface Asked {
  readonly transform: Transform;
  /** The URL's; null where it is no format's. */
  readonly extension: string | null;
  readonly accept: string;
}

export interface Limits {
  /** What jobs, streams and idle codecs may hold together: the platform gives 128 MB (not MiB), and some 20 are the module's own and garbage. */
  readonly isolateBytes: number;
  /** What a job may need at its peak. */
  readonly memoryBytes: number;
  /** What a job may take of the processor, as its price predicts it: well inside the Worker's `limits.cpu_ms`. */
  readonly cpuMilliseconds: number;
  /** Larger originals are not rendered at all. */
  readonly maxOriginalPixels: number;
  /** A few KB of file can ask for hours of frames. */
  readonly animation: AnimationLimits;
}

export const defaultLimits: Limits = {
  isolateBytes: 100 * 1024 * 1024,
  memoryBytes: 88 * 1024 * 1024,
  cpuMilliseconds: 4_500,
  maxOriginalPixels: MAX_ORIGINAL_PIXELS,
  animation: { maxFrames: 1_000, maxMegapixels: 300 },
};

/** The original's own bytes, without the metadata that is not asked for. */
export interface PlainPlan {
  readonly kind: "plain";
  readonly variant: { readonly metadata: MetadataKept };
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
  /** What it starts from in place of the original; the window is in its pixels. */
  readonly master?: Master;
  /** What a small render must find out first; the plan is then made again with the answer. */
  readonly look: Look | null;
  /** Straight from decoder to encoder, row by row; the steps have nothing to do. */
  readonly inRows: boolean;
  readonly memoryBytes: number;
  /** What it may come to where its caps are reached: what the isolate must have room for. */
  readonly mostBytes: number;
  /** What each WebAssembly memory may grow to; what needs more is refused while it runs. */
  readonly caps: MemoryCaps;
  /** Milliseconds of processor time, predicted. */
  readonly cpuMs: number;
  readonly variesByAccept: boolean;
}

export type Plan = PlainPlan | RefusedPlan | RenderPlan;

const DEFAULT_QUALITY = 80;

export function makePlan(asked: Asked, original: PlannedOriginal, limits: Limits, seen: Seen = {}): Plan {
  const { transform } = asked;
  const { facts } = original;
  const metadata = metadataKept(transform.metadata, original.hiddenMetadata);
  const variesByAccept = original.transformable && transform.format === "auto";
  const plain = Object.freeze({ kind: "plain", variant: { metadata }, variesByAccept } as const);
  if (!original.transformable)
    return facts.crop ? refused("Parts of the picture are cut away, and it can't be rendered.") : plain;

  const wish = wishOf(transform, facts, seen);
  const { turn, whole, shown, trim, layout, effects, retouch, looks, frame, isMoving } = wish;
  // A PNG may say clear or `background`; either way corners want a format that can.
  const hasClear = facts.alpha || cutsCorners(frame);
  const meant = meantFormat({
    asked: transform.format,
    extension: asked.extension,
    own: original.format,
    accept: asked.accept,
    isAnimated: isMoving,
    hasAlpha: hasClear,
    isLossless: wish.isLossless,
  });
  const isOwnUrl = transform.format === undefined && asked.extension === original.format;
  const isOwnFormat = isOwnUrl ? original.format === facts.format : meant === facts.format;
  const mayBeServed = !isOnlyRendered(original);
  if (isOwnFormat && isUntouched(wish, facts) && mayBeServed) return plain;
  const isAuto = transform.format === "auto";
  // Bytes alone are asked for; a format that was named is given, however long it is.
  const mayStay =
    original.format === facts.format &&
    mayBeServed &&
    (isAuto || meant === facts.format) &&
    isLookUntouched(wish, facts);
  // Written as it is already, only a lower quality can save bytes.
  const canSave = wish.quality !== null && !losesNothing(meant, wish);
  if (mayStay && meant === facts.format && !canSave) return plain;

  const source = facts.format;
  if (!isReadable(source)) return refused(`A ${source} picture can't be rendered.`);
  if (facts.width * facts.height > limits.maxOriginalPixels) {
    return refused(`The picture has more than ${limits.maxOriginalPixels / 1e6} megapixels.`);
  }

  const fitting = limited(layout);
  const isCut = transform.fit === "cover" || transform.fit === "crop";
  const isFocusWanted = transform.gravity === "auto" && isCut && !isSame(layout.window, shown);

  const variantIn = (format: OutputFormat, layout: Layout, isAnimated: boolean): Variant => ({
    ...layout,
    format,
    quality: losesNothing(format, wish) ? null : (wish.quality ?? DEFAULT_QUALITY),
    isAnimated,
    metadata,
    turn,
    trim,
    focus: isFocusWanted ? "auto" : CENTER,
    effects,
    ...(retouch && { retouch }),
    ...(looks && { looks }),
    drawn: null,
    mayStay,
    ...papered(transform, layout, facts.alpha, writers[format].writesAlpha, frame),
  });
  const jobSource = { format: source, facts, bytes: original.bytes };
  const fits = (needs: Needs) => fitsWithin(limits, needs);
  const formats = writableFormats(meant, hasClear || wish.isLossless, fitting.canvas);
  const jobIn = (format: OutputFormat, share: number, isAnimated: boolean) => {
    const layout = shrunk(fitting, share);
    const isOpen = isAuto && !isAnimated && !wish.isLossless;
    const ways = isOpen ? waysToDraw(format, asked.accept, facts, layout.canvas) : [];
    return jobOfAny(variantIn(format, layout, isAnimated), ways, jobSource, fits);
  };
  const movingFormats = formats.filter((format) => writers[format].writesAnimation);
  const movingAt = (share: number) =>
    movingFormats.map((format) => jobIn(format, shareOfMoving(share), true)).find(fits);
  const stillAt = (share: number) => formats.map((format) => jobIn(format, share, false)).find(fits);
  // A format that stands still was asked for as such: no moving one stands in for it.
  const isMovable = readers[source].readsAnimation && isWithin(limits.animation, facts);
  const moves = isMoving && isMovable && movingFormats[0] === formats[0];
  // Frames times pixels is what a few bytes can ask the most for: smaller first, then the first frame alone.
  const job = (moves ? largestFitting(movingAt) : undefined) ?? largestFitting(stillAt);
  if (!job) return refused(reasonOf(jobIn(meant, 0, false), limits));

  // What could only be written as what it is stays that.
  const isMadeAnew =
    job.variant.format !== facts.format || job.variant.drawn !== null || wish.quality !== null;
  if (mayStay && (!isMadeAnew || (isHardlyAnything(original) && !job.variant.drawn?.lossless))) return plain;

  const isToneWanted = transform.auto !== undefined;
  const isLookNeeded =
    (trim !== null && !seen.trimmed) || (isFocusWanted && !seen.focus) || (isToneWanted && !seen.enhancement);
  // One request pays for both: a picture that takes long to read is not read twice.
  const fitsBeside = (look: Look) => fits({ ...look, cpuMs: look.cpuMs + job.cpuMs });
  const lookAt = (share: number) =>
    [lookFor(jobSource, turn, whole, trim, isFocusWanted, share)]
      .map((look) => (isToneWanted ? { ...look, isToneWanted } : look))
      .find(fitsBeside);
  return Object.freeze({
    kind: "render",
    ...job,
    source,
    look: isLookNeeded ? (largestFitting(lookAt) ?? null) : null,
    variesByAccept,
  });
}

/** Its own bytes are not what there is to see. */
function isOnlyRendered({ facts, isDamaged }: PlannedOriginal): boolean {
  // What its maker cut away would still be in its bytes, and half of the browsers show it.
  if (facts.crop) return true;
  // Where a progressive JPEG without an end ends, nobody but its decoder can tell: a phone's trailer would go out with it.
  if (facts.endless && facts.progressive && !facts.separate) return true;
  // Browsers stop at what is broken in a PNG, and show nothing of one or of a JPEG in separate scans.
  return isDamaged && (facts.format === "png" || facts.separate === true);
}

/** What has more frames than are ever read is shown by its first one. */
function isWithin({ maxFrames, maxMegapixels }: AnimationLimits, facts: OriginalFacts): boolean {
  const { width, height, coded } = facts;
  const frames = facts.frames ?? 1;
  const pixels = coded?.pixels ?? frames * width * height;
  return frames <= maxFrames && pixels <= maxMegapixels * 1e6;
}

/** A moving picture that would come out smaller than this share of its side is a still one instead. */
const LEAST_MOVING_SHARE = 1 / 4;
const shareOfMoving = (share: number) => LEAST_MOVING_SHARE + (1 - LEAST_MOVING_SHARE) * share;

/** Lines and text pack so well without loss that no lossy format comes near, and a large one has no room for a lossless writer. */
const HARDLY_BITS_PER_PIXEL = 0.25;
const isHardlyAnything = ({ bytes, facts }: PlannedOriginal) =>
  8 * bytes < HARDLY_BITS_PER_PIXEL * facts.width * facts.height && isStoredExactly(facts);

type Needs = Pick<Look, "memoryBytes" | "mostBytes" | "cpuMs">;

/** May a job be done that needs so much? */
export function fitsWithin(limits: Limits, needs: Needs): boolean {
  return hasRoom(limits, needs) && needs.cpuMs <= limits.cpuMilliseconds;
}

/** What it is expected to take, and what it may come to before it is stopped. */
const hasRoom = (limits: Limits, { memoryBytes, mostBytes }: Needs) =>
  memoryBytes <= limits.memoryBytes && mostBytes <= limits.isolateBytes;

function reasonOf(needs: Needs, limits: Limits): string {
  return hasRoom(limits, needs)
    ? "The picture would take too long to be read."
    : "The picture needs more memory than there is for one job.";
}

const refused = (reason: string): RefusedPlan => Object.freeze({ kind: "refused", reason });

function losesNothing(format: OutputFormat, { isLossless }: Wish): boolean {
  return format === "png" || format === "gif" || (format === "webp" && isLossless);
}
