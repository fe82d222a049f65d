// `npm run docs:transforms`: writes docs/transforms.md.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { transformsPage } from "./transforms-page.ts";

await writeFile(join(import.meta.dirname, "../docs/transforms.md"), transformsPage());
