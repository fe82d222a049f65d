// A table of pictures, as a spreadsheet writes it: a picture a row, found by the names of its columns.
import { dirname, resolve } from "node:path";
import { parse } from "csv-parse/sync";
import * as z from "zod";
import { booleanSchema } from "../../../schema/fields.ts";
import { Stop } from "../../stop.ts";
import { type Entry, entryOf } from "../entry.ts";

export type Row = Readonly<Record<string, string>>;

/** Throws `Stop`. */
export function rowsOf(text: string): readonly Row[] {
  try {
    const rows: unknown = parse(text, {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
    });
    return z.array(z.record(z.string(), z.string())).parse(rows);
  } catch (cause) {
    throw new Stop(`That is no table: ${cause instanceof Error ? cause.message : String(cause)}`, undefined, {
      cause,
    });
  }
}

type Meaning = "place" | "filename" | "caption" | "public" | "nsfw";

/** By what other programs call it. */
const meanings: Readonly<Record<string, Meaning>> = {
  ...{ url: "place", address: "place", link: "place", image_url: "place", file: "place", path: "place" },
  ...{ filename: "filename", file_name: "filename", name: "filename" },
  ...{ caption: "caption", title: "caption", description: "caption", alt: "caption" },
  ...{ public: "public", nsfw: "nsfw" },
};

const meaningOf = (column: string) =>
  Object.hasOwn(meanings, column.toLowerCase()) ? meanings[column.toLowerCase()] : undefined;

/** `label.trip` is a label called trip; every other column is metadata. Paths begin where the table lies. */
export function readTable(text: string, path: string): readonly Entry[] {
  const rows = rowsOf(text);
  return rows.map((row, index) => {
    const cells = Object.entries(row).map(([column, value]) => [column.trim(), value.trim()] as const);
    const first = (what: Meaning) =>
      cells.find(([column, value]) => meaningOf(column) === what && value !== "")?.[1];
    const place = first("place");
    if (!place)
      throw new Stop(
        `Row ${index + 2} names no url and no file. Its columns: ${Object.keys(row).join(", ")}.`,
      );
    const from = /^https?:/i.test(place)
      ? ({ kind: "address", url: place } as const)
      : ({ kind: "file", path: resolve(dirname(path), place) } as const);
    const others = cells.filter(([column]) => meaningOf(column) === undefined);
    return entryOf(from, {
      name: place,
      filename: first("filename"),
      caption: first("caption"),
      labels: Object.fromEntries(
        others.filter(([column]) => isLabel(column)).map(([column, value]) => [column.slice(6), value]),
      ),
      metadata: Object.fromEntries(others.filter(([column]) => !isLabel(column))),
      isPublic: saysYes(first("public"), true),
      nsfw: saysYes(first("nsfw"), false),
    });
  });
}

const isLabel = (column: string) => /^label[._]/i.test(column);

export function saysYes(text: string | undefined, otherwise: boolean): boolean {
  const said = booleanSchema.safeParse(text);
  return said.success ? said.data : otherwise;
}
