// Lets jobs into the isolate: one budget of memory, one heavy job at a time, a queue that ends, and room between for everyone else.
import { ApiError } from "../../shared/api-error.ts";
import { type Cost, nextOf, type Runner, type Waiter } from "./queue.ts";

/** What the isolate holds besides its jobs, and how to make it hold less. */
export interface Idle {
  bytes(): number;
  /** Leaves idle memory to the collector until no more than `mostBytes` are held. */
  release(mostBytes: number): void;
}

export interface GateLimits {
  /** Of jobs, streams and what is idle, together. */
  readonly memoryBytes: number;
  /** Waiters beyond these are turned away, by number and by the processor time that stands before them. */
  readonly maxWaiting: number;
  readonly maxWaitingMs: number;
}

export interface Admission {
  /**
   * Keeps the request alive until its job is done (`ctx.waitUntil`): what has begun is finished, although its visitor has hung up. Who hangs up
   * while he waits is forgotten.
   */
  readonly keepAlive?: (work: Promise<unknown>) => void;
  /** Called once when this job is the next, where it has to wait: what it fetches then is there when its turn comes. */
  readonly prepare?: () => void;
}

/** Who waits or works. `seenAt` is kept because a cancelled request never runs its `finally`. */
interface Ticket extends Waiter {
  startedAt: number | undefined;
  isPrepared: boolean;
  seenAt: number;
  /** Ends the wait at once. */
  wake: () => void;
  readonly prepare: (() => void) | undefined;
}

/** A waiter looks for itself, since whoever should have woken it may have been cancelled. */
const LOOK_MS = 200;
/** Who has not looked for so long was cancelled. */
const LOST_MS = 2_000;

export class Gate {
  readonly #limits: GateLimits;
  readonly #idle: Idle;
  #tickets: Ticket[] = [];
  #heldBytes = 0;
  /** Runs only while somebody looks: a job that holds the processor for seconds keeps everybody from looking. */
  #clock = 0;
  #lookedAt = 0;

  constructor(limits: GateLimits, idle: Idle) {
    this.#limits = limits;
    this.#idle = idle;
  }

  /** Runs a job when it is its turn; refuses with `overloaded` when too many wait. */
  async run<Result>(cost: Cost, job: () => Promise<Result>, admission: Admission = {}): Promise<Result> {
    this.#look();
    this.#refuseCrowds();
    const ticket: Ticket = {
      ...cost,
      arrivedAt: Date.now(),
      startedAt: undefined,
      isPrepared: false,
      seenAt: this.#clock,
      wake: () => undefined,
      prepare: admission.prepare,
    };
    this.#tickets.push(ticket);
    try {
      await this.#turn(ticket);
    } catch (cause) {
      this.#leave(ticket);
      throw cause;
    }
    const work = this.#work(ticket, job);
    admission.keepAlive?.(work.catch(() => undefined));
    return work;
  }

  /** Counts memory that no job takes: a stream on its way. Call what it gives when that is over. */
  hold(bytes: number): () => void {
    this.#heldBytes += bytes;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#heldBytes -= bytes;
      this.#wakeNext();
    };
  }

  async #turn(ticket: Ticket): Promise<void> {
    while (this.#next() !== ticket) {
      if (!ticket.isPrepared && this.#follower() === ticket) {
        ticket.isPrepared = true;
        ticket.prepare?.();
      }
      const woken = Promise.withResolvers<void>();
      ticket.wake = woken.resolve;
      await Promise.race([woken.promise, scheduler.wait(LOOK_MS)]);
      this.#look(ticket);
    }
    ticket.startedAt = Date.now();
    this.#makeRoom();
    // A light job may start beside this one.
    this.#wakeNext();
  }

  async #work<Result>(ticket: Ticket, job: () => Promise<Result>): Promise<Result> {
    const heart = setInterval(() => this.#look(ticket), LOOK_MS);
    try {
      // Requests that came during the job before this one get in first.
      await scheduler.wait(0);
      return await job();
    } finally {
      clearInterval(heart);
      this.#leave(ticket);
    }
  }

  #leave(ticket: Ticket): void {
    this.#tickets = this.#tickets.filter((other) => other !== ticket);
    this.#wakeNext();
  }

  #next(): Ticket | undefined {
    const [running, waiting] = this.#parts();
    // What is idle makes room for a job, so it is no reason to wait.
    const roomBytes = this.#limits.memoryBytes - this.#heldBytes;
    return nextOf(waiting, running, roomBytes, Date.now());
  }

  #parts(): [running: Runner[], waiting: Ticket[]] {
    return [
      this.#tickets.filter((ticket) => isRunning(ticket)),
      this.#tickets.filter((ticket) => !isRunning(ticket)),
    ];
  }

  #makeRoom(): void {
    const [running] = this.#parts();
    const used = running.reduce((sum, { memoryBytes }) => sum + memoryBytes, this.#heldBytes);
    if (used + this.#idle.bytes() > this.#limits.memoryBytes) {
      this.#idle.release(Math.max(0, this.#limits.memoryBytes - used));
    }
  }

  /** Both look for themselves: a request may do nothing for another but wake it. */
  #wakeNext(): void {
    this.#next()?.wake();
    this.#follower()?.wake();
  }

  /** Who comes after those that run. */
  #follower(): Ticket | undefined {
    const [, waiting] = this.#parts();
    return nextOf(waiting, [], Number.POSITIVE_INFINITY, Date.now());
  }

  /** Says that a ticket's request is alive, and forgets those that are not. */
  #look(ticket?: Ticket): void {
    const now = Date.now();
    this.#clock += Math.min(Math.max(0, now - this.#lookedAt), LOOK_MS);
    this.#lookedAt = now;
    if (ticket) ticket.seenAt = this.#clock;
    this.#tickets = this.#tickets.filter(({ seenAt }) => this.#clock - seenAt < LOST_MS);
    // It was taken for lost, and stands in line again.
    if (ticket && !this.#tickets.includes(ticket)) this.#tickets.push(ticket);
  }

  #refuseCrowds(): void {
    const { maxWaiting, maxWaitingMs } = this.#limits;
    const [, waiting] = this.#parts();
    const beforeMs = waiting.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
    if (waiting.length < maxWaiting && beforeMs <= maxWaitingMs) return;
    const retry_after = Math.max(2, Math.ceil(beforeMs / 1000));
    throw new ApiError("overloaded", { action: { type: "wait", retry_after } });
  }
}

const isRunning = (ticket: Ticket): ticket is Ticket & Runner => ticket.startedAt !== undefined;
