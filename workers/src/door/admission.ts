// Lets jobs into the isolate's memory: in order, within one budget, with a queue that ends.
import { ApiError } from "../../shared/api-error.ts";
import { defaultLimits } from "../plan/plan.ts";

/** Who waits or works. Timestamps are kept because a cancelled request never runs its `finally`. */
interface Ticket {
  readonly bytes: number;
  startedAt: number | undefined;
  seenAt: number;
}

const POLL_MS = 15;
/** A waiter that has not looked for so long was cancelled. */
const WAITER_LOST_MS = 2_000;
/** No job may run longer than the Worker's CPU limit; one that seems to was cancelled. */
const JOB_LOST_MS = 60_000;
const RETRY_AFTER_SECONDS = 2;

export class MemoryGate {
  readonly #budgetBytes: number;
  readonly #maxWaiting: number;
  #tickets: Ticket[] = [];

  constructor(budgetBytes: number, maxWaiting: number) {
    this.#budgetBytes = budgetBytes;
    this.#maxWaiting = maxWaiting;
  }

  /** Runs a job once its predicted bytes fit beside the others; refuses with `overloaded` when too many wait. */
  async run<Result>(bytes: number, job: () => Promise<Result>): Promise<Result> {
    this.#dropLost();
    const waiting = this.#tickets.filter(({ startedAt }) => startedAt === undefined).length;
    if (waiting >= this.#maxWaiting) {
      throw new ApiError("overloaded", { action: { type: "wait", retry_after: RETRY_AFTER_SECONDS } });
    }
    const ticket: Ticket = { bytes, startedAt: undefined, seenAt: Date.now() };
    this.#tickets.push(ticket);
    try {
      // Each waiter looks for itself: a promise shared between requests would die with the request that made it.
      while (!this.#mayStart(ticket)) {
        await scheduler.wait(POLL_MS);
        ticket.seenAt = Date.now();
        // A job that held the CPU for seconds kept every waiter from looking: then the first to look took this one for
        // lost, and it stands in line again.
        if (!this.#tickets.includes(ticket)) this.#tickets.push(ticket);
        this.#dropLost();
      }
      ticket.startedAt = Date.now();
      return await job();
    } finally {
      this.#tickets = this.#tickets.filter((other) => other !== ticket);
    }
  }

  #mayStart(ticket: Ticket): boolean {
    const isNext = this.#tickets.find(({ startedAt }) => startedAt === undefined) === ticket;
    const running = this.#tickets.filter(({ startedAt }) => startedAt !== undefined);
    const used = running.reduce((sum, { bytes }) => sum + bytes, 0);
    return isNext && (running.length === 0 || used + ticket.bytes <= this.#budgetBytes);
  }

  #dropLost(): void {
    const now = Date.now();
    this.#tickets = this.#tickets.filter(({ startedAt, seenAt }) =>
      startedAt === undefined ? now - seenAt < WAITER_LOST_MS : now - startedAt < JOB_LOST_MS,
    );
  }
}

/** How many jobs may wait for memory before the next is turned away. */
const MAX_WAITING = 64;

/** The one gate for all requests of the isolate: they share its 128 MB. */
export const gate = new MemoryGate(defaultLimits.memoryBytes, MAX_WAITING);
