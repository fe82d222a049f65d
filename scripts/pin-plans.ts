// `npm run pin-plans`: writes what the plan foresees into test/golden/plans.json, and says what that changes.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { planFigures } from "../test/support/plan-figures/index.ts";

const file = join(import.meta.dirname, "../test/golden/plans.json");
const before = await readFile(file, "utf8").catch(() => "");
const now = `${JSON.stringify(planFigures(), null, 2)}\n`;
await writeFile(file, now);
const old = new Set(before.split("\n"));
const lines = now.split("\n");
console.log(`${lines.length} lines, ${lines.filter((line) => !old.has(line)).length} of them new`);
