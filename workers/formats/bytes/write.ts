// Where the bytes of a file go as they are made.

/** Resolves when there is room for more, and the array may be used again: who keeps the bytes copies them. */
export type WriteBytes = (bytes: Uint8Array<ArrayBuffer>) => Promise<void> | void;

/** Writes on, with `piece` put in behind the first `before` bytes. */
export function splicing(write: WriteBytes, before: number, piece: Uint8Array<ArrayBuffer>): WriteBytes {
  let left = before;
  let isDone = false;
  return async (bytes) => {
    const part = Math.min(left, bytes.length);
    left -= part;
    if (isDone || left > 0) return write(bytes);
    isDone = true;
    await write(bytes.subarray(0, part));
    await write(piece);
    if (part < bytes.length) await write(bytes.subarray(part));
  };
}
