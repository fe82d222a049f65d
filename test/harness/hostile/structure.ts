// Damages files along their structure: boxes, chunks and segments are moved, doubled, dropped, and given other sizes.
import type { Random } from "../seeded-random.ts";
import { type Unit, unitsOf } from "./units.ts";

const below = (random: Random, end: number) => Math.floor(random() * end);

type Change = (file: Buffer, units: readonly [Unit, Unit], random: Random) => Buffer;

const part = (file: Buffer, { at, end }: Unit) => file.subarray(at, end);

const double: Change = (file, [one]) =>
  Buffer.concat([file.subarray(0, one.end), part(file, one), file.subarray(one.end)]);

const drop: Change = (file, [one]) => Buffer.concat([file.subarray(0, one.at), file.subarray(one.end)]);

/** Takes one out and puts it before the other. */
const move: Change = (file, [one, other]) => {
  if (other.at >= one.at && other.at < one.end) return file;
  const [first, last] = one.at < other.at ? [one.end, other.at] : [other.at, one.at];
  const between = file.subarray(first, last);
  return one.at < other.at
    ? Buffer.concat([file.subarray(0, one.at), between, part(file, one), file.subarray(other.at)])
    : Buffer.concat([file.subarray(0, other.at), part(file, one), between, file.subarray(one.end)]);
};

/** Writes another length: a little more or less, none, or all that there can be. */
const resize: Change = (file, [{ length }], random) => {
  if (!length) return file;
  const { at, bytes, isLittle } = length;
  const most = 2 ** (8 * bytes) - 1;
  const read = isLittle ? file.readUIntLE(at, bytes) : file.readUIntBE(at, bytes);
  const others = [0, 1, 2, 7, read - 1, read + 1, read * 2, Math.floor(read / 2), most, Math.floor(most / 2)];
  const next = Math.min(most, Math.max(0, others[below(random, others.length)] ?? 0));
  const changed = Buffer.from(file);
  if (isLittle) changed.writeUIntLE(next, at, bytes);
  else changed.writeUIntBE(next, at, bytes);
  return changed;
};

/** The file ends inside of one. */
const breakOff: Change = (file, [{ at, end }], random) => file.subarray(0, at + 1 + below(random, end - at));

/** What one holds is noise. */
const scramble: Change = (file, [{ at, end }], random) => {
  const changed = Buffer.from(file);
  const from = Math.min(at + 8, end);
  for (let byte = from; byte < Math.min(end, from + 64); byte++) changed[byte] = below(random, 256);
  return changed;
};

const changes = [double, double, drop, move, move, resize, resize, resize, breakOff, scramble];

/** One to three things done to a copy; undefined where the file has no structure that we know. */
export function mutateStructure(original: Uint8Array, format: string, random: Random): Buffer | undefined {
  let file: Buffer = Buffer.from(original);
  const times = 1 + below(random, 3);
  for (let time = 0; time < times; time++) {
    const units = unitsOf(file, format);
    const one = units[below(random, units.length)];
    const other = units[below(random, units.length)];
    if (!one || !other) return time === 0 ? undefined : file;
    file = changes[below(random, changes.length)]?.(file, [one, other], random) ?? file;
  }
  return file;
}
