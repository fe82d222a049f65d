// What has to be taken back when a later step fails, newest first.

export class Undo {
  readonly #steps: (() => Promise<unknown>)[] = [];

  /** Call before the step itself: a step that seems to have failed may have happened. So every undo is safe to repeat. */
  add(step: () => Promise<unknown>): void {
    this.#steps.push(step);
  }

  /**
   * Takes everything back. Stops at the first undo that fails: the reservation is the oldest step, so it then stays,
   * and its alarm finishes the work.
   */
  async run(): Promise<void> {
    for (const step of this.#steps.toReversed()) await step();
  }
}
