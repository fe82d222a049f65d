// Bindings that fail at exactly one step, for tests of what a failure leaves behind.

/** The same object, but one of its asynchronous methods fails instead of doing anything. */
export function failingAt<T extends object>(target: T, method: string): T {
  return replacing(target, method, async () => {
    throw new Error(`${method} fails in this test`);
  });
}

/** The same object, but one of its methods does its work and then throws: the answer was lost on its way. */
export function failingAfter<T extends object>(target: T, method: string): T {
  return replacing(target, method, async (original, args) => {
    await original(...args);
    throw new Error(`the answer of ${method} is lost in this test`);
  });
}

type Call = (...args: readonly unknown[]) => unknown;

/** The same object with one method in other hands. */
export function replacing<T extends object>(
  target: T,
  method: string,
  instead: (original: Call, args: readonly unknown[]) => unknown,
): T {
  return new Proxy(target, {
    get(object, name) {
      const member: unknown = Reflect.get(object, name);
      if (typeof member !== "function") return member;
      const original: Call = (...args) => Reflect.apply(member, object, args);
      return name === method ? (...args: readonly unknown[]) => instead(original, args) : original;
    },
  });
}
