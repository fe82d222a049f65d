// Asks another city, where no cache holds anything, and waits for what it does after its answer.
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decide } from "../../workers/src/door/decide.ts";
import { versionOf } from "../../workers/src/door/version.ts";
import { askForVariant, Variants } from "../../workers/src/variants.ts";

/** `name`: what is asked for, where it is not what the row means now. */
export async function askElsewhere(path: string, { headers = {}, bindings = env, name = "" } = {}) {
  const request = new Request(`https://src.example.com${path}`, { headers });
  const accept = request.headers.get("Accept") ?? "";
  const { original, plan } = await decide(bindings, new URL(request.url), accept, Date.now());
  const context = Object.assign(createExecutionContext(), { cache: {} });
  const variants = new Variants(context, bindings);
  const through = {
    fetch: async (input: RequestInfo | URL, init?: RequestInit) => variants.fetch(new Request(input, init)),
  };
  const version = name || (await versionOf(original, plan));
  const answer = await askForVariant(through, original, version, request, crypto.randomUUID());
  const bytes = await answer.bytes();
  await waitOnExecutionContext(context);
  return { status: answer.status, headers: answer.headers, bytes, version, plan };
}
