// Where idle instances of WebAssembly wait for their next picture, kernels and codecs alike, and what they hold meanwhile.
//
// WebAssembly memory never shrinks and can't be given back: an instance is either kept for the next picture or left to the
// collector, and stands until that has run. All of them lie in the isolate's one budget, so all of them are counted here.
import type { Claims } from "../../plan/claims.ts";

/** Whatever lives in a memory of its own. */
export interface Resident {
  readonly memory: WebAssembly.Memory;
}

/** What all idle instances may hold together. */
const MAX_IDLE_BYTES = 24 << 20;

const shelves = new Set<Shelf<Resident>>();
/** The instances that the collector may not have, least recently used first. */
const held = new Map<Shelf<Resident>, Resident>();
/** Instances at work, and how far their jobs' plans let them grow; an abandoned request never gives its own back. */
const lent = new Map<WeakRef<Resident>, number>();

/** Instances that nobody will use again, not yet collected. */
const left = new Set<WeakRef<Resident>>();

/** A place for one idle instance of one kind. */
export class Shelf<Instance extends Resident> {
  /** By which plans claim what waits here. */
  readonly #name: string;
  // What is too large to hold and not yet collected is as good as new, and better than a second one beside it.
  #idle: WeakRef<Instance> | undefined;

  constructor(name: string) {
    this.#name = name;
    shelves.add(this);
  }

  /** The idle instance, if there is one, or a new one; nobody else has it until it is put back. */
  async take(create: () => Instance | Promise<Instance>): Promise<Instance> {
    const instance = this.#idle?.deref();
    this.forget();
    return instance ?? create();
  }

  put(instance: Instance): void {
    // Of two that were at work at once one is enough.
    this.leave();
    this.#idle = new WeakRef(instance);
    if (bytesOf(instance) <= MAX_IDLE_BYTES) held.set(this, instance);
    for (const shelf of held.keys()) {
      if (sumOf(held.values()) <= MAX_IDLE_BYTES) break;
      held.delete(shelf);
    }
  }

  forget(): void {
    this.#idle = undefined;
    held.delete(this);
  }

  /** Leaves what waits here to the collector. */
  leave(): void {
    const instance = this.#idle?.deref();
    if (instance) leaveToCollector(instance);
    this.forget();
  }

  /** What waits here, not yet collected, beyond what a job will take of it. */
  idleBytes(claims: Claims): number {
    const instance = this.#idle?.deref();
    return instance ? Math.max(0, bytesOf(instance) - (claims[this.#name] ?? 0)) : 0;
  }
}

/** Says that `work` has an instance whose job was admitted with `maxBytes` for it. */
export async function whileLent<Result>(
  instance: Resident,
  maxBytes: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const ticket = new WeakRef(instance);
  lent.set(ticket, maxBytes);
  try {
    return await work();
  } finally {
    lent.delete(ticket);
  }
}

/** An instance that can't be used again: it counts until it is gone. */
export function leaveToCollector(instance: Resident): void {
  left.add(new WeakRef(instance));
}

/**
 * Bytes of WebAssembly memory that no running job's plan accounts for: idle instances, and what an instance at work has
 * grown to under an earlier job. What the next job `claims` it will use again, and is accounted for by its own plan.
 */
export function idleBytes(claims: Claims = {}): number {
  let sum = 0;
  for (const shelf of shelves) sum += shelf.idleBytes(claims);
  for (const [ticket, maxBytes] of lent) {
    const instance = ticket.deref();
    if (instance) sum += Math.max(0, bytesOf(instance) - maxBytes);
    else lent.delete(ticket);
  }
  return sum;
}

/** Bytes of the instances that were left to the collector, and that it has not come for. */
export function leftBytes(): number {
  let sum = 0;
  for (const ticket of left) {
    const instance = ticket.deref();
    if (instance) sum += bytesOf(instance);
    else left.delete(ticket);
  }
  return sum;
}

/**
 * Leaves idle instances to the collector until no more than `mostBytes` are idle: least recently used first, and what the next job
 * `claims` only where it has outgrown that.
 */
export function releaseIdle(mostBytes: number, claims: Claims = {}): void {
  const byAge = new Set([...shelves].filter((shelf) => !held.has(shelf)));
  for (const shelf of held.keys()) byAge.add(shelf);
  for (const shelf of byAge) {
    if (idleBytes(claims) <= mostBytes) return;
    if (shelf.idleBytes(claims) > 0) shelf.leave();
  }
}

const bytesOf = ({ memory }: Resident) => memory.buffer.byteLength;
const sumOf = (instances: Iterable<Resident>) =>
  [...instances].reduce((sum, instance) => sum + bytesOf(instance), 0);
