// `npm run pin-formats`: writes what the walkers say of the fixtures into test/golden/formats.json.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatFigures } from "../test/support/format-figures.ts";

await writeFile(
  join(import.meta.dirname, "../test/golden/formats.json"),
  `${JSON.stringify(await formatFigures(), null, 2)}\n`,
);
