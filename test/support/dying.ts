// The bindings of a process that dies: after so many calls nothing that it asks for happens any more.

/** Methods that only hand out something to call; the others reach out of the process. */
const handing = new Set<string | symbol>(["prepare", "bind", "getByName", "resumeMultipartUpload"]);
const handingLater = new Set<string | symbol>(["createMultipartUpload"]);

export interface Dying<T> {
  readonly bindings: T;
  /** Whether the process wanted more than it lived to do. */
  readonly isDead: () => boolean;
}

/**
 * Lets the first so many calls through, over all bindings together. Every later one fails without doing anything,
 * those that would take something back included: what is left is what the death of a process leaves.
 */
export function dyingAfter<T extends object>(calls: number, bindings: T): Dying<T> {
  let made = 0;
  const bare = new WeakMap<object, object>();

  const guard = <Target>(target: Target): Target => {
    if (typeof target !== "object" || target === null) return target;
    const guarded = new Proxy(target, {
      get(object, name) {
        const member: unknown = Reflect.get(object, name);
        if (typeof member !== "function") return member;
        return (...args: readonly unknown[]) => {
          const act = (): unknown => Reflect.apply(member, object, args.map(unguard));
          if (handing.has(name)) return guard(act());
          made++;
          if (made > calls) return Promise.reject(new Error("this process is dead"));
          return handingLater.has(name) ? Promise.resolve(act()).then(guard) : act();
        };
      },
    });
    bare.set(guarded, target);
    return guarded;
  };
  /** The platform takes its own statements only. */
  const unguard = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(unguard);
    return typeof value === "object" && value !== null ? (bare.get(value) ?? value) : value;
  };

  const guardedBindings = new Proxy(bindings, {
    get: (object, name): unknown => guard<unknown>(Reflect.get(object, name)),
  });
  return { bindings: guardedBindings, isDead: () => made > calls };
}
