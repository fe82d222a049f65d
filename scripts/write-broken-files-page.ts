// `npm run docs:broken-files`: writes docs/broken-files.md by trying each file.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brokenFilesPage } from "../test/support/broken-files-page.ts";
import { brokenRows } from "../test/support/broken-rows.ts";

await writeFile(join(import.meta.dirname, "../docs/broken-files.md"), brokenFilesPage(await brokenRows()));
