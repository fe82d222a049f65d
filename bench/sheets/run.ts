// `npm run contact-sheet`: renders what docs show, by the engine in workerd, beside sharp's. Names after it (`-- gravity`) make those alone.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startEngine } from "../measure/bench-worker.ts";
import { contactSheet } from "./contact-sheet.ts";
import { type Example, sheets } from "./examples.ts";
import { gravitySheet } from "./gravity-sheet.ts";
import { lookSheets } from "./look-sheets.ts";
import { makePictures, sheetFolder } from "./pictures.ts";
import { makeRetouchPictures } from "./retouch-pictures.ts";
import { retouchSheet, retouchSheets } from "./retouch-sheet.ts";
import { sideBySide } from "./side-by-side.ts";
import { makeSubjects } from "./subjects.ts";

const docs = join(import.meta.dirname, "../../docs/transforms");

async function exampleSheet(examples: readonly Example[]): Promise<Buffer> {
  const { photo, logo, chart } = await makePictures();
  return contactSheet(await startEngine("edgepix", { photos: sheetFolder }), examples, [photo, logo, chart]);
}

async function gravity(): Promise<Buffer> {
  const subjects = await makeSubjects();
  return gravitySheet(await startEngine("edgepix", { photos: sheetFolder }), subjects);
}

async function retouched(queries: readonly string[]): Promise<Buffer> {
  const pictures = await makeRetouchPictures();
  return retouchSheet(await startEngine("edgepix", { photos: sheetFolder }), queries, pictures);
}

async function bothEngines(): Promise<Buffer> {
  return sideBySide({ edgepix: await startEngine("edgepix"), photon: await startEngine("photon") });
}

const makers = new Map<string, () => Promise<Buffer>>([
  ...Object.entries(sheets).map(([name, examples]) => [name, () => exampleSheet(examples)] as const),
  ...Object.entries({ ...retouchSheets, ...lookSheets }).map(
    ([name, queries]) => [name, () => retouched(queries)] as const,
  ),
  ["gravity", gravity],
  ["side-by-side", bothEngines],
]);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !makers.has(name));
if (unknown.length > 0)
  throw new Error(`No sheet ${unknown.join(", ")}; there are ${[...makers.keys()].join(", ")}.`);
await mkdir(docs, { recursive: true });
for (const [name, make] of makers) {
  if (asked.length === 0 || asked.includes(name)) await writeFile(join(docs, `${name}.jpg`), await make());
}
// workerd's idle sockets would keep the process for a while.
process.exit(0);
