// The way to our own cached entrypoint, with its type named here.
import type { Variants } from "../variants.ts";

/**
 * `ctx.exports` has the type of whichever Worker's program this file is checked in, and the API's program holds it too
 * through its service binding; so the entrypoint is looked up by name.
 */
export function variantsOf(ctx: ExecutionContext): LoopbackServiceStub<Variants> {
  const variants: unknown = Reflect.get(ctx.exports, "Variants");
  if (!isVariants(variants)) throw new Error("The Worker does not export Variants.");
  return variants;
}

function isVariants(value: unknown): value is LoopbackServiceStub<Variants> {
  return typeof value === "function";
}
