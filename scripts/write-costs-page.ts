// `npm run docs:costs`: writes docs/costs.md.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { costsPage } from "./costs-page.ts";

await writeFile(join(import.meta.dirname, "../docs/costs.md"), costsPage());
