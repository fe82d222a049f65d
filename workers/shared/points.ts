// Notes what happened in the deployment's Analytics Engine dataset, where it has one. Nobody waits for it, and it fails nothing.
import { type Point, pointBlobs, pointDoubles } from "../../schema/points.ts";
import { logError } from "./log.ts";

/** `env` may lack the binding: then there is nothing to do. */
export function note(env: object, point: Point): void {
  const dataset: unknown = Reflect.get(env, "ANALYTICS");
  if (!isDataset(dataset)) return;
  try {
    dataset.writeDataPoint({
      indexes: [point.kind],
      blobs: pointBlobs.map(({ name }) => point[name] ?? ""),
      doubles: pointDoubles.map(({ name }) => point[name] ?? 0),
    });
  } catch (error) {
    // Past the platform's number of points a call, or its size: the answer is none the worse for it.
    logError("a point was not noted", error);
  }
}

/** What an answer says of its length; 0 where it says none. */
export const lengthOf = ({ headers }: { readonly headers: Headers }) =>
  Number(headers.get("Content-Length") ?? 0) || 0;

function isDataset(value: unknown): value is AnalyticsEngineDataset {
  return typeof value === "object" && value !== null && "writeDataPoint" in value;
}
