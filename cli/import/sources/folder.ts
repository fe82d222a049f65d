// A folder of pictures: every file below it that is called like a picture; the folders they lie in become a label.
import { readdir } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { type Entry, entryOf } from "../entry.ts";

/** What the deployment may take; it tells by the bytes, and says no to the rest. */
const endings = /\.(jpe?g|jfif|png|apng|gif|webp|avif|hei[cf]|svg|bmp|ico|tiff?)$/i;

export interface Found {
  readonly entries: readonly Entry[];
  /** What lies there, and is called like no picture. */
  readonly others: number;
}

export async function readFolder(folder: string): Promise<Found> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .filter(
      (path) =>
        !relative(folder, path)
          .split(sep)
          .some((part) => part.startsWith(".")),
    );
  const pictures = files.filter((path) => endings.test(path)).sort();
  const entries = pictures.map((path) => {
    const name = relative(folder, path).split(sep).join("/");
    const within = dirname(name);
    const labels = within === "." ? {} : { folder: within };
    return entryOf({ kind: "file", path }, { name, filename: basename(path), labels });
  });
  return { entries, others: files.length - pictures.length };
}
