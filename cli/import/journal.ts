// What an import has done so far, a line for each step, so that one that was killed goes on where it was.
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import { randomToken } from "../../schema/ids.ts";

const lineSchema = z.union([
  /** The first one. */
  z.object({ import: z.string(), source: z.string(), origin: z.string() }),
  z.object({ begun: z.string(), at: z.number() }),
  z.object({ done: z.string(), id: z.string(), url: z.string() }),
  z.object({ refused: z.string(), code: z.string(), message: z.string() }),
]);
type Line = z.infer<typeof lineSchema>;

export interface Refused {
  readonly code: string;
  readonly message: string;
}

export class Journal {
  /** Names this import: in its Idempotency-Keys, and as a label on every picture. */
  readonly id: string;
  readonly source: string;
  readonly origin: string;
  readonly #path: string;
  readonly #begun = new Map<string, number>();
  readonly #done = new Map<string, string>();
  readonly #refused = new Map<string, Refused>();

  /** Opens the one that lies there, or begins one. */
  constructor(path: string, { source, origin }: { readonly source: string; readonly origin: string }) {
    this.#path = path;
    const lines = existsSync(path) ? linesOf(readFileSync(path, "utf8")) : [];
    const head = lines.find((line) => "import" in line);
    this.id = head?.import ?? randomToken(12);
    this.source = head?.source ?? source;
    this.origin = head?.origin ?? origin;
    // What follows a line that was cut off by a kill begins a new one.
    if (lines.length > 0) appendFileSync(path, "\n");
    else this.#write({ import: this.id, source, origin });
    for (const line of lines) this.#read(line);
  }

  begin(name: string, now: number): void {
    this.#add({ begun: name, at: now });
  }

  finish(name: string, image: { readonly id: string; readonly url: string }): void {
    this.#add({ done: name, id: image.id, url: image.url });
  }

  refuse(name: string, { code, message }: Refused): void {
    this.#add({ refused: name, code, message });
  }

  isDone = (name: string): boolean => this.#done.has(name);
  refusalOf = (name: string): Refused | undefined => this.#refused.get(name);
  /** When it was first sent; undefined where it never was. Milliseconds. */
  begunAt = (name: string): number | undefined => this.#begun.get(name);

  #add(line: Line): void {
    this.#write(line);
    this.#read(line);
  }

  /** At once: what is written is there, whatever happens to this process. */
  #write(line: Line): void {
    appendFileSync(this.#path, `${JSON.stringify(line)}\n`, OWN_FILE);
  }

  #read(line: Line): void {
    if ("begun" in line) this.#begun.set(line.begun, this.#begun.get(line.begun) ?? line.at);
    if ("done" in line) this.#done.set(line.done, line.id);
    if ("done" in line) this.#refused.delete(line.done);
    if ("refused" in line) this.#refused.set(line.refused, line);
  }
}

/** Addresses of private pictures stand in it: nobody else shall read it. */
const OWN_FILE = { mode: 0o600 } as const;

/** Lines that a kill cut off are none. */
function linesOf(text: string): Line[] {
  return text.split("\n").flatMap((line) => {
    try {
      return [lineSchema.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}
