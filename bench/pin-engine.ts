// `npm run pin-engine`: writes what the engine of this number makes into test/golden/engine.json.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import pinned from "../test/golden/engine.json" with { type: "json" };
import { hashRenders } from "../test/support/engine-renders.ts";
import { ENGINE } from "../workers/src/door/version.ts";

const renders = await hashRenders();
const changed = Object.entries(renders).filter(([name, hash]) => Reflect.get(pinned.renders, name) !== hash);
const gone = Object.keys(pinned.renders).filter((name) => !(name in renders));
const isUnmarked = changed.some(([name]) => name in pinned.renders) && pinned.engine === ENGINE;
if (isUnmarked) {
  console.error("Bytes changed under the same number: raise ENGINE in workers/src/door/version.ts first.");
  for (const [name] of changed) console.error(`  ${name}`);
  process.exit(1);
}
writeFileSync(
  join(import.meta.dirname, "../test/golden/engine.json"),
  `${JSON.stringify({ engine: ENGINE, renders }, null, 2)}\n`,
);
console.log(
  `Engine ${ENGINE}: ${Object.keys(renders).length} renders, ${changed.length} new or changed, ${gone.length} gone.`,
);
