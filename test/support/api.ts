// Calls the API Worker in tests as the outside does, with bindings that a test may replace.
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import worker from "../../workers/api/index.ts";
import { holdToDeclaration } from "./declared-answers.ts";

export const ORIGIN = "https://edgepix.test";

/** The src Worker as far as the API knows it: it forgets what it is asked to, and has no time to look. */
const src = {
  fetch: async () => new Response("src is not running here", { status: 501 }),
  purge: async () => true,
  look: async () => ({ outcome: "later" }),
  engine: async () => 1,
};

/** The Worker's bindings with src as above, and those that a test replaces. */
export function apiEnv(bindings: Readonly<Record<string, unknown>> = {}): ApiEnv {
  const replaced: Readonly<Record<string, unknown>> = { SRC: src, ...bindings };
  return { ...env, ...replaced };
}

/** Sends a request through the whole Worker and waits for what it does after its answer, which must be as declared. */
export async function call(
  path: string,
  init: RequestInit = {},
  bindings: Readonly<Record<string, unknown>> = {},
): Promise<Response> {
  const context = createExecutionContext();
  const request = new Request(new URL(path, ORIGIN), init);
  const response = await worker.fetch(request, apiEnv(bindings), context);
  await waitOnExecutionContext(context);
  await holdToDeclaration(request, response);
  return response;
}

/** A form as browsers send it: fields in order, the file where it stands. */
export function form(...parts: readonly (readonly [name: string, value: string | File])[]): FormData {
  const data = new FormData();
  for (const [name, value] of parts) {
    if (typeof value === "string") data.append(name, value);
    else data.append(name, value, value.name);
  }
  return data;
}

export function authorization(key: string): { readonly Authorization: string } {
  return { Authorization: `Bearer ${key}` };
}
