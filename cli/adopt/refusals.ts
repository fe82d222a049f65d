// What was not taken: written down as it happens, so that a kill loses nothing, and a bucket full of anything else fits in no memory.
import { appendFileSync, rmSync } from "node:fs";
import { type RefusedThing, reasonsOf, refusedRow, refusedTableHead } from "../refused.ts";

export class Refusals {
  readonly path: string;
  /** How many of each reason, with one of them. */
  readonly #byReason = new Map<string, { count: number; example: string }>();
  #count = 0;

  /** Begins anew: what was refused before is tried again. */
  constructor(bucket: string) {
    // Its name comes from elsewhere, and must not lead to another folder.
    this.path = `adopt-${bucket.replaceAll(/[^\w-]+/g, "-").slice(0, 100)}.failed.csv`;
    rmSync(this.path, { force: true });
  }

  get count(): number {
    return this.#count;
  }

  add(thing: RefusedThing): void {
    if (this.#count === 0) appendFileSync(this.path, refusedTableHead, { mode: 0o600 });
    appendFileSync(this.path, refusedRow(thing));
    this.#count++;
    const reason = `${thing.code}: ${thing.message}`;
    const known = this.#byReason.get(reason);
    this.#byReason.set(reason, { count: (known?.count ?? 0) + 1, example: known?.example ?? thing.name });
  }

  lines(): readonly string[] {
    if (this.#count === 0) return [];
    return [...reasonsOf(this.#byReason), `All of them stand in ${this.path}.`];
  }
}
