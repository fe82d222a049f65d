// What a bucket holds, in words.
import type { FoundObject, FoundObjects } from "../../schema/adopt.ts";
import { prices } from "../../schema/prices.ts";
import { shown } from "../refused.ts";

type State = FoundObject["state"];

interface Count {
  count: number;
  bytes: number;
  /** One of them. */
  example: string;
}

export interface Tally {
  readonly bucket: string;
  readonly of: (state: State) => Readonly<Count>;
}

export async function tallyOf(pages: AsyncIterable<FoundObjects>): Promise<Tally> {
  const counts = new Map<State, Count>();
  let bucket = "";
  for await (const page of pages) {
    bucket = page.bucket;
    for (const { state, bytes, key } of page.objects) {
      const before = counts.get(state) ?? { count: 0, bytes: 0, example: key };
      counts.set(state, { ...before, count: before.count + 1, bytes: before.bytes + bytes });
    }
  }
  return { bucket, of: (state) => counts.get(state) ?? { count: 0, bytes: 0, example: "" } };
}

const number = new Intl.NumberFormat("en");

export const sizeOf = (bytes: number): string =>
  bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;

export const monthlyCost = (bytes: number): string =>
  `${((bytes / prices.objectBytes.per) * prices.objectBytes.usd).toFixed(2)} USD a month`;

export function tallyLines({ bucket, of }: Tally): readonly string[] {
  const fresh = of("new");
  const parts = [
    `${number.format(fresh.count)} objects to adopt (${sizeOf(fresh.bytes)})`,
    ...some(of("adopted").count, "adopted before"),
    ...some(of("ours").count, "of edgepix itself"),
    ...some(of("folder").count, "that stand for folders"),
  ];
  return [
    `The bucket ${shown(bucket)} holds ${parts.join(", ")}.`,
    ...note(of("changed"), "have other bytes than when they were adopted; their images stay as they are"),
    ...note(
      of("in danger"),
      "lie in an account's own part of the bucket, and no image has them: remains of an upload, or one that is under way. What is an hour old is deleted there",
    ),
  ];
}

const some = (count: number, what: string) => (count > 0 ? [`${number.format(count)} ${what}`] : []);
const note = ({ count, example }: Readonly<Count>, what: string) =>
  count > 0 ? [`  ${number.format(count)} ${what} (${shown(example)}${count > 1 ? ", …" : ""}).`] : [];
