// A small load generator: so many requests at a time for so long, and how long each one took.
import { processorTime } from "./processor-time.ts";

export interface Load {
  readonly requests: number;
  readonly perSecond: number;
  /** Milliseconds of workerd's processor time for one request. */
  readonly processorMs: number;
  /** Milliseconds at the 50th, 95th and 99th percentile. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface LoadSettings {
  readonly connections: number;
  readonly seconds: number;
  /** The process whose workerd is at work; by default ours. */
  readonly starter?: number;
}

/** `send` throws when a request is refused: a fast refusal is no result. */
export async function measureLoad(
  send: (turn: number) => Promise<unknown>,
  { connections, seconds, starter }: LoadSettings,
): Promise<Load> {
  const times: number[] = [];
  let turn = 0;
  const start = performance.now();
  const end = start + seconds * 1_000;
  const connection = async () => {
    while (performance.now() < end) {
      const began = performance.now();
      await send(turn++);
      times.push(performance.now() - began);
    }
  };
  const work = () => Promise.all(Array.from({ length: connections }, connection));
  const processorMs = await processorTime(work, starter);
  const elapsedSeconds = (performance.now() - start) / 1_000;
  return {
    requests: times.length,
    perSecond: times.length / elapsedSeconds,
    processorMs: processorMs / times.length,
    ...percentiles(times),
  };
}

export function percentiles(times: readonly number[]) {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
