// Times the parts of a render for the `Server-Timing` header.

export class Stopwatch {
  readonly #entries: string[] = [];

  async time<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.#entries.push(`${name};dur=${(performance.now() - start).toFixed(1)}`);
    }
  }

  get header(): string {
    return this.#entries.join(", ");
  }
}
