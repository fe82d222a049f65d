// `npm run docs:limits`: writes docs/limits.md; what the last whole attack measured stays at its end.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ATTACK_TITLE, limitsPage } from "./limits-page.ts";

const page = join(import.meta.dirname, "../docs/limits.md");
const measured = (await readFile(page, "utf8")).split(ATTACK_TITLE)[1] ?? "";
await writeFile(page, `${limitsPage()}\n\n${ATTACK_TITLE}${measured}`);
