// Holds an original to the facts that its plan was made of, before any decoder sees it: a row may be older than the checks at
// upload, and some sizes can only be seen once the whole file is here.

import { rewritten } from "../../formats/bytes/rewritten.ts";
import type { Bytes } from "../../formats/bytes/source.ts";
import { Damage } from "../../formats/damage.ts";
import { codedInFile } from "../../formats/heif/coded.ts";
import { firstFrame } from "../../formats/png/first-frame.ts";
import { readImageFacts } from "../../shared/image-facts.ts";
import type { OriginalFacts } from "../plan/stored-facts.ts";
import { readers } from "../plan/traits.ts";

/** What a row from before these checks may be wrong by: padding of tiles, lossless frames, samples of unknown depth. */
const OLD_ROW_BYTES = 8 * 1024 * 1024;

/**
 * The same bytes; `whole` throws a `Damage` for a file whose decoder would need more than the facts foretell. Of a PNG whose still nobody
 * sees the stream is its first frame.
 */
export function heldToFacts(bytes: Bytes, facts: OriginalFacts): Bytes {
  return {
    ...bytes,
    ...(facts.apart ? { stream: async () => rewritten(await bytes.stream(), firstFrame) } : {}),
    async whole() {
      const file = await bytes.whole();
      refuseLarger(file, facts);
      return file;
    },
  };
}

function refuseLarger(file: Uint8Array, planned: OriginalFacts): void {
  const { format } = planned;
  // A GIF is clipped to the canvas that was planned.
  if (format === "gif" || format === "svg") return;
  const found = factsOf(file, planned);
  const { codecBytes } = readers[format];
  const allowance = planned.coded === undefined ? OLD_ROW_BYTES : 0;
  if (codecBytes(found, file.length) > codecBytes(planned, file.length) + allowance)
    throw new Damage("it is larger inside than its header claims");
  if ((found.coded?.pixels ?? 0) > mostCodedPixels(planned))
    throw new Damage("it is made of more than its header claims");
}

/** Of a row from before tiles were counted, what tiles of a phone may reach beyond the picture. */
function mostCodedPixels({ width, height, coded }: OriginalFacts): number {
  return coded?.pixels ?? 2 * (width + 1_024) * (height + 1_024);
}

/** What the bytes themselves say, all of them at hand. */
function factsOf(file: Uint8Array, planned: OriginalFacts): OriginalFacts {
  if (planned.format !== "avif" && planned.format !== "heic") return readAgain(file);
  const { bitDepth, samplesPerPixel, ...coded } = codedInFile(file);
  return { ...planned, coded, samplesPerPixel, bitDepth: Math.max(bitDepth, planned.bitDepth ?? 8) };
}

function readAgain(file: Uint8Array): OriginalFacts {
  const read = readImageFacts(file, file.length);
  if (read.kind === "image") return read.facts;
  throw new Damage(read.kind === "damaged" ? read.reason : "it is of another kind than it was");
}
