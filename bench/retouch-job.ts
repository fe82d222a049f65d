// What one tool is asked alone: 1600x1200, decode and encode in it.
import type { Job } from "./jobs.ts";

export const job = (query: string, mostMilliseconds: number): Job => ({
  photo: "jpeg2",
  query: `${query}&format=jpg&q=80`,
  output: { width: 1600, height: 1200, format: "jpg", quality: 80 },
  hasSharp: false,
  mostMilliseconds,
  mostMegabytes: 48,
});
/** Knows a pixel, and where it is; looks around. */
export const pixelwise = (query: string) => job(query, 150);
export const around = (query: string) => job(query, 400);
