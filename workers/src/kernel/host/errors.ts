// What a status of assembly/status.ts means.
import { Damage, type DamageCode } from "../../../formats/damage.ts";

const byStatus: Readonly<Record<number, readonly [DamageCode, string]>> = {
  [-1]: ["damaged", "its bytes are damaged"],
  [-2]: ["truncated", "its bytes end too early"],
  [-3]: ["unsupported", "it is of a kind that is not supported"],
  [-4]: ["too-large", "it needs more memory or work than is allowed"],
  [-5]: ["misused", "the kernel was called out of order"],
};

/** The error that a negative status means. */
export function errorOf(status: number): Damage {
  const [code, message] = byStatus[status] ?? ["misused", `the kernel answered ${status}`];
  return new Damage(message, { code });
}
