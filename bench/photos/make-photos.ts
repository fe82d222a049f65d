// Puts the bench's pictures into a cache outside git, each painted once. `node bench/photos/make-photos.ts [name…]` makes them ahead.

import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { develop } from "./develop.ts";
import { type PhotoFile, type PhotoName, photoFiles } from "./files.ts";
import { paintScene } from "./paint.ts";
import { tileHeic } from "./tile-heic.ts";

export const photosFolder = join(import.meta.dirname, "../../node_modules/.cache/edgepix-bench");

const smallHeic = join(import.meta.dirname, "../../test/fixtures/photo.heic");

export const photoFilename = (name: PhotoName) => `${name}.${photoFiles[name].format}`;

/** Its path; the file is made if it is not there yet. */
export async function photoPath(name: PhotoName): Promise<string> {
  const path = join(photosFolder, photoFilename(name));
  if (existsSync(path)) return path;
  const file: PhotoFile = photoFiles[name];
  console.error(`painting ${name}: ${file.width} x ${file.height}`);
  const bytes =
    file.format === "heic"
      ? tileHeic(await readFile(smallHeic), file.width, file.height)
      : await develop(await paintScene(file.scene, file.width, file.height), file);
  await mkdir(photosFolder, { recursive: true });
  // Under its own name only when whole: an interrupted run must not leave half a picture.
  await writeFile(`${path}.draft`, bytes);
  await rename(`${path}.draft`, path);
  return path;
}

export const isPhotoName = (name: string): name is PhotoName => name in photoFiles;

if (import.meta.main) {
  const asked = process.argv.slice(2).filter(isPhotoName);
  const all = Object.keys(photoFiles).filter(isPhotoName);
  for (const name of asked.length ? asked : all) await photoPath(name);
}
