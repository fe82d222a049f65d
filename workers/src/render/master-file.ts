// Makes a master: an original is decoded once, whole, and goes row by row into a file that is quick to read.
import type { Bytes } from "../../formats/bytes/source.ts";
import type { MasterPlan } from "../plan/master.ts";
import type { OriginalFacts } from "../plan/stored-facts.ts";
import { kernel, orRefuse, shapeOf } from "./codecs/kernel.ts";
import { withStoredPicture } from "./codecs/stored-picture.ts";
import { heldToFacts } from "./held-to-facts.ts";
import { whileReading } from "./lent-file.ts";
import { MemoryError, namedCause } from "./memory-error.ts";

/** Held piece by piece, and never joined: in one piece it would stand twice. */
export interface MasterFile {
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
  readonly bytes: number;
}

/** Null where it would be longer than it is worth, or the original is broken: there is to be none then. Throws a `Damage` as its decoder does. */
export async function makeMaster(
  plan: MasterPlan,
  original: Bytes,
  facts: OriginalFacts,
): Promise<MasterFile | null> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const write = (piece: Uint8Array<ArrayBuffer>) => {
    bytes += piece.length;
    if (bytes > plan.mostFileBytes) throw new MemoryError();
    pieces.push(piece.slice());
  };
  try {
    const { isDamaged } = await whileReading(original, (lent) =>
      withStoredPicture(
        plan.source,
        heldToFacts(lent, facts),
        plan.wanted,
        plan.caps,
        async (source, memoryBytes) =>
          orRefuse(
            await kernel.renderFile(source, shapeOf(plan.wanted), plan.encoding, write, { memoryBytes }),
          ),
      ),
    );
    return isDamaged ? null : { pieces, bytes };
  } catch (thrown) {
    const cause = namedCause(thrown);
    if (cause instanceof MemoryError) return null;
    throw cause;
  }
}

export function streamOfMaster({ pieces }: MasterFile): ReadableStream<Uint8Array> {
  const left = pieces.values();
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const { done, value } = left.next();
        if (done) controller.close();
        // Whoever reads may hand the buffer on.
        else controller.enqueue(value.slice());
      },
    },
    { highWaterMark: 0 },
  );
}
