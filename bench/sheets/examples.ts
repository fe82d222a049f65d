// What the contact sheets show: each transform as an image URL's query, and as sharp is asked for the same.

import type { Sharp } from "sharp";

export interface Example {
  readonly query: string;
  /** undefined where sharp has nothing of the kind. */
  readonly bySharp?: (picture: Sharp) => Sharp;
}

const box = { width: 240, height: 180 } as const;
/** Effects are seen best on a small picture. */
const small = (query: string, effect: (picture: Sharp) => Sharp): Example => ({
  query: `w=240&h=180&${query}`,
  bySharp: (picture) => effect(picture.resize({ ...box, fit: "inside", withoutEnlargement: true })),
});
const fitted = (
  query: string,
  fit: "inside" | "cover" | "contain" | "fill",
  position = "centre",
): Example => ({
  query: `w=240&h=140&${query}`,
  bySharp: (picture) => picture.resize({ width: 240, height: 140, fit, position, background: "#ffffff" }),
});
/** The sharp way to raise every channel to a power: a table of 256 values is not offered, its own gamma is. */
const power = (exponent: number) => (picture: Sharp) =>
  exponent < 1 ? picture.gamma(1, 1 / exponent) : picture.gamma(exponent, 1);

export const sheets: Readonly<Record<string, readonly Example[]>> = {
  geometry: [
    { query: "size=s", bySharp: (picture) => picture.resize({ width: 426, height: 320, fit: "inside" }) },
    fitted("fit=scale-down", "inside"),
    fitted("fit=cover", "cover"),
    fitted("fit=cover&gravity=top-left", "cover", "left top"),
    fitted("fit=cover&gravity=auto", "cover", "attention"),
    fitted("fit=pad&background=white", "contain"),
    fitted("fit=squeeze", "fill"),
    small("rotate=90", (picture) => picture.rotate(90)),
    small("flip=h", (picture) => picture.flop()),
    small("flip=v", (picture) => picture.flip()),
    {
      query: "w=240&trim=true",
      bySharp: (picture) => picture.trim().resize({ width: 240, withoutEnlargement: true }),
    },
    { query: "size=social" },
  ],
  colour: [
    small("brightness=0.6", (picture) => picture.linear(0.6, 0)),
    small("brightness=1.5", (picture) => picture.linear(1.5, 0)),
    small("contrast=0.5", (picture) => picture.linear(0.5, 63.75)),
    small("contrast=1.8", (picture) => picture.linear(1.8, -102)),
    small("gamma=0.6", power(0.6)),
    small("gamma=1.8", power(1.8)),
    small("saturation=0", (picture) => picture.grayscale()),
    small("saturation=0.5", (picture) => picture.modulate({ saturation: 0.5 })),
    small("saturation=2", (picture) => picture.modulate({ saturation: 2 })),
  ],
  detail: [
    small("blur=2", (picture) => picture.blur(1)),
    small("blur=10", (picture) => picture.blur(5)),
    small("blur=60", (picture) => picture.blur(30)),
    small("sharp=1", (picture) => picture.sharpen({ sigma: 1, m1: 1, m2: 1 })),
    small("sharp=4", (picture) => picture.sharpen({ sigma: 1, m1: 4, m2: 4 })),
    small("background=gold&format=jpg", (picture) => picture.flatten({ background: "gold" })),
    small("format=jpg&q=10", (picture) => picture.flatten({ background: "white" }).jpeg({ quality: 10 })),
    small("format=webp&q=10", (picture) => picture.webp({ quality: 10 })),
    small("format=avif&q=10", (picture) => picture.avif({ quality: 10, chromaSubsampling: "4:2:0" })),
  ],
};
