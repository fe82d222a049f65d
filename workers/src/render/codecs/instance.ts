// Lends WebAssembly codecs, one job at a time: within the memory that the job's plan allows, and with nothing in them of
// the picture before.

import { Damage } from "../../../formats/damage.ts";
import { leaveToCollector, Shelf, whileLent } from "../../kernel/host/shelf.ts";
import { MemoryError } from "../memory-error.ts";

/** A codec and the memory it lives in. */
export interface Instance<Codec> {
  readonly codec: Codec;
  readonly memory: WebAssembly.Memory;
  /** From here on the memory may not grow past so many bytes; what it has, it keeps. */
  limit(maxBytes: number): void;
  /** Whether it was refused memory since the limit was set: what it answers then is not to be trusted. */
  wasRefused(): boolean;
  /** Called when the memory holds again what it held when it was new, for what is kept outside it. */
  renewed?(): void;
}

/** Gives `work` a codec that nobody else has and that may take `maxBytes` of memory. */
export type WithInstance<Codec> = <Result>(
  maxBytes: number,
  work: (codec: Codec) => Result | Promise<Result>,
) => Promise<Result>;

/** An instance's scraps on the JavaScript side (embind's handles) are a few bytes a picture; they go with it. */
const MAX_JOBS = 10_000;

/**
 * Keeps the last instance for the next picture, under the `name` by which plans claim its memory. Whatever `work` throws becomes a `Damage`, and a `MemoryError` where
 * the picture needed more than `maxBytes`; after anything but a `Damage` of its own, a trap above all, the instance is
 * never used again.
 */
export function keepInstance<Codec>(
  name: string,
  create: () => Promise<Instance<Codec>>,
): WithInstance<Codec> {
  const shelf = new Shelf<Renewable<Codec>>(name);
  return async (maxBytes, work) => {
    const renewable = await shelf.take(async () => new Renewable(await create()));
    const { instance } = renewable;
    instance.limit(maxBytes);
    try {
      const result = await whileLent(instance, maxBytes, async () => work(instance.codec));
      if (instance.wasRefused()) throw new MemoryError();
      putBack(shelf, renewable);
      return result;
    } catch (cause) {
      // A trap leaves half-finished state behind, and the next picture would be read into it.
      if (cause instanceof Damage) putBack(shelf, renewable);
      else leaveToCollector(renewable);
      if (instance.wasRefused()) throw new MemoryError(undefined, { cause });
      if (cause instanceof Damage) throw cause;
      throw new Damage("its bytes are damaged or of a kind that is not supported", {
        code: "trapped",
        cause,
      });
    }
  };
}

function putBack<Codec>(shelf: Shelf<Renewable<Codec>>, renewable: Renewable<Codec>): void {
  if (++renewable.jobs >= MAX_JOBS) leaveToCollector(renewable);
  else {
    renewable.renew();
    shelf.put(renewable);
  }
}

const PAGE_BYTES = 65_536;

/**
 * An instance that can be brought back to how it was when it was new. Codecs are in C++: what one hands over without
 * having written it (a conversion that failed, a row that a damaged file never came to) is whatever the picture before
 * has left there, and that is another visitor's.
 */
class Renewable<Codec> {
  readonly instance: Instance<Codec>;
  readonly memory: WebAssembly.Memory;
  jobs = 0;
  /** The pages of a new instance that are not all zero; there are few. */
  readonly #written = new Map<number, Uint8Array>();

  constructor(instance: Instance<Codec>) {
    this.instance = instance;
    this.memory = instance.memory;
    const bytes = new Uint8Array(instance.memory.buffer);
    for (let at = 0; at < bytes.length; at += PAGE_BYTES) {
      const page = bytes.subarray(at, at + PAGE_BYTES);
      if (page.some((byte) => byte !== 0)) this.#written.set(at, page.slice());
    }
  }

  /** 16 MB take a millisecond. */
  renew(): void {
    const bytes = new Uint8Array(this.memory.buffer);
    bytes.fill(0);
    for (const [at, page] of this.#written) bytes.set(page, at);
    this.instance.renewed?.();
  }
}
