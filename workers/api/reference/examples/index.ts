// Every example of the reference, in the order in which one can run them.
import type { Origins } from "../../origins.ts";
import type { Call } from "./call.ts";
import { changeCalls } from "./calls/change.ts";
import { readCalls } from "./calls/read.ts";
import { refusedCalls } from "./calls/refused.ts";
import { uploadCalls } from "./calls/upload.ts";

export function examplesOf(origins: Origins): readonly Call[] {
  return [uploadCalls, readCalls, changeCalls, refusedCalls].flatMap((calls) => calls(origins));
}

/** Throws where there is none of that name: a page would show nothing. */
export function exampleOf(name: string, origins: Origins): Call {
  const call = examplesOf(origins).find((one) => one.name === name);
  if (!call) throw new Error(`There is no example ${name}.`);
  return call;
}
