// The deployment that pictures are brought to: sends one at a time, and says what came of it.
import { createHash } from "node:crypto";
import { openAsBlob } from "node:fs";
import * as z from "zod";
import { mimeTypes } from "../../schema/facts.ts";
import { plans } from "../../schema/plans.ts";
import { atMost, leadsElsewhere, readAnswer, readError, reasonOf, redirects } from "../answers.ts";
import { type Again, type Outcome, outcomeOf } from "./answers.ts";
import type { Entry } from "./entry.ts";

export interface DeploymentSettings {
  readonly origin: string;
  readonly key: string;
  /** Names the import: its label and its Idempotency-Keys. */
  readonly importId: string;
  /** Fetch addresses on this machine and send what came, instead of having the deployment fetch them. */
  readonly isDownloading: boolean;
  readonly sleep: (seconds: number) => Promise<void>;
}

const MOST_TRIES = 6;
/** No plan takes more. */
const MOST_BYTES = Math.max(...Object.values(plans).map(({ maxFileBytes }) => maxFileBytes));
const imageSchema = z.object({ id: z.string(), url: z.string(), filename: z.string() });
const listSchema = z.object({
  data: z.array(imageSchema.extend({ metadata: z.record(z.string(), z.string()) })),
  pagination: z.object({ has_more: z.boolean(), next_cursor: z.string().nullable() }),
});

export class Deployment {
  readonly #settings: DeploymentSettings;
  #pausedUntil = 0;

  constructor(settings: DeploymentSettings) {
    this.#settings = settings;
  }

  /** Why nothing could be uploaded with this key; undefined where all is well. Creates nothing. */
  async refusal(): Promise<string | undefined> {
    const { origin } = this.#settings;
    const answer = await this.#post(JSON.stringify({}), { "Content-Type": "application/json" }).catch(
      (problem: unknown) => `${origin} does not answer: ${reasonOf(problem)}`,
    );
    if (typeof answer === "string") return answer;
    if (answer.status === 422) return undefined;
    if (redirects.includes(answer.status)) return leadsElsewhere(origin, answer);
    const { message } = await readError(answer);
    return `${origin} takes no uploads with this key: ${message}`;
  }

  /** Never rejects. */
  async send(entry: Entry): Promise<Outcome> {
    let last: Outcome = { kind: "refused", code: "not_sent", message: "It was not sent.", isForGood: false };
    for (let tries = 1; tries <= MOST_TRIES; tries++) {
      await this.#pause();
      const outcome = await this.#sendOnce(entry, tries);
      if (outcome.kind !== "again") return outcome;
      last = outcome.whenNot;
      if (outcome.isForAll) {
        this.#pausedUntil = Math.max(this.#pausedUntil, Date.now() + outcome.seconds * 1_000);
        // To be told to wait is no failure of this picture.
        tries--;
      } else await this.#settings.sleep(outcome.seconds);
    }
    return last;
  }

  /** The picture of this import that was made of it; undefined where none was. Throws what `fetch` throws. */
  async find({ name }: Entry): Promise<{ readonly id: string; readonly url: string } | undefined> {
    const { origin, key, importId } = this.#settings;
    const query = new URLSearchParams({ "label[import]": importId, limit: "100" });
    for (;;) {
      const answer = await fetch(`${origin}/v1/images?${query}`, {
        headers: { Authorization: `Bearer ${key}` },
        redirect: "manual",
      });
      if (!answer.ok) throw new Error((await readError(answer)).message);
      const { data, pagination } = await readAnswer(answer, listSchema);
      const found = data.find(({ metadata }) => metadata.source === name);
      if (found || !pagination.next_cursor) return found;
      query.set("cursor", pagination.next_cursor);
    }
  }

  async #pause(): Promise<void> {
    for (let left = this.#pausedUntil - Date.now(); left > 0; left = this.#pausedUntil - Date.now())
      await this.#settings.sleep(left / 1_000);
  }

  async #sendOnce(entry: Entry, tries: number): Promise<Outcome | Again> {
    try {
      const answer = await this.#order(entry);
      if (!answer.ok) return outcomeOf(answer.status, await readError(answer), tries);
      // What can't be read is asked for again: its key keeps it one picture.
      return { kind: "done", image: await this.#named(entry, await readAnswer(answer, imageSchema)) };
    } catch (problem) {
      if (problem instanceof NoFile)
        return { kind: "refused", code: "unreadable", message: problem.message, isForGood: false };
      const whenNot = {
        kind: "refused",
        code: "no_connection",
        message: reasonOf(problem),
        isForGood: false,
      } as const;
      return { kind: "again", seconds: 2 ** (tries - 1), isForAll: false, whenNot };
    }
  }

  /** What was fetched from an address is called by that; here it gets the name it had. It is there, whatever becomes of its name. */
  async #named({ filename }: Entry, image: z.infer<typeof imageSchema>) {
    const { origin, key } = this.#settings;
    if (filename !== "" && image.filename !== filename)
      await fetch(`${origin}/v1/images/${image.id}`, {
        method: "PATCH",
        body: JSON.stringify({ filename }),
        redirect: "manual",
        headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
      }).catch(() => undefined);
    return image;
  }

  async #order(entry: Entry): Promise<Response> {
    const { importId, isDownloading } = this.#settings;
    const { from, filename, caption, labels, metadata, isPublic, nsfw, name } = entry;
    const said = {
      caption: caption ?? "",
      public: isPublic,
      nsfw,
      labels: { ...labels, import: importId },
      metadata: { ...metadata, source: name.slice(0, 2_000) },
    };
    const key = `import-${importId}-${createHash("sha256").update(name).digest("hex").slice(0, 40)}`;
    const headers = { "Idempotency-Key": key };
    if (from.kind === "address" && !isDownloading) {
      const body = JSON.stringify({ url: from.url, ...said });
      return this.#post(body, { ...headers, "Content-Type": "application/json" });
    }
    const form = new FormData();
    for (const [field, value] of Object.entries(said))
      form.set(field, typeof value === "object" ? JSON.stringify(value) : String(value));
    form.set("file", from.kind === "file" ? await onDisk(from.path) : await download(from.url), filename);
    return this.#post(form, headers);
  }

  #post(body: string | FormData, headers: Readonly<Record<string, string>>): Promise<Response> {
    const { origin, key } = this.#settings;
    return fetch(`${origin}/v1/images`, {
      method: "POST",
      body,
      redirect: "manual",
      headers: { ...headers, Authorization: `Bearer ${key}` },
    });
  }
}

class NoFile extends Error {}

const types: Readonly<Record<string, string>> = mimeTypes;
const typeOf = (path: string) =>
  types[path.slice(path.lastIndexOf(".") + 1).toLowerCase()] ?? "application/octet-stream";

/** Read while it is sent: a file never stands whole in memory. */
async function onDisk(path: string): Promise<Blob> {
  try {
    return await openAsBlob(path, { type: typeOf(path) });
  } catch (cause) {
    throw new NoFile(`${path} can't be read: ${reasonOf(cause)}`, { cause });
  }
}

async function download(url: string): Promise<Blob> {
  const answer = await fetch(url);
  if (!answer.ok) throw new NoFile(`${url} answers ${answer.status}.`);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  try {
    for await (const chunk of atMost(answer.body, MOST_BYTES)) chunks.push(new Uint8Array(chunk));
  } catch (cause) {
    throw new NoFile(`${url} can't be fetched: ${reasonOf(cause)}`, { cause });
  }
  return new Blob(chunks, { type: answer.headers.get("Content-Type") ?? "" });
}
