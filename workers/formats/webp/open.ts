// A whole WebP file as its facts have it: its chunks up to where the picture ends, and whether it moves, whatever its header says of both.
import { readAll } from "../bytes/byte-reader.ts";
import type { StoredFacts } from "../facts.ts";
import { readWebp } from "./facts.ts";
import { endOfRiff, riffHeaderBytes } from "./riff.ts";

interface OpenFile {
  readonly inside: Uint8Array;
  readonly facts: StoredFacts;
}

/** Throws `Damage` for what is refused at upload. */
export function openWebpFile(file: Uint8Array): OpenFile {
  const facts = readAll(file, (reader) => readWebp(reader, () => undefined));
  return { inside: file.subarray(riffHeaderBytes, facts.pictureEnd ?? endOfRiff(file)), facts };
}
