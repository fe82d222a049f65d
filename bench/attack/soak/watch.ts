// Counts a soak, and says each half minute what both Workers held.

import { ISOLATE_BYTES } from "../host/limited-process.ts";
import type { Product } from "../host/product.ts";
import { forgetPeak, peakOf, readMemory } from "../measure.ts";
import type { Service } from "./honest.ts";

const SAMPLE_MS = 30_000;
/** Time for what is still under way, and for the collector. */
const REST_MS = 20_000;

/** Megabytes. */
interface Sample {
  readonly api: number;
  readonly src: number;
}

const NAMES = ["api", "src"] as const;
const row = (...cells: readonly (string | number)[]) =>
  cells.map((cell) => String(cell).padStart(12)).join("");

export class Watch {
  readonly #product: Product;
  readonly #begun = Date.now();
  readonly #until: number;
  readonly #peaks: Sample[] = [];
  readonly #problems = new Map<string, number>();
  readonly #services = { served: 0, "turned away": 0, error: 0 };
  #attacks = 0;
  #mending: Promise<void> | undefined;
  restarts = 0;

  constructor(product: Product, minutes: number) {
    this.#product = product;
    this.#until = this.#begun + minutes * 60_000;
  }

  get isOver(): boolean {
    return Date.now() >= this.#until;
  }

  get hasDied(): boolean {
    return this.#mending !== undefined || this.#dead().length > 0;
  }

  attacked(name: string, problems: readonly string[]): void {
    this.#attacks++;
    for (const problem of problems) this.#add(`${name}: ${problem}`);
  }

  /** What failed because a Worker had died is an error too: that is what it does to people. */
  served(service: Service): void {
    this.#services[service]++;
  }

  /** Puts up again what has died, once for all who notice. */
  async mend(): Promise<void> {
    if (this.#mending) return this.#mending;
    const dead = this.#dead();
    if (dead.length === 0) return;
    for (const name of dead) this.#add(`${name} died: ${this.#product.workers()[name].lastWords()}`);
    this.restarts++;
    this.#mending = this.#product.restart().finally(() => {
      this.#mending = undefined;
    });
    await this.#mending;
  }

  /** Until the soak is over. */
  async run(): Promise<void> {
    console.log(row("minutes", "api MB", "src MB", "attacks", "served", "turned away", "errors", "restarts"));
    this.#forget();
    while (!this.isOver) {
      await new Promise((go) => setTimeout(go, SAMPLE_MS));
      const peak = { api: this.#peak("api"), src: this.#peak("src") };
      this.#peaks.push(peak);
      this.#forget();
      const minutes = ((Date.now() - this.#begun) / 60_000).toFixed(1);
      const { served, error, "turned away": away } = this.#services;
      console.log(
        row(
          minutes,
          peak.api.toFixed(0),
          peak.src.toFixed(0),
          this.#attacks,
          served,
          away,
          error,
          this.restarts,
        ),
      );
    }
  }

  /** What both hold when nothing has been asked of them for a while. */
  async rest(): Promise<void> {
    await this.mend();
    await new Promise((go) => setTimeout(go, REST_MS));
    this.#forget();
    // Less than when it was warm, where the collector has been since.
    const [api, src] = NAMES.map((name) => Math.max(0, this.#peak(name)).toFixed(0));
    console.log(`\nAt rest: api ${api} MB, src ${src} MB.`);
  }

  /** Prints the sum; false where a Worker died, an honest request failed, or an answer broke the contract. */
  summarise(): boolean {
    const { served, error, "turned away": away } = this.#services;
    const asked = Math.max(1, served + error + away);
    const share = (count: number) => `${count} (${((100 * count) / asked).toFixed(2)} %)`;
    console.log(
      `\n${this.#attacks} attacks, ${this.restarts} restarts. ${asked} honest requests: ${share(away)} turned away, ${share(error)} failed.`,
    );
    // A third is long enough for every kind of row to have come by.
    const third = Math.max(1, Math.floor(this.#peaks.length / 3));
    for (const name of NAMES) {
      const most = (samples: readonly Sample[]) =>
        Math.max(...samples.map((sample) => sample[name])).toFixed(0);
      const mean = (samples: readonly Sample[]) =>
        (samples.reduce((sum, sample) => sum + sample[name], 0) / samples.length).toFixed(0);
      const [first, last] = [this.#peaks.slice(0, third), this.#peaks.slice(-third)];
      console.log(
        `${name}: peaks of ${mean(first)} MB in the first third, ${mean(last)} in the last; ${most(this.#peaks)} of ${ISOLATE_BYTES / 1e6} at most.`,
      );
    }
    for (const [problem, times] of this.#problems) console.log(`  ${times} x ${problem}`);
    return this.restarts === 0 && error === 0 && this.#problems.size === 0;
  }

  #peak(name: (typeof NAMES)[number]): number {
    const worker = this.#product.workers()[name];
    return worker.hasDied() ? Number.NaN : peakOf(worker.base, readMemory(worker.pid)) / 1e6;
  }

  #forget(): void {
    for (const { pid } of Object.values(this.#product.workers())) forgetPeak(pid);
  }

  #dead() {
    return NAMES.filter((name) => this.#product.workers()[name].hasDied());
  }

  #add(problem: string): void {
    const line = problem.slice(0, 300);
    this.#problems.set(line, (this.#problems.get(line) ?? 0) + 1);
  }
}
