// Image URL queries from sensible to absurd.

import type { Random } from "../seeded-random.ts";

const values: Readonly<Record<string, readonly string[]>> = {
  size: ["s", "m", "l", "social", "xxl", ""],
  format: ["jpg", "png", "webp", "gif", "auto", "bmp"],
  w: ["1", "7", "64", "320", "853", "12000", "12001", "0", "-5", "1e9", "NaN", "99999999999999999999"],
  h: ["1", "9", "64", "240", "12000", "0", "%00", "0x10"],
  fit: ["scale-down", "contain", "cover", "crop", "pad", "squeeze", "explode"],
  gravity: ["center", "top-left", "auto", "0.3x0.7", "9x9", "x", "NaNxNaN"],
  dpr: ["1", "2", "4", "0.001", "400"],
  quality: ["1", "50", "100", "0", "101", "-1"],
  lossless: ["true", "false", "maybe"],
  background: ["red", "f00", "transparent", "12345678", "%23abc", "url(x)"],
  brightness: ["0", "0.5", "10", "11", "-1"],
  contrast: ["0", "3", "10"],
  gamma: ["0", "0.1", "1", "10"],
  saturation: ["0", "2", "10"],
  blur: ["1", "10", "250", "251"],
  sharp: ["0", "1", "10"],
  auto: ["enhance", "format,enhance", "compress"],
  exposure: ["-4", "1.5", "4", "5", "-"],
  temp: ["-100", "40", "101"],
  tint: ["100", "-30", "1e2"],
  highlights: ["-100", "100"],
  shadows: ["-100", "70", "100"],
  whites: ["-100", "100"],
  blacks: ["-100", "100"],
  curve: ["0,0;128,90;255,255", "0,255;255,0", "1,1;1,2", "0,0", "0,0;300,1"],
  vibrance: ["-100", "100"],
  hue: ["120", "-360", "400"],
  grade: ["navy,gold", "red", "0000,f008"],
  texture: ["-100", "100", "0.001"],
  denoise: ["0", "100", "-1"],
  dehaze: ["-100", "100"],
  clarity: ["-100", "100"],
  vignette: ["-100", "60", "100"],
  grain: ["0", "100", "-1"],
  oil: ["0", "40", "100", "101"],
  frosted: ["0", "40", "100"],
  edges: ["0", "50", "100"],
  emboss: ["0", "50", "100"],
  filter: ["vintage", "lofi", "oceanic", "none"],
  grayscale: ["true", "yes"],
  sepia: ["0", "80", "100"],
  pixelate: ["0", "1", "9", "1000", "1001"],
  threshold: ["0", "50", "100"],
  halftone: ["0", "1", "5", "100"],
  dither: ["2", "16", "17"],
  monochrome: ["red", "0f08", "nocolour"],
  duotone: ["navy,gold", "red", "0000,f008"],
  invert: ["true", "false"],
  solarize: ["0", "100"],
  look: ["0", "0.4", "1", "2"],
  border: ["0", "8", "500,red", "8,0f08", "501", "8,8,8"],
  radius: ["0", "12", "max", "6000", "6001"],
  rotate: ["90", "180", "270", "45"],
  flip: ["h", "v", "hv", "d"],
  trim: ["true", "0", "100", "101"],
  metadata: ["none", "copyright", "keep", "all"],
  anim: ["true", "false"],
  unknown: ["1", "'; drop table images"],
};

/** None to five parameters; sometimes one twice, sometimes a value that belongs to another. */
export function absurdQuery(random: Random): string {
  const names = Object.keys(values);
  const query = new URLSearchParams();
  for (let left = Math.floor(random() * 6); left > 0; left--) {
    const name = names[Math.floor(random() * names.length)] ?? "w";
    const from = random() < 0.9 ? name : (names[Math.floor(random() * names.length)] ?? "w");
    const choices = values[from] ?? [];
    query.append(name, choices[Math.floor(random() * choices.length)] ?? "");
  }
  return query.toString();
}
