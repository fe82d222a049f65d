// What is asked of the Analytics Engine: built from the declared columns, so that no query names a `blob3` of its own.
import * as z from "zod";
import { columnOf } from "../../schema/points.ts";

export interface Query<Schema extends z.ZodType = z.ZodType> {
  readonly title: string;
  /** From this moment on, Unix milliseconds. */
  readonly sql: (dataset: string, since: number) => string;
  readonly rows: Schema;
}

/** 64-bit numbers come as text. */
const number = z.coerce.number();
/** Cloudflare keeps a sample of what is written in bursts: each row stands for so many. */
const COUNT = "SUM(_sample_interval)";
const sumOf = (name: Parameters<typeof columnOf>[0]) => `SUM(_sample_interval * ${columnOf(name)})`;
const as = (name: Parameters<typeof columnOf>[0]) => `${columnOf(name)} AS ${name}`;

const from = (dataset: string, kind: "request" | "render", since: number) =>
  `FROM ${dataset} WHERE ${columnOf("kind")} = '${kind}' AND timestamp >= toDateTime('${printTime(since)}')`;
const printTime = (at: number) => new Date(at).toISOString().slice(0, 19).replace("T", " ");

const query = <Schema extends z.ZodType>(one: Query<Schema>) => one;

export const queries = {
  requests: query({
    title: "Requests that reached a Worker, by its route",
    sql: (dataset, since) =>
      `SELECT ${as("worker")}, ${as("route")}, ${COUNT} AS count, ${sumOf("bytes")} AS bytes, ${sumOf("received")} AS received ${from(dataset, "request", since)} GROUP BY worker, route ORDER BY count DESC LIMIT 200`,
    rows: z.array(
      z.object({ worker: z.string(), route: z.string(), count: number, bytes: number, received: number }),
    ),
  }),
  uploads: query({
    title: "Uploads that were taken",
    sql: (dataset, since) =>
      `SELECT ${COUNT} AS count, ${sumOf("received")} AS received ${from(dataset, "request", since)} AND ${columnOf("status")} = 201 AND ${columnOf("route")} IN ('POST /v1/images', 'POST /v1/upload', 'POST /v1/import', 'POST /', 'POST /gallery/upload')`,
    rows: z.array(z.object({ count: number, received: number })),
  }),
  renders: query({
    title: "Renders, by how they came about and by format",
    sql: (dataset, since) =>
      `SELECT ${as("cache")}, ${as("format")}, ${COUNT} AS count, ${sumOf("cpu_ms")} AS cpu_ms, quantileExactWeighted(0.95)(${columnOf("ms")}, _sample_interval) AS p95_ms ${from(dataset, "render", since)} AND ${columnOf("status")} = 200 GROUP BY cache, format ORDER BY count DESC LIMIT 50`,
    rows: z.array(
      z.object({ cache: z.string(), format: z.string(), count: number, cpu_ms: number, p95_ms: number }),
    ),
  }),
  errors: query({
    title: "Errors by code",
    sql: (dataset, since) =>
      `SELECT ${as("code")}, ${as("status")}, ${COUNT} AS count ${from(dataset, "request", since)} AND ${columnOf("status")} >= 400 GROUP BY code, status ORDER BY count DESC LIMIT 20`,
    rows: z.array(z.object({ code: z.string(), status: number, count: number })),
  }),
  images: query({
    title: "Pictures that were asked for most, of what reached a Worker",
    sql: (dataset, since) =>
      `SELECT ${as("image")}, ${COUNT} AS count, ${sumOf("bytes")} AS bytes ${from(dataset, "request", since)} AND ${columnOf("image")} != '' AND ${columnOf("status")} < 400 GROUP BY image ORDER BY count DESC LIMIT 10`,
    rows: z.array(z.object({ image: z.string(), count: number, bytes: number })),
  }),
} as const;
