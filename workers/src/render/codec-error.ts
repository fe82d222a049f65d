// A picture that a codec can't read or write.

/** Its message is fit for an API answer. */
export class CodecError extends Error {
  override readonly name = "CodecError";
}
