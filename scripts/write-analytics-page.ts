// `npm run docs:analytics`: writes docs/analytics.md.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { analyticsPage } from "./analytics-page.ts";

await writeFile(join(import.meta.dirname, "../docs/analytics.md"), analyticsPage());
