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
