// What can go wrong inside the kernel, as values. The numbers are those of assembly/status.ts.

export type KernelErrorCode = "damaged" | "truncated" | "unsupported" | "too-large" | "misused" | "trapped";

export interface KernelError {
  readonly code: KernelErrorCode;
  /** One sentence for a log or an API answer. */
  readonly reason: string;
}

export type KernelResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: KernelError };

const byStatus: Record<number, KernelError> = {
  [-1]: { code: "damaged", reason: "The picture's bytes are damaged." },
  [-2]: { code: "truncated", reason: "The picture's bytes end too early." },
  [-3]: { code: "unsupported", reason: "This kind of picture is not supported." },
  [-4]: { code: "too-large", reason: "The picture needs more memory or work than is allowed." },
  [-5]: { code: "misused", reason: "The kernel was called out of order." },
};

/** The error that a negative status means. */
export function errorOf(status: number): KernelError {
  return byStatus[status] ?? { code: "misused", reason: `The kernel answered ${status}.` };
}

export const fail = (error: KernelError): { readonly ok: false; readonly error: KernelError } => ({
  ok: false,
  error,
});
