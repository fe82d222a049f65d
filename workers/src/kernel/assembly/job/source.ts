// How a source's planes map onto the output: windows, target sizes, filters; and how their rows go in.

import { rowCount, rowsAt } from "../jpeg-in/index";
import { component, Component, componentCount, maxH, maxV } from "../jpeg-in/frame";
import { adobeTransform, hasJfif } from "../jpeg-in/markers";
import { alloc } from "../memory";
import { GAUSSIAN, LANCZOS_OR_CUBIC, NEAREST, TRIANGLE } from "../resample/axis";
import { feedRow, openPlane, planeResize } from "../resample/plane";
import { splitAlpha, splitOpaque } from "../resample/rgba";
import { OK, TOO_LARGE, UNSUPPORTED } from "../status";

// What the planes mean.
export const GRAY: i32 = 0;
export const YCC: i32 = 1;
export const RGB: i32 = 2;
export const CMYK: i32 = 3;
export const YCCK: i32 = 4;
/** Premultiplied red, green, blue, and alpha. */
export const ALPHA: i32 = 5;
/** Whole pixels of RGBA in one plane. */
export const STRAIGHT: i32 = 6;

export let colour: i32 = YCC;
export let planeCount: i32 = 0;
/** Whether pixels may be transparent. */
export let hasAlpha: bool = false;

// The window of the source in its full-size pixels, and the size of the output.
let windowX: f64 = 0;
let windowY: f64 = 0;
let windowWidth: f64 = 0;
let windowHeight: f64 = 0;
export let outWidth: i32 = 0;
export let outHeight: i32 = 0;

// A blur of RGBA rows while they are resized; 0 = none.
let softX: f64 = 0;
let softY: f64 = 0;

// RGBA rows on their way into planes.
let split: usize = 0;
let splitStride: usize = 0;
let rgbaWidth: i32 = 0;

export function jobWindow(x: f64, y: f64, width: f64, height: f64, toWidth: i32, toHeight: i32): void {
  windowX = x;
  windowY = y;
  windowWidth = width;
  windowHeight = height;
  outWidth = toWidth;
  outHeight = toHeight;
}

/** Standard deviations of a blur, in pixels of the source; for RGBA rows only. Takes the resizing filter's place. */
export function jobSoften(deviationX: f64, deviationY: f64): void {
  softX = deviationX;
  softY = deviationY;
}

/** What the components of the JPEG at hand mean (as libjpeg guesses it); -1 for nothing we know. */
export function jpegColour(): i32 {
  if (componentCount == 1) return GRAY;
  if (componentCount == 4) return adobeTransform == 2 ? YCCK : CMYK;
  if (componentCount != 3) return -1;
  if (hasJfif) return YCC;
  if (adobeTransform >= 0) return adobeTransform == 0 ? RGB : YCC;
  return component(0).id == 82 && component(1).id == 71 && component(2).id == 66 ? RGB : YCC;
}

/** Opens a resize for each component of the JPEG; `halving` is 2 when the sink takes chroma at half size (4:2:0). */
export function openJpegPlanes(halving: i32): i32 {
  hasAlpha = false;
  colour = jpegColour();
  if (colour < 0) return UNSUPPORTED;
  planeCount = componentCount;
  const sameSize = windowWidth == outWidth && windowHeight == outHeight;
  for (let i = 0; i < componentCount; i++) {
    const c = component(i);
    const chroma = (colour == YCC || colour == YCCK) && (i == 1 || i == 2);
    const factor = chroma ? halving : 1;
    const width = (outWidth + factor - 1) / factor;
    const height = (outHeight + factor - 1) / factor;
    const perX = <f64>(c.h * c.side) / <f64>(maxH * 8);
    const perY = <f64>(c.v * c.side) / <f64>(maxV * 8);
    // Half-size chroma of an odd width reaches half a sample over the edge.
    const reachX = (windowWidth * width * factor) / outWidth;
    const reachY = (windowHeight * height * factor) / outHeight;
    // Luma waits for chroma, whose samples are larger, and both for the MCU row to be whole.
    const waiting = 2 * c.v * c.side + <i32>((6 * max(1.0, windowHeight / outHeight) + 2) * perY);
    const status = openPlane(
      i, c.width, c.height, windowX * perX, windowY * perY, reachX * perX, reachY * perY,
      width, height, chroma && sameSize ? asLibjpeg(c) : LANCZOS_OR_CUBIC, false, waiting,
    );
    if (status != OK) return status;
  }
  return OK;
}

/** The filter that brings chroma to the picture's own size; libjpeg does not smooth what is but two samples wide. */
function asLibjpeg(c: Component): i32 {
  const narrow = maxH > c.h && c.width <= 2;
  return narrow || maxH > 2 * c.h || maxV > 2 * c.v ? NEAREST : TRIANGLE;
}

/** Feeds the MCU row that the decoder has just made. */
export function feedJpegRows(): void {
  for (let i = 0; i < componentCount; i++) {
    const c = component(i);
    const rows = rowCount(c);
    let at = rowsAt(c);
    for (let y = 0; y < rows; y++, at += c.stride) feedRow(planeResize(i), at);
  }
}

/**
 * Opens three u8 planes, four fine ones where there is alpha, or a single one of whole pixels that are only copied. The rows of the picture,
 * `width` x `height` by its header, come `1 << shift` times smaller.
 */
export function openRgbaPlanes(width: i32, height: i32, alpha: bool, shift: i32): i32 {
  hasAlpha = alpha;
  const most = (1 << shift) - 1;
  rgbaWidth = (width + most) >> shift;
  const rows = (height + most) >> shift;
  const scale = 1.0 / <f64>(1 << shift);
  const x = windowX * scale, y = windowY * scale, w = windowWidth * scale, h = windowHeight * scale;
  if (isCopy(x, y, w, h)) {
    colour = STRAIGHT;
    planeCount = 1;
    return openPlane(0, rgbaWidth * 4, rows, x * 4, y, w * 4, h, outWidth * 4, outHeight, LANCZOS_OR_CUBIC, false, 1);
  }
  colour = hasAlpha ? ALPHA : RGB;
  planeCount = hasAlpha ? 4 : 3;
  splitStride = ((<usize>rgbaWidth + 15) & ~15) << (hasAlpha ? 1 : 0);
  split = alloc(splitStride * planeCount);
  if (split == 0) return TOO_LARGE;
  const filter = softX > 0 && softY > 0 ? GAUSSIAN : LANCZOS_OR_CUBIC;
  for (let i = 0; i < planeCount; i++) {
    const status = openPlane(
      i, rgbaWidth, rows, x, y, w, h, outWidth, outHeight, filter, hasAlpha, 1, softX, softY,
    );
    if (status != OK) return status;
  }
  return OK;
}

/** Whether the window is whole pixels and keeps its size: colour and alpha then come out as they went in. */
function isCopy(x: f64, y: f64, w: f64, h: f64): bool {
  const whole = Math.floor(x) == x && Math.floor(y) == y;
  return whole && w == outWidth && h == outHeight && softX == 0;
}

export function feedRgbaRow(at: usize): void {
  if (colour == STRAIGHT) {
    feedRow(planeResize(0), at);
    return;
  }
  const second = split + splitStride;
  const third = second + splitStride;
  if (colour == ALPHA) splitAlpha(at, rgbaWidth, split, second, third, third + splitStride);
  else splitOpaque(at, rgbaWidth, split, second, third);
  for (let i = 0; i < planeCount; i++) feedRow(planeResize(i), split + i * splitStride);
}
