// A picture that a codec can't read or write.

/** Its message is fit for an API answer. */
export class CodecError extends Error {
  override readonly name: string = "CodecError";
}

/** A picture that needs more memory than its plan foresaw: its header says less than its bytes, or the plan is wrong. */
export class MemoryError extends CodecError {
  override readonly name: string = "MemoryError";

  constructor(message = "The picture needs more memory than its header says.", options?: ErrorOptions) {
    super(message, options);
  }
}
