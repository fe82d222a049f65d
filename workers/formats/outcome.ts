// What comes of reading bytes that may be bad, as a value.

/** Why a picture cannot be read, as a value. */
export interface Damage {
  readonly code: "damaged" | "truncated" | "unsupported" | "too-large";
  /** One sentence for a log or an API answer. */
  readonly reason: string;
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Damage };

export const refuse = (
  code: Damage["code"],
  reason: string,
): { readonly ok: false; readonly error: Damage } => ({
  ok: false,
  error: { code, reason },
});
