// Gathers the pieces of a small file as they are made.

export class HeldFile {
  readonly #pieces: Uint8Array<ArrayBuffer>[] = [];

  readonly write = (piece: Uint8Array<ArrayBuffer>): void => {
    this.#pieces.push(piece.slice());
  };

  whole(): Uint8Array<ArrayBuffer> {
    const file = new Uint8Array(this.#pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of this.#pieces) {
      file.set(piece, at);
      at += piece.length;
    }
    return file;
  }
}
