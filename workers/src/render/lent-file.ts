// Whole files are held as long as their job reads them, and given back when it ends: to the collector 20 MB look like 200 bytes.
import type { Bytes } from "../../formats/bytes/source.ts";

const WORTH_RELEASING = 1_048_576;

/** Nothing that `use` answers may lie in a whole file that it has read: those are gone when it is done, however it ends. */
export async function whileReading<Result>(
  bytes: Bytes,
  use: (bytes: Bytes) => Promise<Result>,
): Promise<Result> {
  const read: Uint8Array<ArrayBuffer>[] = [];
  const lent: Bytes = {
    ...bytes,
    async whole() {
      const file = await bytes.whole();
      read.push(file);
      return file;
    },
  };
  try {
    return await use(lent);
  } finally {
    for (const { buffer } of read) if (buffer.byteLength >= WORTH_RELEASING) buffer.transfer(0);
  }
}
