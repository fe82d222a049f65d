// `npm run docs:licences`: writes docs/licences.md.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { licencesPage } from "./licences.ts";

writeFileSync(join(import.meta.dirname, "../docs/licences.md"), await licencesPage());
