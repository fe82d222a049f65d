// Finds the test pictures, and cuts bytes into chunks as a network would.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../fixtures");

/** Every picture's name, without what is written about them. */
export const fixtureNames = readdirSync(folder).filter((name) => !/\.(md|json)$/.test(name));

export const fixture = (name: string): Buffer => readFileSync(join(folder, name));

export function* chunksOf(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Numbers 0 <= n < 1 that look random and are the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A damaged copy: some bytes changed, sometimes cut short, sometimes a piece repeated. */
export function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  // Structure stands at the front, so most of the damage goes there.
  const reach = random() < 0.8 ? Math.min(copy.length, 2_000) : copy.length;
  for (let left = 1 + Math.floor(random() * 8); left > 0; left--)
    copy[Math.floor(random() * reach)] =
      random() < 0.3 ? 255 * Math.round(random()) : Math.floor(random() * 256);
  const kind = random();
  if (kind < 0.2) return copy.subarray(0, Math.floor(random() * copy.length));
  if (kind > 0.3) return copy;
  const at = Math.floor(random() * copy.length);
  return Buffer.concat([copy.subarray(0, at), copy.subarray(Math.floor(at / 2))]);
}
