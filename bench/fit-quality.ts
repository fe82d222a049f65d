// `npm run fit-quality`: what each encoder's quality numbers look like by SSIM; writes the curves into docs/quality.md.
//
// It prints the numbers that it finds: for a JPEG quality, the number at which the other encoder's SSIM, the mean over the
// photographs, is the same. workers/src/render/codecs/quality.ts holds them, and the page shows what that tells the encoders.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import avifEncoder from "@jsquash/avif/codec/enc/avif_enc.js";
import { defaultOptions as avifOptions } from "@jsquash/avif/meta.js";
import webpEncoder from "@jsquash/webp/codec/enc/webp_enc_simd.js";
import { defaultOptions as webpOptions } from "@jsquash/webp/meta.js";
import sharp from "sharp";
import { ssim } from "../test/harness/measure/ssim.ts";
import { encoderQuality } from "../workers/src/render/codecs/quality.ts";

const root = join(import.meta.dirname, "..");
const photos = ["photo.jpg", "photo-portrait.jpg", "coffee.jpg", "cat.jpg"];
const qualities = [1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 95, 100];
const LONG_SIDE = 640;

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
  readonly rgb: Uint8Array;
}

type Encode = (frame: Frame, quality: number) => Promise<Uint8Array>;
type Curve = readonly { readonly quality: number; readonly likeness: number }[];

async function encoders(): Promise<Readonly<Record<"jpg" | "webp" | "avif", Encode>>> {
  const webp = await start(webpEncoder, "@jsquash/webp/codec/enc/webp_enc_simd.wasm");
  const avif = await start(avifEncoder, "@jsquash/avif/codec/enc/avif_enc.wasm");
  return {
    // Our own JPEG encoder writes libjpeg's bytes.
    jpg: ({ width, height, rgb }, quality) =>
      sharp(rgb, { raw: { width, height, channels: 3 } })
        .jpeg({ quality, chromaSubsampling: quality >= 90 ? "4:4:4" : "4:2:0" })
        .toBuffer(),
    webp: async ({ width, height, rgba }, quality) =>
      written(webp.encode(rgba, width, height, { ...webpOptions, quality })),
    avif: async ({ width, height, rgba }, quality) =>
      written(avif.encode(rgba, width, height, { ...avifOptions, speed: 9, quality })),
  };
}

async function start<Codec>(
  factory: (overrides: EmscriptenOverrides) => Promise<Codec>,
  path: string,
): Promise<Codec> {
  // Workers can't compile at run time, so their types forbid the constructor; Node can.
  const file = readFileSync(join(root, "node_modules", path));
  const module: WebAssembly.Module = Reflect.construct(WebAssembly.Module, [file]);
  return factory({
    noInitialRun: true,
    instantiateWasm(imports, done) {
      const instance = new WebAssembly.Instance(module, imports);
      done(instance);
      return instance.exports;
    },
  });
}

function written(file: Uint8Array | null): Uint8Array {
  if (!file) throw new Error("The encoder gave nothing.");
  return file;
}

async function frameOf(name: string): Promise<Frame> {
  const small = sharp(join(root, "test/fixtures", name))
    .rotate()
    .resize(LONG_SIDE, LONG_SIDE, { fit: "inside" });
  const { data, info } = await small.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const rgb = await rgbOf(
    await sharp(data, { raw: { width: info.width, height: info.height, channels: 4 } })
      .png()
      .toBuffer(),
  );
  return { width: info.width, height: info.height, rgba: new Uint8ClampedArray(data), rgb };
}

const rgbOf = async (file: Uint8Array) => new Uint8Array(await sharp(file).removeAlpha().raw().toBuffer());

async function curveOf(encode: Encode, frames: readonly Frame[]): Promise<Curve> {
  return Promise.all(
    qualities.map(async (quality) => {
      const likenesses = await Promise.all(
        frames.map(async (frame) =>
          ssim(frame, { ...frame, rgb: await rgbOf(await encode(frame, quality)) }),
        ),
      );
      return { quality, likeness: likenesses.reduce((sum, value) => sum + value, 0) / frames.length };
    }),
  );
}

/** The number at which a curve reaches a likeness. */
function qualityAt(curve: Curve, likeness: number): number {
  const above = curve.findIndex((point) => point.likeness >= likeness);
  const [low, high] = [curve[above - 1], curve[above]];
  if (!high) return 100;
  if (!low) return high.quality;
  const share = (likeness - low.likeness) / (high.likeness - low.likeness);
  return Math.round(low.quality + (high.quality - low.quality) * share);
}

function plot(curves: Readonly<Record<string, Curve>>): string {
  const colours = ["#b5542f", "#2f6fb5", "#3a8f4d"];
  const x = (quality: number) => 60 + quality * 5;
  const y = (likeness: number) => 20 + (1 - likeness) * 1000;
  const lines = Object.entries(curves).map(([name, curve], index) => {
    const points = curve
      .filter(({ likeness }) => likeness >= 0.7)
      .map((at) => `${x(at.quality)},${y(at.likeness).toFixed(1)}`);
    const colour = colours[index] ?? "#000";
    return `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.join(" ")}"/>
  <text x="440" y="${230 + index * 20}" fill="${colour}">${name}</text>`;
  });
  const grid = [0.7, 0.8, 0.9, 1].map(
    (likeness) => `<line x1="60" x2="560" y1="${y(likeness)}" y2="${y(likeness)}" stroke="#ccc"/>
  <text x="20" y="${y(likeness) + 5}" fill="#666">${likeness.toFixed(1)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 360" font-family="sans-serif" font-size="14">
  <title>SSIM against the encoder's own quality, for jpg, webp and avif</title>
  <rect width="600" height="360" fill="#fff"/>
  ${[...grid, ...lines].join("\n  ")}
  <text x="240" y="350" fill="#666">the encoder's own quality</text>
</svg>
`;
}

const frames = await Promise.all(photos.map(frameOf));
const { jpg, webp, avif } = await encoders();
const curves = {
  jpg: await curveOf(jpg, frames),
  webp: await curveOf(webp, frames),
  avif: await curveOf(avif, frames),
};
console.table(
  curves.jpg.map(({ quality, likeness }) => ({
    asked: quality,
    webp: qualityAt(curves.webp, likeness),
    avif: qualityAt(curves.avif, likeness),
  })),
);
const rows = curves.jpg.map(
  ({ quality, likeness }) =>
    `| ${quality} | ${likeness.toFixed(4)} | ${encoderQuality("webp", quality)} | ${encoderQuality("avif", quality)} |`,
);
writeFileSync(join(root, "docs/quality.svg"), plot(curves));
writeFileSync(
  join(root, "docs/quality.md"),
  `<!-- Written by \`npm run fit-quality\`. -->
# One \`quality\` for every format

\`quality=80\` means the look of a JPEG at 80, whatever the format. Other encoders count differently, so each gets the number of its
own at which a photograph is as much like the original. Likeness is SSIM on brightness, the mean over ${photos.length} photographs at
${LONG_SIDE} pixels; avif is written at speed 9, jpg with halved chroma below 90.

![SSIM over quality for jpg, webp and avif](quality.svg)

| asked for (jpg) | SSIM | webp's number | avif's number |
| --- | --- | --- | --- |
${rows.join("\n")}

At 1 and 5 a JPEG is worse than the worst that the others can write, so theirs look better there and are larger.

Drawings lie a little higher in webp and avif than these numbers would need: both keep flat colour and straight edges better than
jpg does, so a drawing gains from the same quality. \`lossless=true\` is there for what must stay exact.
`,
);
