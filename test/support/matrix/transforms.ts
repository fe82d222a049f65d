// The transforms of the matrix: each as an image URL's query, and as sharp is asked for the same on upright sRGB pixels.
import type { Matrix3x3, Sharp } from "sharp";
import { BLUE, GREEN, RED, type Rgba, YELLOW } from "../drawing.ts";

export interface Transform {
  readonly query: string;
  /** Done and rounded before `bySharp` begins. */
  readonly first?: (picture: Sharp) => Sharp;
  readonly bySharp: (picture: Sharp) => Sharp;
  /** Where the four tiles must lie in the answer, and in which colours. */
  readonly places?: Places;
  /** Told where pixels were computed anew: where they only move, the fingerprint and the places say it all. */
  readonly leastSsim?: number;
}

const GOLD: Rgba = [255, 215, 0, 255];

type Places = readonly (readonly [x: number, y: number, colour: Rgba])[];

/** In the picture at its own size. */
const upright: Places = [
  [20, 20, RED],
  [220, 20, GREEN],
  [20, 140, BLUE],
  [220, 140, YELLOW],
];

const resized = (picture: Sharp): Sharp => picture.resize({ width: 120 });

export const geometry: Readonly<Record<string, Transform>> = {
  plain: {
    query: "",
    bySharp: (picture) => picture,
    places: upright,
  },
  resize: {
    query: "w=120",
    bySharp: resized,
    leastSsim: 0.97,
    places: [
      [10, 10, RED],
      [110, 10, GREEN],
      [10, 70, BLUE],
      [110, 70, YELLOW],
    ],
  },
  cover: {
    query: "w=120&h=100&fit=cover",
    bySharp: (picture) => picture.resize({ width: 120, height: 100, fit: "cover" }),
    leastSsim: 0.97,
    places: [
      [6, 10, RED],
      [114, 10, GREEN],
      [6, 90, BLUE],
      [114, 90, YELLOW],
    ],
  },
  pad: {
    query: "w=120&h=120&fit=pad&background=gold",
    // Not sharp's `contain`, which would leave what is clear in the picture clear.
    bySharp: (picture) =>
      picture
        .resize({ width: 120 })
        .flatten({ background: "gold" })
        .extend({ top: 20, bottom: 20, background: "gold" }),
    leastSsim: 0.97,
    places: [
      [60, 6, GOLD],
      [60, 114, GOLD],
      [10, 30, RED],
      [110, 90, YELLOW],
    ],
  },
};

/** Rec. 709's shares of brightness, moved towards or away from grey. */
function saturate(amount: number): Matrix3x3 {
  const [red, green, blue] = [0.2126, 0.7152, 0.0722].map((share) => share * (1 - amount));
  return [
    [(red ?? 0) + amount, green ?? 0, blue ?? 0],
    [red ?? 0, (green ?? 0) + amount, blue ?? 0],
    [red ?? 0, green ?? 0, (blue ?? 0) + amount],
  ];
}

const smaller = (query: string, effect: (picture: Sharp) => Sharp): Transform => ({
  query: `w=120&${query}`,
  // In one go sharp would resize between the two halves of its gamma.
  first: resized,
  bySharp: effect,
  leastSsim: 0.97,
});

export const effects: Readonly<Record<string, Transform>> = {
  brightness: smaller("brightness=1.3", (picture) => picture.linear(1.3, 0)),
  contrast: smaller("contrast=1.4", (picture) => picture.linear(1.4, 127.5 * (1 - 1.4))),
  lighter: smaller("gamma=0.7", (picture) => picture.gamma(1, 1 / 0.7)),
  darker: smaller("gamma=1.5", (picture) => picture.gamma(1.5, 1)),
  gray: smaller("saturation=0", (picture) => picture.recomb(saturate(0))),
  colourful: smaller("saturation=1.6", (picture) => picture.recomb(saturate(1.6))),
  blur: smaller("blur=6", (picture) => picture.blur({ sigma: 3, minAmplitude: 0.01 })),
  sharpen: smaller("sharp=1", (picture) => picture.sharpen({ sigma: 1, m1: 1, m2: 1 })),
  rotate: {
    query: "rotate=90",
    bySharp: (picture) => picture.rotate(90),
    places: [
      [20, 20, BLUE],
      [140, 20, RED],
      [20, 220, YELLOW],
      [140, 220, GREEN],
    ],
  },
  flip: {
    query: "flip=h",
    bySharp: (picture) => picture.flop(),
    places: [
      [20, 20, GREEN],
      [220, 20, RED],
      [20, 140, YELLOW],
      [220, 140, BLUE],
    ],
  },
};

/** Only on a picture that has borders. */
export const trimmed: Transform = {
  query: "trim=true",
  bySharp: (picture) => picture.trim(),
  places: upright,
};
