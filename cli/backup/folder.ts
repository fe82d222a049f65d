// A copy of a deployment on disk: `rows/<table>.jsonl`, `originals/<storage>/<id>`, and `copy.json`, which is written last.
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import * as z from "zod";
import type { CopiedRow, CopiedTable } from "../../schema/backup.ts";
import type { Original } from "./operator.ts";

/** Raised when a later edgepix writes copies that this one can't read. */
const VERSION = 1;
const copySchema = z.object({
  version: z.literal(VERSION),
  origin: z.string(),
  /** When the copy was whole. */
  finishedAt: z.string(),
  rows: z.record(z.string(), z.number()),
  originals: z.object({ count: z.number(), bytes: z.number() }),
});
export type Copy = Omit<z.infer<typeof copySchema>, "version">;

export class CopyFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Whole rows or none: the table that was there before stays until the new one is. */
  async writeRows(table: CopiedTable, rows: AsyncIterable<CopiedRow>): Promise<number> {
    const path = this.#tablePath(table);
    await mkdir(dirname(path), { recursive: true });
    let count = 0;
    async function* lines() {
      for await (const row of rows) {
        count++;
        yield `${JSON.stringify(row)}\n`;
      }
    }
    await pipeline(Readable.from(lines()), createWriteStream(`${path}.part`));
    await rename(`${path}.part`, path);
    return count;
  }

  async *rows(table: CopiedTable): AsyncGenerator<CopiedRow> {
    const path = this.#tablePath(table);
    if (!existsSync(path)) return;
    for await (const line of createInterface({ input: createReadStream(path) }))
      if (line !== "") yield JSON.parse(line);
  }

  /** Whether an original of so many bytes is there: one that was cut off has another name. */
  async has(original: Original, bytes: number): Promise<boolean> {
    const found = await stat(this.originalPath(original)).catch(() => undefined);
    return found?.size === bytes;
  }

  /** Keeps it only where it has this hash; false where it has not. */
  async writeOriginal(
    original: Original,
    sha256: string,
    body: ReadableStream<Uint8Array>,
  ): Promise<boolean> {
    const path = this.originalPath(original);
    await mkdir(dirname(path), { recursive: true });
    const hash = createHash("sha256");
    const file = createWriteStream(`${path}.part`);
    async function* hashed(chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    }
    await pipeline(Readable.from(hashed(body)), file);
    const isRight = hash.digest("hex") === sha256;
    if (isRight) await rename(`${path}.part`, path);
    else await rm(`${path}.part`);
    return isRight;
  }

  originalPath = ({ storage, id }: Original): string => join(this.#path, "originals", storage, id);

  async finish(copy: Copy): Promise<void> {
    await writeFile(this.#copyPath(), `${JSON.stringify({ version: VERSION, ...copy }, undefined, 2)}\n`);
  }

  /** Undefined where no whole copy lies here. */
  async read(): Promise<Copy | undefined> {
    const text = await readFile(this.#copyPath(), "utf8").catch(() => undefined);
    return text === undefined ? undefined : copySchema.parse(JSON.parse(text));
  }

  #copyPath = () => join(this.#path, "copy.json");
  #tablePath = (table: CopiedTable) => join(this.#path, "rows", `${table}.jsonl`);
}
