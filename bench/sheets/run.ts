// `npm run contact-sheet`: renders what docs show, by the engine in workerd, beside sharp's.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startEngine } from "../measure/bench-worker.ts";
import { contactSheet } from "./contact-sheet.ts";
import { sheets } from "./examples.ts";
import { gravitySheet } from "./gravity-sheet.ts";
import { makePictures, sheetFolder } from "./pictures.ts";
import { sideBySide } from "./side-by-side.ts";
import { makeSubjects } from "./subjects.ts";

const docs = join(import.meta.dirname, "../../docs/transforms");
await mkdir(docs, { recursive: true });

const { photo, logo, chart } = await makePictures();
const worker = await startEngine("edgepix", { photos: sheetFolder });
for (const [name, examples] of Object.entries(sheets)) {
  await writeFile(join(docs, `${name}.jpg`), await contactSheet(worker, examples, [photo, logo, chart]));
}
await writeFile(join(docs, "gravity.jpg"), await gravitySheet(worker, await makeSubjects()));

const workers = { edgepix: await startEngine("edgepix"), photon: await startEngine("photon") };
await writeFile(join(docs, "side-by-side.jpg"), await sideBySide(workers));
// workerd's idle sockets would keep the process for a while.
process.exit(0);
