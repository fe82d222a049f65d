// What a kernel instance exports, checked once when the instance is made. See assembly/job.ts for the job* calls.

const functionNames = [
  "alloc",
  "colourCmykRow",
  "colourGrid",
  "colourGridRow",
  "colourSumRow",
  "colourSums",
  "inflateBuffer",
  "inflateBytes",
  "inflateEnd",
  "inflateOpen",
  "inflatePush",
  "inflateRoom",
  "inflateStart",
  "inflateStep",
  "inflateTake",
  "jobColour",
  "jobDamaged",
  "jobEnd",
  "jobInput",
  "jobOpenJpeg",
  "jobOutput",
  "jobPush",
  "jobRow",
  "jobRun",
  "jobSoften",
  "jobStartJpeg",
  "jobStartPixels",
  "jobStartPng",
  "jobTake",
  "jobToJpeg",
  "jobToPixels",
  "jobToPng",
  "jobWindow",
  "jpegFact",
  "jpegProfile",
  "memoryUsed",
  "pngCrc",
  "pngInBegin",
  "pngInCut",
  "pngInInflate",
  "pngInPalette",
  "pngInRest",
  "pngInRow",
  "pngInStep",
  "pngInTransparency",
  "pngOutBegin",
  "pngOutBytes",
  "pngOutColours",
  "pngOutDepth",
  "pngOutPalette",
  "pngOutPump",
  "pngOutRow",
  "pngOutTake",
  "pngOutType",
  "reset",
  "retouchCube",
  "retouchPixels",
  "retouchTone",
  "setMemoryLimit",
] as const;

type KernelFunctions = Record<(typeof functionNames)[number], (...values: number[]) => number>;

export interface KernelExports extends KernelFunctions {
  readonly memory: WebAssembly.Memory;
}

/** Whether a module is a kernel of this version. */
export function isKernel(exports: WebAssembly.Exports): exports is WebAssembly.Exports & KernelExports {
  return (
    exports.memory instanceof WebAssembly.Memory &&
    functionNames.every((name) => typeof exports[name] === "function")
  );
}

/** The facts of jpegFact(), by name. */
export const jpegFacts = {
  width: 0,
  height: 1,
  components: 2,
  progressive: 3,
  severalScans: 4,
  colour: 5,
  profileBytes: 6,
  mostAcross: 7,
  mostDown: 8,
} as const;
