// A file that lies somewhere else: read as a stream, whole, or in parts.

/** Where an original's bytes come from; opened only when they are read. */
export interface Bytes {
  /** From its beginning, or from there on. */
  stream(from?: number): Promise<ReadableStream<Uint8Array>>;
  whole(): Promise<Uint8Array<ArrayBuffer>>;
  /** A part; shorter where the original ends before it does. */
  range(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** A part of a file; fewer bytes than asked for at its end. */
export type ReadRange = (offset: number, length: number) => Promise<Uint8Array>;
