// Whether a chunk of a form, in the middle of a file, is of that file and nothing else.

const [CR, LF, HYPHEN] = [0x0d, 0x0a, 0x2d];

/**
 * No delimiter begins in it, nor may one begin in its last `longest` bytes, which is the longest that one can be. True is
 * certain; false may be said of a file's bytes as well.
 */
export function holdsOnlyFile(chunk: Uint8Array, longest: number): boolean {
  if (chunk.length <= longest) return false;
  const certain = chunk.length - longest;
  for (let at = 0; at < chunk.length; at++) {
    if (chunk[at] !== CR) continue;
    if (at >= certain || (chunk[at + 1] === LF && chunk[at + 2] === HYPHEN)) return false;
  }
  return true;
}
