// Sorts a small picture's pixels into groups of like colour, and says of each how far it stands out from the rest.
import type { Pixels } from "../../geometry/pixels.ts";

/** At most 512 groups, however noisy the picture is: each is compared with each. */
const KEPT_BITS = 3;
/** Lab distance at which two colours have nothing in common any more. */
const REACH = 36;
/** Lab distance past which more makes no difference: strong contrasts are all alike. */
const FARTHEST = 80;

type Lab = readonly [light: number, greenRed: number, blueYellow: number];

interface Group {
  readonly weight: number;
  readonly lab: Lab;
}

/** A number for each pixel, from 0: how rare its colour is, times how unlike the others. Clear pixels count for nothing. */
export function standingOut(pixels: Pixels): Float64Array {
  const { width, height, data } = pixels;
  const groups = groupsOf(data);
  const total = [...groups.values()].reduce((sum, { weight }) => sum + weight, 0);
  const scores = new Float64Array(1 << (3 * KEPT_BITS));
  for (const [key, group] of groups) scores[key] = scoreOf(group, groups, total);
  const standing = new Float64Array(width * height);
  for (let at = 0; at < standing.length; at++) standing[at] = scores[keyOf(data, at * 4)] ?? 0;
  return standing;
}

/** Rarity is information, -log p, where near colours count as partly the same. */
function scoreOf(group: Group, groups: ReadonlyMap<number, Group>, total: number): number {
  let alike = 0;
  let unlike = 0;
  for (const { weight, lab } of groups.values()) {
    const distance = Math.hypot(lab[0] - group.lab[0], lab[1] - group.lab[1], lab[2] - group.lab[2]);
    unlike += weight * Math.min(distance, FARTHEST);
    if (distance < REACH) alike += weight * (1 - (distance / REACH) ** 2) ** 2;
  }
  return alike > 0 ? -Math.log(Math.min(1, alike / total)) * (unlike / total) : 0;
}

function groupsOf(data: Uint8ClampedArray): ReadonlyMap<number, Group> {
  const slots = 1 << (3 * KEPT_BITS);
  const sums = new Float64Array(slots * 4);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = (data[at + 3] ?? 0) / 255;
    const sum = keyOf(data, at) * 4;
    for (let channel = 0; channel < 3; channel++) {
      sums[sum + channel] = (sums[sum + channel] ?? 0) + (data[at + channel] ?? 0) * alpha;
    }
    sums[sum + 3] = (sums[sum + 3] ?? 0) + alpha;
  }
  const groups = new Map<number, Group>();
  for (let key = 0; key < slots; key++) {
    const [red = 0, green = 0, blue = 0, weight = 0] = sums.subarray(key * 4, key * 4 + 4);
    if (weight > 0) groups.set(key, { weight, lab: labOf(red / weight, green / weight, blue / weight) });
  }
  return groups;
}

function keyOf(data: Uint8ClampedArray, at: number): number {
  const drop = 8 - KEPT_BITS;
  const red = (data[at] ?? 0) >> drop;
  const green = (data[at + 1] ?? 0) >> drop;
  return (((red << KEPT_BITS) | green) << KEPT_BITS) | ((data[at + 2] ?? 0) >> drop);
}

/** CIE 1976 L*a*b* under D65, in which a distance is about what the eye sees. */
function labOf(red: number, green: number, blue: number): Lab {
  const [r, g, b] = [linear(red / 255), linear(green / 255), linear(blue / 255)];
  const x = bent((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = bent(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = bent((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const bent = (value: number) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116);
