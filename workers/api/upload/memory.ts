// The memory that uploads under way may take together in one isolate: small ones pass large ones, and a crowd is turned away.
import { ApiError } from "../../shared/api-error.ts";
import { collectGarbage } from "../../shared/collector.ts";
import { type MemoryLimits, memoryLimits } from "./memory-limits.ts";

/** What an upload keeps: its form's fields, the part that goes to R2 next, the unfinished text of a drawing. */
export type Kept = "fields" | "part" | "drawing";

/** Says how many bytes are kept of it from now on; waits while there is no room. Throws `overloaded`. */
export type Hold = (what: Kept, bytes: number) => Promise<void>;

/** How often one looks before whom so many wait: each look leaves garbage, and those far behind have time. */
const pollMilliseconds = (ahead: number) => (ahead < 3 ? 40 : ahead < 12 ? 100 : 500);
const RETRY_AFTER_SECONDS = 5;

/** What uploads have kept is garbage after them, and V8 does not hurry: so much may pass until it is called. */
const LITTER_BYTES = 32_000_000;

export interface Visitor {
  readonly caller: string;
  /** Above 0, up to 1. */
  readonly share: number;
  readonly waitMilliseconds: number;
}

interface Place {
  readonly caller: string;
  readonly share: number;
  bytes: number;
  wanted: number;
  seenAt: number;
}

export class UploadMemory {
  readonly #limits: MemoryLimits;
  #places: Place[] = [];
  #waiting: Place[] = [];
  /** Kept by uploads since the collector came last. */
  #passedBytes = 0;

  constructor(limits: MemoryLimits) {
    this.#limits = limits;
  }

  /** A place for one upload of a caller, who gets at most that share of the room. `leave` it at the end. */
  enter({ caller, share, waitMilliseconds }: Visitor): Stay {
    const place: Place = { caller, share, bytes: 0, wanted: 0, seenAt: Date.now() };
    this.#places.push(place);
    return new Stay({
      leastBytes: this.#limits.leastBytes,
      hold: (bytes) => this.#hold(place, bytes, waitMilliseconds),
      seen: () => {
        place.seenAt = Date.now();
      },
      leave: () => {
        this.#places = this.#places.filter((other) => other !== place);
      },
    });
  }

  async #hold(place: Place, bytes: number, waitMilliseconds: number): Promise<void> {
    place.wanted = bytes;
    place.seenAt = Date.now();
    if (bytes > place.bytes && !this.#mayGrow(place)) await this.#wait(place, waitMilliseconds);
    this.#passedBytes += Math.max(0, bytes - place.bytes);
    place.bytes = bytes;
    if (this.#passedBytes < LITTER_BYTES) return;
    this.#passedBytes = 0;
    collectGarbage();
  }

  /** Each waiter looks for itself: a promise shared between requests would die with the request that made it. */
  async #wait(place: Place, waitMilliseconds: number): Promise<void> {
    this.#dropLost();
    if (this.#waiting.length >= this.#limits.maxWaiting) throw overloaded();
    this.#waiting.push(place);
    const until = Date.now() + waitMilliseconds;
    try {
      while (!this.#mayGrow(place)) {
        if (Date.now() >= until) throw overloaded();
        await scheduler.wait(pollMilliseconds(this.#waiting.indexOf(place)));
        place.seenAt = Date.now();
        this.#dropLost();
      }
    } finally {
      this.#waiting = this.#waiting.filter((other) => other !== place);
    }
  }

  /** Who waits longer goes first, unless it is only their own uploads that they wait for. */
  #mayGrow(place: Place): boolean {
    if (!this.#fits(place, "own") || !this.#fits(place, "all")) return false;
    const at = this.#waiting.indexOf(place);
    const ahead = at === -1 ? this.#waiting : this.#waiting.slice(0, at);
    const isLarge = this.#isLarge(place.wanted);
    return !ahead.some((other) => this.#isLarge(other.wanted) === isLarge && this.#fits(other, "own"));
  }

  /** Among the caller's own uploads, or among all of its size. One alone may be larger than the room is for many. */
  #fits(place: Place, among: "own" | "all"): boolean {
    const { caller, share, wanted } = place;
    const isLarge = this.#isLarge(wanted);
    const budget = isLarge ? this.#limits.largeBytes : this.#limits.smallBytes;
    const others = this.#places.filter((other) => other !== place && this.#isLarge(other.bytes) === isLarge);
    const counted = among === "all" ? others : others.filter((other) => other.caller === caller);
    const held = counted.reduce((sum, { bytes }) => sum + bytes, 0);
    return held === 0 || held + wanted <= (among === "all" ? budget : budget * share);
  }

  #isLarge(bytes: number): boolean {
    return bytes > this.#limits.smallUploadBytes;
  }

  #dropLost(): void {
    const lost = Date.now() - this.#limits.lostMilliseconds;
    this.#places = this.#places.filter(({ seenAt }) => seenAt > lost);
    this.#waiting = this.#waiting.filter(({ seenAt }) => seenAt > lost);
  }
}

interface StayActions {
  readonly leastBytes: number;
  readonly hold: (bytes: number) => Promise<void>;
  readonly seen: () => void;
  readonly leave: () => void;
}

/** One upload in the room. */
export class Stay {
  readonly #actions: StayActions;
  readonly #kept = new Map<Kept, number>();

  constructor(actions: StayActions) {
    this.#actions = actions;
  }

  readonly hold: Hold = async (what, bytes) => {
    this.#kept.set(what, bytes);
    const sum = [...this.#kept.values()].reduce((total, one) => total + one, this.#actions.leastBytes);
    await this.#actions.hold(sum);
  };

  /** A sign of life. */
  seen(): void {
    this.#actions.seen();
  }

  leave(): void {
    this.#actions.leave();
  }
}

function overloaded(): ApiError {
  return new ApiError("overloaded", {
    message: "Too many uploads are under way right now. Try again shortly.",
    action: { type: "wait", retry_after: RETRY_AFTER_SECONDS },
  });
}

/** The one room for all requests of the isolate: they share its 128 MB. */
export const uploadMemory = new UploadMemory(memoryLimits);
