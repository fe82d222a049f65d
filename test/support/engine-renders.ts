// Renders that pin the engine's bytes: every reader, every writer, every step. The same engine number must mean the same bytes.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { filterNames } from "../../schema/looks.ts";
import { edgepixWorker, send, startEngine, taskFor } from "../harness/measure/engine-worker.ts";

const fixtures = join(import.meta.dirname, "../fixtures");

const readers = [
  "photo-portrait.jpg",
  "progressive.jpg",
  "gray.jpg",
  "cmyk.jpg",
  "p3.jpg",
  "logo.png",
  "interlaced.png",
  "deep.png",
  "photo.webp",
  "photo.avif",
  "photo.heic",
  "scan.tiff",
  "sample.bmp",
  "icon.ico",
  "animation.gif",
  "disposal.gif",
];
const writers = ["jpg", "png", "webp", "avif", "gif"];
const shapes = [
  "w=90&h=120&fit=cover",
  "w=120&h=90&fit=cover&gravity=auto",
  "w=120&h=120&fit=pad&background=teal",
  "size=social",
  "w=120&h=50&fit=squeeze",
  "w=120&trim=20",
  "w=120&rotate=90&flip=h",
  "w=300&h=300&fit=contain",
  "w=12&h=9",
];
const steps = [
  "brightness=1.3",
  "contrast=1.4",
  "gamma=0.7",
  "saturation=0.2",
  "saturation=2",
  "blur=3",
  "blur=40",
  "sharp=2",
  "brightness=0.8&contrast=1.2&saturation=1.5&blur=2&sharp=1",
];
const retouches = [
  "auto=enhance",
  "exposure=1",
  "exposure=-2",
  "temp=40&tint=-20",
  "highlights=-60&shadows=60",
  "whites=30&blacks=-30",
  "curve=0,0;64,40;192,215;255,255",
  "vibrance=70",
  "vibrance=-70",
  "hue=120",
  "grade=1e3a5f,ffb070",
  "texture=80",
  "texture=-80",
  "denoise=60",
  "dehaze=60",
  "dehaze=-60",
  "clarity=70",
  "clarity=-70",
  "vignette=60",
  "vignette=-60",
  "grain=40",
  "exposure=0.5&temp=10&shadows=30&curve=0,0;128,120;255,255&vibrance=20&texture=20&sharp=1&grain=10",
];
const looks = [
  "oil=60",
  "frosted=50",
  "edges=100",
  "emboss=50",
  ...filterNames.map((name) => `filter=${name}`),
  "grayscale=true",
  "sepia=80",
  "pixelate=9",
  "threshold=50",
  "halftone=5",
  "dither=3",
  "monochrome=1e6fb8",
  "duotone=1e1e5a,ffd9a0",
  "invert=true",
  "solarize=70",
  "filter=golden&sepia=20&look=0.5",
  "border=6,teal",
  "radius=20&border=4,white",
  "radius=max&background=gold",
  "oil=40&halftone=4&duotone=navy,gold&look=0.6",
];
const moving = ["animation.gif", "animation.webp", "disposal.gif"];

/** Picture and query of each render. */
export const engineRenders: readonly (readonly [file: string, query: string])[] = [
  ...readers.map((file) => [file, "w=60&format=png"] as const),
  ...writers.map((format) => ["cat.jpg", `w=160&format=${format}&quality=70`] as const),
  ...writers.map((format) => ["logo.png", `w=100&format=${format}`] as const),
  ["logo.png", "w=80&format=webp&lossless=true"],
  ["cat.jpg", "w=80&format=webp&lossless=true"],
  ["cat.jpg", "w=160&format=jpg&quality=95"],
  ["gray.jpg", "w=100&format=jpg"],
  ["coffee.jpg", "format=jpg&quality=50"],
  ...shapes.map((query) => ["coffee.jpg", `${query}&format=png`] as const),
  ...retouches.map((query) => ["cat.jpg", `w=120&format=png&${query}`] as const),
  ...looks.map((query) => ["cat.jpg", `w=120&format=png&${query}`] as const),
  ...steps.map((query) => ["cat.jpg", `w=120&format=png&${query}`] as const),
  ["logo.png", "w=100&blur=4&format=png"],
  ["logo.png", "w=100&background=gold&format=jpg"],
  ...moving.flatMap((file) => ["gif", "webp"].map((format) => [file, `w=60&format=${format}`] as const)),
  ["animation.gif", "w=60&anim=false&format=jpg"],
  ["animation.gif", "w=60&exposure=1&vibrance=50&grain=30"],
  ["animation.gif", "w=60&frosted=40&filter=vintage&dither=4"],
  ["animation.gif", "w=60&radius=max&border=3,gold"],
  ["logo.png", "w=100&oil=40&frosted=20&sepia=50&format=png"],
  ["logo.png", "w=100&exposure=1&shadows=50&texture=50&grain=30&format=png"],
];

/** Only engines that know no image URLs read it. */
const unused = { width: 1, height: 1, format: "jpg", quality: 90 } as const;

/** The first 16 hex digits of the SHA-256 of each render's bytes, by `file?query`, as a raw workerd makes them. */
export async function hashRenders(): Promise<Record<string, string>> {
  const worker = await startEngine(edgepixWorker, { photos: fixtures });
  try {
    const hashes: Record<string, string> = {};
    for (const [file, query] of engineRenders) {
      const task = await taskFor(join(fixtures, file), query, unused);
      const { bytes } = await send(worker, { repeats: 1, task });
      hashes[`${file}?${query}`] = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
    }
    return hashes;
  } finally {
    await worker.stop();
  }
}
