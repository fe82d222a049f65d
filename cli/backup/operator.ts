// The operator's addresses of a deployment, as commands ask them.
import type * as z from "zod";
import {
  type CopiedRow,
  type CopiedRows,
  type CopiedTable,
  copiedRowsSchema,
  restoredRowsSchema,
  type VerifyQuestion,
  verifiedSchema,
} from "../../schema/backup.ts";
import { leadsElsewhere, readAnswer, readError, reasonOf, redirects } from "../answers.ts";
import { Stop } from "../stop.ts";

const TRIES = 5;

/** What the deployment answered in the end. */
export class Refused extends Stop {
  readonly status: number;
  readonly code: string;

  constructor(message: string, { status, code }: { readonly status: number; readonly code: string }) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export interface Original {
  readonly storage: string;
  readonly id: string;
}

export class Operator {
  readonly #origin: string;
  readonly #token: string;

  constructor(origin: string, token: string) {
    this.#origin = origin;
    this.#token = token;
  }

  /** Every row of a table, in the order of its keys. */
  async *rows(table: CopiedTable): AsyncGenerator<CopiedRow> {
    for (let after: string | null = ""; after !== null; ) {
      const answer: CopiedRows = await this.json(
        `backup/rows?${new URLSearchParams({ table, after })}`,
        copiedRowsSchema,
      );
      yield* answer.rows;
      after = nextOf(after, answer.next);
    }
  }

  async restoreRows(table: CopiedTable, rows: readonly CopiedRow[]) {
    return this.json("backup/rows", restoredRowsSchema, post({ table, rows }));
  }

  /** Undefined where the deployment has none. */
  async original({ storage, id }: Original): Promise<ReadableStream<Uint8Array> | undefined> {
    const answer = await this.#ask(`backup/original?${new URLSearchParams({ storage, id })}`, {}, [404]);
    return answer.status === 404 || !answer.body ? undefined : answer.body;
  }

  async putOriginal({ storage, id }: Original, sha256: string, file: Blob): Promise<void> {
    await this.#ask(`backup/original?${new URLSearchParams({ storage, id, sha256 })}`, {
      method: "PUT",
      body: file,
    });
  }

  async verify(question: VerifyQuestion) {
    return this.json("backup/verify", verifiedSchema, post(question));
  }

  /** `path` lies below /v1/admin. Throws a `Stop`, which is a `Refused` where it was answered. */
  async json<T>(path: string, schema: z.ZodType<T>, init: RequestInit = {}): Promise<T> {
    return readAnswer(await this.#ask(path, init), schema);
  }

  /** Asks again where it may help. Throws a `Stop`. */
  async #ask(path: string, init: RequestInit, expected: readonly number[] = []): Promise<Response> {
    const url = `${this.#origin}/v1/admin/${path}`;
    const headers = { ...init.headers, Authorization: `Bearer ${this.#token}` };
    let problem = new Stop("It was not asked.");
    for (let tries = 0; tries < TRIES; tries++) {
      if (tries > 0) await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** tries));
      const answer = await fetch(url, { ...init, headers, redirect: "manual" }).catch((cause: unknown) => {
        problem = new Stop(`${this.#origin} does not answer: ${reasonOf(cause)}`);
      });
      if (!answer) continue;
      if (answer.ok || expected.includes(answer.status)) return answer;
      problem = await said(this.#origin, answer);
      if (answer.status < 500 && answer.status !== 429) break;
    }
    throw problem;
  }
}

/** Where a list goes on. Throws a `Stop` where that is where it was: it would have no end. */
export function nextOf(after: string, next: string | null): string | null {
  if (next === after) throw new Stop("It answers the same page again and again.");
  return next;
}

export const post = (body: object): RequestInit => ({
  method: "POST",
  body: JSON.stringify(body),
  headers: { "Content-Type": "application/json" },
});

async function said(origin: string, answer: Response): Promise<Refused> {
  const { status } = answer;
  const { code, message } = await readError(answer);
  const words: Readonly<Record<number, string>> = {
    404: `${origin} has no such address: is ADMIN_TOKEN set there, and edgepix up to date?`,
    401: `${origin} has another ADMIN_TOKEN.`,
    ...Object.fromEntries(redirects.map((one) => [one, leadsElsewhere(origin, answer)])),
  };
  return new Refused(words[status] ?? `${origin} answered ${status}: ${message}`, { status, code });
}
