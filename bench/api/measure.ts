// Measures one endpoint: what it reads and writes in D1, and how long its answer takes over HTTP.
import type { Call, Endpoint } from "./endpoints.ts";
import { percentiles } from "./load.ts";

export interface Cost {
  readonly rowsRead: number;
  readonly rowsWritten: number;
  /** Median, in milliseconds. */
  readonly ms: number;
}

export interface Target {
  readonly origin: URL;
  readonly key: string;
}

const TURNS = 15;
const WARM_UP = 2;

export async function measureEndpoint({ call, turns = TURNS }: Endpoint, target: Target): Promise<Cost> {
  const counted = await send(target, call(0), { "X-Count-Rows": "1" });
  const times: number[] = [];
  for (let turn = 1; turn <= turns + WARM_UP; turn++) {
    const began = performance.now();
    await send(target, call(turn));
    if (turn > WARM_UP) times.push(performance.now() - began);
  }
  return {
    rowsRead: Number(counted.headers.get("X-Rows-Read")),
    rowsWritten: Number(counted.headers.get("X-Rows-Written")),
    ms: percentiles(times).p50,
  };
}

/** Sends a call and reads its answer to the end. Throws when it is refused. */
export async function send(
  { origin, key }: Target,
  { method, path, json, file }: Call,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const headers = {
    Authorization: `Bearer ${key}`,
    "Content-Type": json === undefined ? "image/jpeg" : "application/json",
    ...more,
  };
  const body = json === undefined ? file : JSON.stringify(json);
  const answer = await fetch(new URL(path, origin), { method, headers, ...(body && { body }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
  return new Response(text, answer);
}
