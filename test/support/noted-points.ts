// What a Worker notes, by the names of the columns.
import { type Point, pointBlobs, pointDoubles } from "../../schema/points.ts";

export interface NotedPoints {
  /** The binding as the platform's: it takes a point, and answers nothing. */
  readonly ANALYTICS: AnalyticsEngineDataset;
  readonly points: readonly Required<Point>[];
}

export function notePoints(): NotedPoints {
  const points: Required<Point>[] = [];
  const writeDataPoint = ({ indexes = [], blobs = [], doubles = [] }: AnalyticsEngineDataPoint = {}) => {
    const named = (columns: readonly { readonly name: string }[], values: readonly unknown[]) =>
      columns.map(({ name }, at) => [name, values[at]] as const);
    const all = [["kind", indexes[0]] as const, ...named(pointBlobs, blobs), ...named(pointDoubles, doubles)];
    points.push(Object.fromEntries(all) as Required<Point>);
  };
  return { ANALYTICS: { writeDataPoint }, points };
}
