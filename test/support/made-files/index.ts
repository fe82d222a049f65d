// All made files. A list registers itself by lying in formats/: each file there exports `files`.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { MadeFile } from "./made-file.ts";

const folder = join(import.meta.dirname, "formats");

interface List {
  readonly files: readonly MadeFile[];
}

export async function loadMadeFiles(): Promise<readonly MadeFile[]> {
  const names = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  const lists = await Promise.all(
    names.toSorted().map((name): Promise<List> => import(pathToFileURL(join(folder, name)).href)),
  );
  return lists.flatMap(({ files }) => files);
}
