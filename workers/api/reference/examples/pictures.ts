// What each parameter does to the sample picture: the queries that the reference shows, with the size that comes.
import type { transformSchema } from "../../../../schema/transform.ts";

export interface PictureExample {
  readonly query: string;
  readonly width: number;
  readonly height: number;
}

const wide = (query: string): PictureExample => ({ query: `w=200&${query}`, width: 200, height: 150 });
const square = (query: string): PictureExample => ({
  query: `w=160&h=160&${query}`,
  width: 160,
  height: 160,
});
const slice = (gravity: string): PictureExample => ({
  query: `w=100&h=180&fit=cover&gravity=${gravity}`,
  width: 100,
  height: 180,
});

/**
 * A parameter without a row does not compile. Empty: what it does is not seen on this picture, or docs/transforms.md shows it: all of them are
 * rendered when the page is read through, out of what one address may ask for in a minute.
 */
export const pictureExamples: Readonly<
  Record<keyof typeof transformSchema.shape, readonly PictureExample[]>
> = {
  size: [
    { query: "size=s", width: 426, height: 320 },
    { query: "size=social", width: 1200, height: 630 },
  ],
  w: [{ query: "w=200", width: 200, height: 150 }],
  h: [{ query: "h=150", width: 200, height: 150 }],
  fit: [
    { query: "w=160&h=160&fit=contain", width: 160, height: 120 },
    square("fit=cover"),
    square("fit=pad&background=navy"),
    square("fit=squeeze"),
  ],
  gravity: [slice("left"), slice("auto"), slice("0.8x0.5")],
  dpr: [{ query: "w=200&dpr=2", width: 400, height: 300 }],
  format: [wide("format=webp"), wide("format=png")],
  quality: [wide("quality=5"), wide("quality=90")],
  lossless: [wide("format=webp&lossless=true")],
  background: [square("fit=pad&background=tomato")],
  brightness: [wide("brightness=0.6"), wide("brightness=1.4")],
  contrast: [wide("contrast=0.5"), wide("contrast=1.6")],
  gamma: [wide("gamma=0.6"), wide("gamma=1.8")],
  saturation: [wide("saturation=0"), wide("saturation=2")],
  blur: [wide("blur=10")],
  sharp: [wide("sharp=5")],
  auto: [wide("auto=enhance")],
  exposure: [wide("exposure=-1"), wide("exposure=1")],
  temp: [wide("temp=-50"), wide("temp=50")],
  tint: [wide("tint=-50"), wide("tint=50")],
  highlights: [wide("highlights=-80")],
  shadows: [wide("shadows=80")],
  whites: [wide("whites=60")],
  blacks: [wide("blacks=-60")],
  curve: [wide("curve=0,0;64,40;192,215;255,255")],
  vibrance: [wide("vibrance=-80"), wide("vibrance=80")],
  hue: [wide("hue=120")],
  grade: [wide("grade=1e3a5f,ffb070")],
  denoise: [wide("denoise=60")],
  dehaze: [wide("dehaze=-60"), wide("dehaze=60")],
  clarity: [wide("clarity=-80"), wide("clarity=80")],
  texture: [wide("texture=-80"), wide("texture=80")],
  vignette: [wide("vignette=80")],
  grain: [wide("grain=40")],
  oil: [wide("oil=60")],
  frosted: [],
  edges: [],
  emboss: [],
  filter: [wide("filter=vintage")],
  grayscale: [],
  sepia: [],
  pixelate: [wide("pixelate=8")],
  threshold: [],
  halftone: [wide("halftone=5")],
  dither: [],
  monochrome: [],
  duotone: [wide("duotone=1e1e5a,ffd9a0")],
  invert: [],
  solarize: [],
  border: [],
  radius: [square("fit=cover&radius=max")],
  look: [],
  rotate: [{ query: "w=150&rotate=90", width: 150, height: 200 }],
  flip: [wide("flip=h")],
  trim: [],
  metadata: [],
  anim: [],
  download: [],
};
