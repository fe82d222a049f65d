// Bytes of a file that grows while it is written; numbers go in little endian, as GIF and RIFF want them.

export class ByteSink {
  private bytes = new Uint8Array(4096);
  length = 0;

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  word(value: number): void {
    this.byte(value & 255);
    this.byte((value >> 8) & 255);
  }

  triple(value: number): void {
    this.word(value & 0xffff);
    this.byte((value >> 16) & 255);
  }

  long(value: number): void {
    this.word(value & 0xffff);
    this.word(value >>> 16);
  }

  text(value: string): void {
    for (const letter of value) this.byte(letter.charCodeAt(0));
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Writes over a byte that was not known when its place came. */
  patch(at: number, value: number): void {
    this.bytes[at] = value;
  }

  patchLong(at: number, value: number): void {
    for (let i = 0; i < 4; i++) this.bytes[at + i] = (value >>> (i * 8)) & 255;
  }

  /** The file so far, in memory of exactly its size. */
  take(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length);
  }

  /** What was written so far, which is then forgotten. */
  drain(): Uint8Array<ArrayBuffer> {
    const piece = this.take();
    this.length = 0;
    return piece;
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }
}
