// What a kernel function may answer. Zero and above: go on. Below zero: an error, which the host
// turns into a typed value (errors.ts). Nothing traps, whatever the input.

/** Done with what was asked; for a push: all bytes consumed, send more. */
export const OK: i32 = 0;
/** The picture is complete; further bytes are ignored. */
export const DONE: i32 = 1;
/** Output bytes wait to be taken before work goes on. */
export const OUTPUT: i32 = 2;

/** The bytes break the format's rules where nothing could be saved. */
export const DAMAGED: i32 = -1;
/** The input ended before anything could be shown. */
export const TRUNCATED: i32 = -2;
/** Valid, but a kind we don't decode (arithmetic coding, lossless JPEG, 12 bit ...). */
export const UNSUPPORTED: i32 = -3;
/** It would need more memory than the host allowed, or more scans than any honest file has. */
export const TOO_LARGE: i32 = -4;
/** Functions called out of order or with impossible arguments: a bug of the host. */
export const MISUSED: i32 = -5;
