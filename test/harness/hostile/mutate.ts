// Damages files the way that attackers and broken disks do.

import type { Random } from "../seeded-random.ts";
import { damageRows, mendChecksums } from "./mend-png.ts";

type Mutation = (file: Buffer, random: Random) => Buffer;

const below = (random: Random, end: number) => Math.floor(random() * end);

/** Headers decide most, so half of all damage is done near the front. */
const place = (file: Buffer, random: Random) =>
  below(random, random() < 0.5 ? Math.min(file.length, 700) : file.length);

const telling = [0, 1, 0x7f, 0x80, 0xff];

const flipBit: Mutation = (file, random) => {
  const at = place(file, random);
  file[at] = (file[at] ?? 0) ^ (1 << below(random, 8));
  return file;
};

const setByte: Mutation = (file, random) => {
  file[place(file, random)] =
    random() < 0.5 ? below(random, 256) : (telling[below(random, telling.length)] ?? 0);
  return file;
};

/** Sizes, counts and offsets are two or four bytes wide. */
const setWord: Mutation = (file, random) => {
  const at = place(file, random);
  const width = random() < 0.5 ? 2 : 4;
  return file.fill(telling[below(random, telling.length)] ?? 0, at, Math.min(file.length, at + width));
};

const truncate: Mutation = (file, random) => file.subarray(0, 1 + below(random, file.length));

const remove: Mutation = (file, random) => {
  const at = place(file, random);
  return Buffer.concat([file.subarray(0, at), file.subarray(at + 1 + below(random, 64))]);
};

const repeat: Mutation = (file, random) => {
  const at = place(file, random);
  const end = at + 1 + below(random, 400);
  return Buffer.concat([file.subarray(0, end), file.subarray(at)]);
};

const scramble: Mutation = (file, random) => {
  const at = place(file, random);
  const end = Math.min(file.length, at + 1 + below(random, 32));
  for (let index = at; index < end; index++) file[index] = below(random, 256);
  return file;
};

const mutations = [flipBit, flipBit, setByte, setByte, setWord, setWord, truncate, remove, repeat, scramble];

/** Some one to four things done to a copy. */
export function damage(original: Uint8Array, random: Random): Buffer {
  let file: Buffer = Buffer.from(original);
  const times = 1 + below(random, 4);
  for (let time = 0; time < times && file.length > 1; time++) {
    file = mutations[below(random, mutations.length)]?.(file, random) ?? file;
  }
  return file;
}

/** The same damage for the same random numbers. The file itself is left alone. */
export function mutate(original: Uint8Array, isPng: boolean, random: Random): Buffer {
  const kind = isPng ? random() : 1;
  if (kind < 0.4) return damageRows(Buffer.from(original), (rows) => damage(rows, random));
  const file = damage(original, random);
  return kind < 0.8 ? mendChecksums(file) : file;
}
