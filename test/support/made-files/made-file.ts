// A file made by code, for the table of what edgepix takes and for the promise that no image is ready whose URLs fail.
import type { SourceFormat } from "../../../schema/facts.ts";

export interface MadeFile {
  /** What its bytes say that it is, or pretend to. */
  readonly format: SourceFormat;
  /** What is special about it, as its row in docs/formats.md says; once a format. */
  readonly feature: string;
  readonly make: () => Promise<Uint8Array> | Uint8Array;
}

/** A format's list from its rows. */
export function madeFiles(
  format: SourceFormat,
  rows: Readonly<Record<string, MadeFile["make"]>>,
): readonly MadeFile[] {
  return Object.entries(rows).map(([feature, make]) => ({ format, feature, make }));
}
