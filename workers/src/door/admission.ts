// Lets jobs into the isolate: one budget of memory, one heavy job at a time, a queue that ends, and room between for everyone else.
import { ApiError } from "../../shared/api-error.ts";
import type { StreamWatch } from "../metadata/strip.ts";
import type { Claims, Leftovers } from "../plan/claims.ts";
import { type Cost, nextOf, type Runner, turnOf, type Waiter } from "./queue.ts";

/** What the isolate holds besides its jobs, and how to make it hold less. A job's `claims` are what it will use again itself. */
export interface Idle {
  bytes(claims: Claims): number;
  /** Leaves idle memory to the collector until no more than `mostBytes` are held. */
  release(mostBytes: number, claims: Claims): void;
  /** What was left to the collector, and still stands. */
  leftBytes(): number;
  /** Has the collector come, if it can be had. */
  collect(): void;
}

/** A job as the gate sees it. */
export interface Job extends Cost, Leftovers {}

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
interface Ticket extends Waiter, Job {
  startedAt: number | undefined;
  isPrepared: boolean;
  seenAt: number;
  readonly prepare: (() => void) | undefined;
}

/** How often the first in line looks whether its turn has come, and at least how often everyone does. */
const FIRST_LOOK_MS = 4;
const LOOK_MS = 200;
/** Who has not looked for so long was cancelled. */
const LOST_MS = 2_000;
/** A stream whose request was cancelled says nothing of its end. */
const STREAM_LOST_MS = 30_000;

/** A job of so much comes near the isolate's limit, and takes long enough that the collector's 30 ms don't show … */
const LARGE_BYTES = 40 << 20;
/** … so that it begins without so much litter, whether or not it fits beside it. */
const WORTH_COLLECTING = 4 << 20;

/** Of what streams leave behind V8 lets so much pile up before it looks at what is young. */
const MOST_YOUNG_BYTES = 32 << 20;

export class Gate {
  readonly #limits: GateLimits;
  readonly #idle: Idle;
  #tickets: Ticket[] = [];
  readonly #streams = new Set<{ readonly bytes: number; movedAt: number }>();
  /** Runs only while somebody looks: a job that holds the processor for seconds keeps everybody from looking. */
  #clock = 0;
  #lookedAt = 0;
  /** What jobs may have left behind since the collector came last. */
  #litterBytes = 0;
  /** And streams, of the pieces that have been sent. */
  #streamLitterBytes = 0;

  constructor(limits: GateLimits, idle: Idle) {
    this.#limits = limits;
    this.#idle = idle;
  }

  /** Runs a job when it is its turn; refuses with `overloaded` when too many wait. */
  async run<Result>(cost: Job, job: () => Promise<Result>, admission: Admission = {}): Promise<Result> {
    this.#look();
    this.#refuseCrowds();
    const ticket: Ticket = {
      ...cost,
      arrivedAt: Date.now(),
      startedAt: undefined,
      isPrepared: false,
      seenAt: this.#clock,
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

  /** Counts the memory of a stream on its way, which never waits for its turn. One that has not moved for long is gone, or holds nothing. */
  hold(bytes: number): StreamWatch {
    const held = { bytes, movedAt: Date.now() };
    this.#streams.add(held);
    return {
      moved: (litterBytes = 0) => {
        held.movedAt = Date.now();
        this.#streamLitterBytes = Math.min(this.#streamLitterBytes + litterBytes, MOST_YOUNG_BYTES);
      },
      ended: () => {
        this.#streams.delete(held);
      },
    };
  }

  get #heldBytes(): number {
    let sum = 0;
    for (const stream of this.#streams) {
      if (Date.now() - stream.movedAt < STREAM_LOST_MS) sum += stream.bytes;
      else this.#streams.delete(stream);
    }
    return sum;
  }

  async #turn(ticket: Ticket): Promise<void> {
    while (this.#next() !== ticket) {
      const place = this.#placeOf(ticket);
      if (place === 0 && !ticket.isPrepared) {
        ticket.isPrepared = true;
        ticket.prepare?.();
      }
      // Each waiter looks for itself, the nearer its turn the oftener: a promise that another request keeps would go on in that one's name.
      await scheduler.wait(Math.min(LOOK_MS, FIRST_LOOK_MS * (place + 1)));
      this.#look(ticket);
    }
    ticket.startedAt = Date.now();
    await this.#makeRoom(ticket);
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
      this.#litterBytes += ticket.litterBytes;
    }
  }

  #leave(ticket: Ticket): void {
    this.#tickets = this.#tickets.filter((other) => other !== ticket);
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

  /** Before a job begins, the memory of those before it must be free, and not only nobody's any more. */
  async #makeRoom({ claims, mostBytes: askedBytes }: Ticket): Promise<void> {
    const [running] = this.#parts();
    const used = running.reduce((sum, { mostBytes }) => sum + mostBytes, this.#heldBytes);
    const room = Math.max(0, this.#limits.memoryBytes - used);
    if (this.#idle.bytes(claims) > room) this.#idle.release(room, claims);
    const litterBytes = this.#idle.leftBytes() + this.#litterBytes + this.#streamLitterBytes;
    const fits = this.#idle.bytes(claims) + litterBytes <= room;
    if (fits && (askedBytes < LARGE_BYTES || litterBytes < WORTH_COLLECTING)) return;
    // What has been looked at in this turn lives as long as the turn.
    await scheduler.wait(0);
    this.#idle.collect();
    this.#litterBytes = 0;
    this.#streamLitterBytes = 0;
  }

  /** How many waiters come before this one. */
  #placeOf(ticket: Ticket): number {
    const [, waiting] = this.#parts();
    return waiting.filter((other) => turnOf(other) < turnOf(ticket)).length;
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
