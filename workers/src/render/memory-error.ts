// A picture that needs more memory than its plan foresaw.
import { Damage } from "../../formats/damage.ts";

/** Its header says less than its bytes, or the plan is wrong. */
export class MemoryError extends Damage {
  override readonly name = "MemoryError";

  constructor(message = "it needs more memory than its header says", options?: ErrorOptions) {
    super(message, { ...options, code: "too-large" });
  }
}

/**
 * What went wrong, with a buffer that V8 has no memory for told as what it is: a plain `RangeError`, on which no class and no code says more
 * than its words.
 */
export function namedCause(thrown: unknown): unknown {
  const isRefusedBuffer = thrown instanceof RangeError && /allocation failed/i.test(thrown.message);
  return isRefusedBuffer ? new MemoryError(undefined, { cause: thrown }) : thrown;
}
