// A file made by code, for the table of what edgepix takes and for the promise that no image is ready whose URLs fail.
import type { SourceFormat } from "../../../schema/facts.ts";
import type { Accepted } from "./rows.ts";

export interface MadeFile {
  /** What its bytes say that it is, or pretend to. */
  readonly format: SourceFormat;
  /** What is special about it, as its row in docs/formats.md says; once a format. */
  readonly feature: string;
  readonly make: () => Promise<Uint8Array> | Uint8Array;
  /** What is to become of it, where its list knows. */
  readonly expected?: Accepted;
  /** What of its promises is known not to be kept, and why: nothing else may be, and when it is kept this line goes. */
  readonly fallsShort?: string;
  /** Tried only when the page is written: another test of e2e looks closer at it, or it is one of many alike. */
  readonly isForThePageOnly?: true;
}

/** A format's list from its rows. */
export function madeFiles(
  format: SourceFormat,
  rows: Readonly<Record<string, MadeFile["make"]>>,
  more: Pick<MadeFile, "expected" | "isForThePageOnly"> = {},
): readonly MadeFile[] {
  return Object.entries(rows).map(([feature, make]) => ({ format, feature, make, ...more }));
}
