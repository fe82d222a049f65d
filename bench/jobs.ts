// The jobs of the bench: which photo, which image URL, and how sharp is asked for the same.

import type { Sharp } from "sharp";
import type { Output } from "../test/harness/worker/engine.ts";
import type { PhotoName } from "./photos/files.ts";
import { retouchJobs } from "./retouch-jobs.ts";

export interface Job {
  readonly photo: PhotoName;
  /** The query of the image URL. */
  readonly query: string;
  readonly output: Output;
  /** What the query asks of sharp besides size and format. */
  readonly effect?: (picture: Sharp) => Sharp;
  /** The original itself passes through. */
  readonly isPlain?: boolean;
  /** `false` where sharp, as npm has it, can't do it. */
  readonly hasSharp?: boolean;
  /** `false` where only the cost is asked for. */
  readonly isJudged?: boolean;
  /** Highest ratio to sharp's time, and highest peak, that the project sets itself. */
  readonly mostRatio?: number;
  readonly mostMegabytes?: number;
  readonly mostMilliseconds?: number;
  readonly leastMegabytesPerSecond?: number;
}

const small = { width: 853, height: 640, quality: 80 } as const;
const medium = "size=m&q=80";

/** Decode, one effect, encode. Sharp's arguments are those that mean the same as the contract's. */
const effect = (
  query: string,
  apply: (picture: Sharp) => Sharp,
  output = { width: 1600, height: 1200 },
): Job => ({
  photo: "jpeg2",
  query: `${query}&format=jpg&q=80`,
  output: { ...output, format: "jpg", quality: 80 },
  effect: apply,
  mostRatio: 2,
  mostMegabytes: 48,
});

/** Those that stand in the table of pictures; retouching has one of its own. */
export const pictureJobs: Readonly<Record<string, Job>> = {
  "jpeg12-853-jpeg": {
    photo: "jpeg12",
    query: `${medium}&format=jpg`,
    output: { ...small, format: "jpg" },
    mostRatio: 1.1,
    mostMegabytes: 12,
  },
  "jpeg12-853-webp": {
    photo: "jpeg12",
    query: `${medium}&format=webp`,
    output: { ...small, format: "webp" },
    mostRatio: 1.3,
    mostMegabytes: 24,
  },
  "jpeg12-853-avif": {
    photo: "jpeg12",
    query: "size=m&q=50&format=avif",
    output: { ...small, format: "avif", quality: 50 },
    mostRatio: 1.5,
    mostMegabytes: 48,
  },
  "jpeg24-320-jpeg": {
    photo: "jpeg24",
    query: "w=320&q=80&format=jpg",
    output: { width: 320, height: 213, format: "jpg", quality: 80 },
    mostRatio: 1,
    mostMegabytes: 12,
  },
  "jpeg108-853-jpeg": {
    photo: "jpeg108",
    query: `${medium}&format=jpg`,
    output: { ...small, format: "jpg" },
    mostRatio: 1.1,
    mostMegabytes: 16,
  },
  "prog12-853-jpeg": {
    photo: "progressive12",
    query: `${medium}&format=jpg`,
    output: { ...small, format: "jpg" },
    mostRatio: 1.3,
    mostMegabytes: 48,
  },
  "png12-800-webp": {
    photo: "png12",
    query: "w=800&q=80&format=webp",
    output: { width: 800, height: 600, format: "webp", quality: 80 },
    mostRatio: 1.5,
    mostMegabytes: 24,
  },
  "jpeg12-jpeg12": {
    photo: "jpeg12",
    query: "q=80&format=jpg",
    output: { width: 4000, height: 3000, format: "jpg", quality: 80 },
    mostRatio: 1.3,
    mostMegabytes: 16,
  },
  "webp12-853-webp": {
    photo: "webp12",
    query: `${medium}&format=webp`,
    output: { ...small, format: "webp" },
    mostRatio: 2,
    mostMegabytes: 96,
  },
  "avif2-800-webp": {
    photo: "avif2",
    query: "w=800&q=80&format=webp",
    output: { width: 800, height: 600, format: "webp", quality: 80 },
  },
  "heic12-853-jpeg": {
    photo: "heic12",
    query: `${medium}&format=jpg`,
    output: { ...small, format: "jpg" },
    hasSharp: false,
    mostMegabytes: 64,
  },
  "gif24-240-gif": {
    photo: "gif24",
    query: "w=240",
    output: { width: 240, height: 180, format: "gif", quality: 80 },
    mostRatio: 1,
    mostMegabytes: 16,
  },
  "jpeg2-jpeg2": {
    photo: "jpeg2",
    query: "q=80&format=jpg",
    output: { width: 1600, height: 1200, format: "jpg", quality: 80 },
  },
  "jpeg2-brightness": effect("brightness=1.2", (picture) => picture.linear(1.2, 0)),
  "jpeg2-contrast": effect("contrast=1.3", (picture) => picture.linear(1.3, -38.4)),
  "jpeg2-gamma": effect("gamma=0.7", (picture) => picture.gamma(1, 1 / 0.7)),
  "jpeg2-saturation": effect("saturation=1.5", (picture) => picture.modulate({ saturation: 1.5 })),
  "jpeg2-blur10": effect("blur=10", (picture) => picture.blur(5)),
  "jpeg2-sharp2": effect("sharp=2", (picture) => picture.sharpen({ sigma: 1, m1: 2, m2: 2 })),
  "jpeg2-rotate90": effect("rotate=90", (picture) => picture.rotate(90), { width: 1200, height: 1600 }),
  "jpeg12-plain": {
    photo: "jpeg12",
    query: "",
    output: { width: 4000, height: 3000, format: "jpg", quality: 80 },
    isPlain: true,
    hasSharp: false,
    leastMegabytesPerSecond: 400,
    mostMegabytes: 2,
  },
};

export const jobs: Readonly<Record<string, Job>> = { ...pictureJobs, ...retouchJobs };
