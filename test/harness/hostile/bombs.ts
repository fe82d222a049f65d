// The bombs that the engine must survive, and how long each may keep it busy.

import {
  billionLaughs,
  framesGif,
  hugeAvif,
  hugeIco,
  hugeWebp,
  lyingJpeg,
  manyScans,
  profilePng,
  wholeZerosPng,
  zerosPng,
} from "./bomb-files.ts";

export interface Bomb {
  readonly name: string;
  readonly format: string;
  readonly make: () => Promise<Uint8Array>;
  readonly query?: string;
  /** Refused from the header: within moments. Decoded: within the CPU budget of a request. */
  readonly limitMs: number;
}

const moments = 3_000;
const cpuBudget = 30_000;

export const bombs: readonly Bomb[] = [
  { name: "PNG of zeros 30000 x 30000", format: "png", make: async () => zerosPng(30_000), limitMs: moments },
  {
    name: "PNG of zeros 16000 x 16000",
    format: "png",
    make: async () => wholeZerosPng(16_000),
    limitMs: cpuBudget,
  },
  { name: "PNG with a profile of 200 MB", format: "png", make: async () => profilePng(), limitMs: cpuBudget },
  { name: "JPEG header 65500 x 65500", format: "jpg", make: () => lyingJpeg(65_500), limitMs: moments },
  { name: "JPEG header 16000 x 16000", format: "jpg", make: () => lyingJpeg(16_000), limitMs: cpuBudget },
  {
    name: "progressive JPEG 8000 x 8000, 1,000 scans",
    format: "jpg",
    make: () => manyScans(8000, 100),
    limitMs: cpuBudget,
  },
  {
    name: "progressive JPEG 3000 x 3000, 1,000 scans",
    format: "jpg",
    make: () => manyScans(3000, 100),
    limitMs: cpuBudget,
  },
  {
    name: "GIF with 10,000 frames",
    format: "gif",
    make: async () => framesGif(64, 10_000),
    query: "w=32",
    limitMs: cpuBudget,
  },
  { name: "GIF 65535 x 65535", format: "gif", make: async () => framesGif(65_535, 1), limitMs: moments },
  { name: "WebP 16383 x 16383", format: "webp", make: async () => hugeWebp(), limitMs: moments },
  { name: "AVIF header 17000 x 17000", format: "avif", make: hugeAvif, limitMs: moments },
  { name: "ICO 60000 x 60000, 255 times", format: "ico", make: async () => hugeIco(), limitMs: moments },
  {
    name: "SVG with entities and a script",
    format: "svg",
    make: async () => billionLaughs(),
    limitMs: moments,
  },
];
