// The one way to say that bytes are bad: thrown where a walk can't go on, handed back where that is expected.

/** The last two are the reader's own fault: called out of order, or broken down over these bytes. */
export type DamageCode = "damaged" | "truncated" | "unsupported" | "too-large" | "misused" | "trapped";

interface DamageOptions extends ErrorOptions {
  readonly code?: DamageCode;
}

/**
 * Why a picture can't be read or written. Its message goes on from "The picture can't be shown: " in an API answer, so it is a clause
 * that says "it" of the picture and ends without a stop.
 */
export class Damage extends Error {
  override readonly name: string = "Damage";
  readonly code: DamageCode;

  constructor(message: string, { code = "damaged", ...options }: DamageOptions = {}) {
    super(message, options);
    this.code = code;
  }
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Damage };

export function refuse(code: DamageCode, message: string): { readonly ok: false; readonly error: Damage } {
  return { ok: false, error: new Damage(message, { code }) };
}
