// `npm run pin-formats`: writes what the walkers say of the fixtures and of the made files into test/golden/.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatFigures } from "../test/support/format-figures.ts";
import { madeFigures } from "../test/support/made-figures.ts";
import { neighbourFigures } from "../test/support/neighbour-figures.ts";

const write = (name: string, figures: object) =>
  writeFile(join(import.meta.dirname, "../test/golden", name), `${JSON.stringify(figures, null, 2)}\n`);

await write("formats.json", await formatFigures());
await write("formats-made.json", await madeFigures());
await write("formats-neighbours.json", await neighbourFigures());
