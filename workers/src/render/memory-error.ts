// A picture that needs more memory than its plan foresaw.
import { Damage } from "../../formats/damage.ts";

/** Its header says less than its bytes, or the plan is wrong. */
export class MemoryError extends Damage {
  override readonly name = "MemoryError";

  constructor(message = "it needs more memory than its header says", options?: ErrorOptions) {
    super(message, { ...options, code: "too-large" });
  }
}
