// The kernel's front door: what the host can call. One job at a time per instance.
//
// Conventions of all parts
//   state    in module globals; memory from memory.ts, freed together by `reset()` at the next job's start
//   answers  status.ts: i32, negative is an error; no input may cause a trap
//   RGBA     a row of pixels is straight (not premultiplied) RGBA8, width * 4 bytes
//   planar   u8 rows of Y, Cb and Cr, full-range BT.601 as in JFIF; chroma rows at their own
//            subsampled size (4:2:0: ceil(width/2), one for two rows of Y)
//   rows     go top to bottom; a function that takes a row has read it when it returns
//   slack    any alloc()ed buffer may be READ up to 256 bytes past its end, never written

export { alloc, memoryUsed, reset, setMemoryLimit } from "./memory";
export {
  jpegOutBegin, jpegOutBytes, jpegOutPlane, jpegOutPlaneDone, jpegOutPump, jpegOutRow, jpegOutTake,
} from "./jpeg-out/index";
export {
  inflateBuffer, inflateBytes, inflateEnd, inflateOpen, inflatePush, inflateRoom, inflateStart, inflateStep, inflateTake,
} from "./inflate/index";
export { pngCrc } from "./png-crc";
export {
  pngInBegin, pngInCut, pngInInflate, pngInPalette, pngInRest, pngInRow, pngInStep, pngInTransparency,
} from "./png-in/index";
export {
  pngOutBegin, pngOutBytes, pngOutColours, pngOutDepth, pngOutPalette, pngOutPump, pngOutRow, pngOutTake, pngOutType,
} from "./png-out/index";
export {
  jobDamaged, jobEnd, jobInput, jobOpenJpeg, jobPush, jobRow, jobRun, jobStartJpeg, jobStartPixels, jobStartPng,
} from "./job/index";
export { jobColour, jobOutput, jobTake, jobToJpeg, jobToPixels, jobToPng } from "./job/sink";
export { jobSoften, jobWindow } from "./job/source";
export { jpegProfile } from "./jpeg-in/profile";
export { jpegFact } from "./jpeg-in/facts";
export { colourCmykRow, colourGrid, colourGridRow, colourSumRow, colourSums } from "./colour";
export { retouchCube, retouchPixels, retouchTone } from "./retouch";
