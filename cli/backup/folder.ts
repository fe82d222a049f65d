// A copy of a deployment on disk: `rows/<table>.jsonl`, `originals/<storage>/<id>`, and `copy.json`, which is written last. It holds everybody's
// addresses and private pictures: nobody but who made it may read it.
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import * as z from "zod";
import { type CopiedRow, type CopiedTable, copiedObjectSchema, rowSchema } from "../../schema/backup.ts";
import { atMost, jsonIn } from "../answers.ts";
import { shown } from "../refused.ts";
import { Stop } from "../stop.ts";
import { linesOf } from "./lines.ts";
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
/** What is read of an image's row. Its names become a path: what is no name of ours would lead out of the folder. */
const copiedImageSchema = copiedObjectSchema
  .extend({ bytes: z.int().nonnegative(), sha256: z.string(), status: z.string() })
  .strip();
export type CopiedImage = z.infer<typeof copiedImageSchema>;

/** Throws a `Stop` where the row is none of ours. */
export function imageOf(row: CopiedRow): CopiedImage {
  const image = copiedImageSchema.safeParse(row);
  if (image.success) return image.data;
  throw new Stop(`That is no row of an image: ${shown(JSON.stringify(row))}`);
}

/** For the owner alone. */
const OWN_FOLDER = { recursive: true, mode: 0o700 } as const;
const OWN_FILE = { mode: 0o600 } as const;

export type Copy = Omit<z.infer<typeof copySchema>, "version">;

export class CopyFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Whole rows or none: the table that was there before stays until the new one is. */
  async writeRows(table: CopiedTable, rows: AsyncIterable<CopiedRow>): Promise<number> {
    const path = this.#tablePath(table);
    await this.#make(path);
    let count = 0;
    async function* lines() {
      for await (const row of rows) {
        count++;
        yield `${JSON.stringify(row)}\n`;
      }
    }
    await pipeline(Readable.from(lines()), createWriteStream(`${path}.part`, OWN_FILE));
    await rename(`${path}.part`, path);
    return count;
  }

  async *rows(table: CopiedTable): AsyncGenerator<CopiedRow> {
    const path = this.#tablePath(table);
    if (!existsSync(path)) return;
    for await (const line of linesOf(createReadStream(path, "utf8"))) {
      const row = rowSchema.safeParse(jsonIn(line));
      if (!row.success) throw new Stop(`${path} is damaged: a line of it is no row.`, "Export once more.");
      yield row.data;
    }
  }

  /** Whether an original of so many bytes is there: one that was cut off has another name. */
  async has(original: Original, bytes: number): Promise<boolean> {
    const found = await stat(this.originalPath(original)).catch(() => undefined);
    return found?.size === bytes;
  }

  /** Keeps it only where it has this hash, and no more bytes; false where it has not. */
  async writeOriginal(image: CopiedImage, body: ReadableStream<Uint8Array>): Promise<boolean> {
    const path = this.originalPath(image);
    await this.#make(path);
    const hash = createHash("sha256");
    const file = createWriteStream(`${path}.part`, OWN_FILE);
    async function* hashed(chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    }
    const isWhole = await pipeline(Readable.from(hashed(atMost(body, image.bytes))), file).then(
      () => true,
      (problem: unknown) => {
        if (problem instanceof Stop) return false;
        throw problem;
      },
    );
    const isRight = isWhole && hash.digest("hex") === image.sha256;
    if (isRight) await rename(`${path}.part`, path);
    else await rm(`${path}.part`);
    return isRight;
  }

  originalPath = ({ storage, id }: Original): string => join(this.#path, "originals", storage, id);

  async finish(copy: Copy): Promise<void> {
    const text = `${JSON.stringify({ version: VERSION, ...copy }, undefined, 2)}\n`;
    await writeFile(this.#copyPath(), text, OWN_FILE);
  }

  /** Undefined where no whole copy lies here. */
  async read(): Promise<Copy | undefined> {
    const text = await readFile(this.#copyPath(), "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    const copy = copySchema.safeParse(jsonIn(text));
    if (copy.success) return copy.data;
    throw new Stop(
      `${this.#copyPath()} is damaged, or written by a later edgepix.`,
      "Export once more, or update edgepix.",
    );
  }

  /** What was there before keeps its mode. */
  async #make(path: string): Promise<void> {
    await mkdir(this.#path, OWN_FOLDER);
    await mkdir(dirname(path), OWN_FOLDER);
  }

  #copyPath = () => join(this.#path, "copy.json");
  #tablePath = (table: CopiedTable) => join(this.#path, "rows", `${table}.jsonl`);
}
