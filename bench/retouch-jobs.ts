// Each tool of a retouch alone on 1600x1200, decode and encode in it, and several together.
import type { Job } from "./jobs.ts";
import { lookJobs } from "./look-jobs.ts";
import { around, job, pixelwise } from "./retouch-job.ts";

export const retouchJobs: Readonly<Record<string, Job>> = {
  "retouch-enhance": around("auto=enhance"),
  "retouch-exposure": pixelwise("exposure=1"),
  "retouch-temp-tint": pixelwise("temp=40&tint=10"),
  "retouch-ends": pixelwise("whites=30&blacks=-30"),
  "retouch-curve": pixelwise("curve=0,0;64,48;192,210;255,255"),
  "retouch-vibrance": pixelwise("vibrance=60"),
  "retouch-hue": pixelwise("hue=40"),
  "retouch-grade": pixelwise("grade=1e3a5f,ffb070"),
  "retouch-vignette": pixelwise("vignette=60"),
  "retouch-grain": pixelwise("grain=40"),
  "retouch-highlights-shadows": around("highlights=-50&shadows=50"),
  "retouch-denoise": around("denoise=50"),
  "retouch-dehaze": around("dehaze=50"),
  "retouch-clarity": around("clarity=50"),
  "retouch-texture": around("texture=50"),
  ...lookJobs,
  "retouch-five": job("exposure=0.5&temp=15&shadows=40&curve=0,0;64,52;255,255&vibrance=30", 250),
  "retouch-12mp": {
    photo: "jpeg12",
    query: "exposure=0.5&curve=0,0;64,52;255,255&vibrance=30&format=jpg&q=80",
    output: { width: 4000, height: 3000, format: "jpg", quality: 80 },
    hasSharp: false,
    mostMegabytes: 96,
  },
};
