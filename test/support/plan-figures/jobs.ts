// What codecs, jobs and looks take by format, of originals and variants of every kind.
import { outputFormats, sourceFormats } from "../../../schema/facts.ts";
import { capOf } from "../../../workers/src/plan/caps.ts";
import { jobFor, lookFor } from "../../../workers/src/plan/job.ts";
import { type JobSource, priceOf, priceOfReading } from "../../../workers/src/plan/price.ts";
import type { OriginalFacts } from "../../../workers/src/plan/stored-facts.ts";
import { isReadable, type ReadableFormat, readers, writers } from "../../../workers/src/plan/traits.ts";
import type { Variant } from "../../../workers/src/plan/variant.ts";
import { type Draw, sumOf } from "./draw.ts";

const CASES = 400;

function drawFacts(draw: Draw, format: ReadableFormat): OriginalFacts {
  const [width, height] = [draw.side(), draw.side()];
  const alpha = draw.pick(false, false, true);
  const [codedWidth, codedHeight] = [draw.side(), draw.side()];
  return {
    format,
    width,
    height,
    orientation: draw.pick(1, 1, 6),
    animated: draw.pick(false, true),
    frames: draw.pick<number | null>(1, 12, 999, 2_000, null),
    alpha,
    progressive: draw.pick(false, true),
    samplesPerPixel: draw.pick(1, 1.125, 1.5, 2, 3, 4),
    bitDepth: draw.pick<number | null>(null, 1, 8, 10, 16),
    hasIcc: draw.pick(false, true),
    coded: draw.pick(null, {
      width: codedWidth,
      height: codedHeight,
      pixels: codedWidth * codedHeight * draw.pick(1, 12),
    }),
  };
}

/** As wide as a format allows, up to 300 megapixels: what is held by the row counts here. */
function drawWide(draw: Draw, format: ReadableFormat): JobSource {
  const width = draw.whole(8_000, 65_500);
  const height = draw.whole(1, Math.floor(300e6 / width));
  const coded = draw.pick(null, undefined, { width, height: draw.whole(1, 64), pixels: width * height });
  return { ...drawSource(draw, format), facts: { ...drawFacts(draw, format), width, height, coded } };
}

const drawSource = (draw: Draw, format: ReadableFormat): JobSource => ({
  format,
  facts: drawFacts(draw, format),
  bytes: draw.whole(1, 10 ** draw.whole(2, 7)),
});

function drawVariant(draw: Draw, format: Variant["format"], { facts }: JobSource): Variant {
  const content = draw.pick(
    { width: draw.side(), height: draw.side() },
    { width: Math.ceil(facts.width / 4), height: Math.ceil(facts.height / 4) },
  );
  const canvas = draw.pick(content, { width: content.width + 40, height: content.height });
  const isPlain = draw.pick(true, false);
  const effect = (value: number) => (isPlain ? null : draw.pick(null, null, value));
  return {
    format,
    quality: draw.pick<number | null>(null, draw.whole(1, 100), 90),
    isAnimated: draw.pick(false, true),
    metadata: "none",
    turn: draw.pick(1, 1, 3, 6),
    drawn: null,
    mayStay: false,
    trim: null,
    focus: { x: 0.5, y: 0.5 },
    window: { x: 0, y: 0, width: facts.width, height: facts.height },
    content,
    canvas,
    fill: isPlain ? null : draw.pick(null, "ffffffff", "00000000", "blurred"),
    behind: isPlain ? null : draw.pick(null, "ffffffff", "00000080"),
    effects: {
      brightness: effect(1.5),
      contrast: effect(1.5),
      gamma: effect(2),
      saturation: effect(0),
      blurSigma: effect(draw.whole(1, 250) / 2),
      sharpen: effect(1),
    },
  };
}

function readerFigures(format: ReadableFormat): Record<string, number> {
  const sum = (figure: (source: JobSource, draw: Draw) => number) =>
    sumOf(format, CASES, (draw) => figure(drawSource(draw, format), draw));
  const look = (draw: Draw, source: JobSource) =>
    lookFor(
      source,
      1,
      { x: 0, y: 0, width: source.facts.width, height: source.facts.height },
      draw.pick(null, 10),
      true,
      draw.whole(1, 4) / 4,
    );
  return {
    [`${format} read: codec bytes`]: sum(({ facts, bytes }) => readers[format].codecBytes(facts, bytes)),
    [`${format} read: codec bytes of wide pictures`]: sum((_source, draw) => {
      const { facts, bytes } = drawWide(draw, format);
      return readers[format].codecBytes(facts, bytes, draw.pick(false, true));
    }),
    [`${format} read: milliseconds`]: sum((source, draw) =>
      priceOfReading(source, drawVariant(draw, "png", source)),
    ),
    [`${format} looked at: bytes`]: sum((source, draw) => look(draw, source).memoryBytes),
    [`${format} looked at: milliseconds`]: sum((source, draw) => look(draw, source).cpuMs),
    [`${format} looked at: side`]: sum((source, draw) => {
      const { width, height } = look(draw, source).content;
      return Math.max(width, height);
    }),
  };
}

function writerFigures(format: Variant["format"]): Record<string, number> {
  const writer = writers[format];
  const sum = (figure: (variant: Variant, source: JobSource) => number) =>
    sumOf(format, 10 * CASES, (draw) => {
      const source = drawSource(draw, draw.pick("jpg", "png", "gif", "webp", "avif", "heic", "bmp", "tiff"));
      return figure(drawVariant(draw, format, source), source);
    });
  const job = (figure: (made: ReturnType<typeof jobFor>) => number) =>
    sum((variant, source) => figure(jobFor(variant, source)));
  return {
    [`${format} written: codec bytes`]: sum(({ canvas, quality }, { facts }) =>
      writer.codecBytes(canvas, quality === null, facts.alpha),
    ),
    [`${format} written: file bytes a pixel`]: sum(({ quality }, { facts }) =>
      writer.fileBytesPerPixel(quality === null, facts.alpha),
    ),
    [`${format} written: milliseconds, in rows`]: sum((variant, source) => priceOf(variant, source, true)),
    [`${format} job: milliseconds`]: job(({ cpuMs }) => cpuMs),
    [`${format} job: bytes`]: job(({ memoryBytes }) => memoryBytes),
    [`${format} job: reader's cap`]: job(({ caps }) => caps.reader),
    [`${format} job: kernel's cap`]: job(({ caps }) => caps.kernel),
    [`${format} job: writer's cap`]: job(({ caps }) => caps.writer),
    [`${format} job: file's cap`]: job(({ caps }) => caps.file),
    [`${format} job: in rows`]: job(({ inRows }) => Number(inRows)),
  };
}

export function jobFigures(): Record<string, number> {
  return Object.assign(
    { "cap of 1,000,000 planned bytes": capOf(1_000_000) },
    ...sourceFormats.filter(isReadable).map(readerFigures),
    ...outputFormats.map(writerFigures),
  );
}
