// Asks Cloudflare's management API: one small client, answers parsed at the door.
import * as z from "zod";
import { jsonIn } from "../answers.ts";
import { plain } from "../refused.ts";

/** The environment may name another, as it may for wrangler. */
const baseUrl = () => process.env.CLOUDFLARE_API_BASE_URL ?? "https://api.cloudflare.com/client/v4";

/** Cloudflare's refusal, with its own numbers. */
export class CloudflareError extends Error {
  readonly status: number;
  readonly codes: readonly number[];

  constructor(what: string, status: number, errors: readonly { code: number; message: string }[]) {
    const words = errors.map(({ code, message }) => `${message} (${code})`).join(" ");
    super(`Cloudflare refused ${what}: ${plain(words) || `HTTP ${status}`}`);
    this.name = "CloudflareError";
    this.status = status;
    this.codes = errors.map(({ code }) => code);
  }

  /** Whether the token may not do this; a scope is missing. */
  get isForbidden(): boolean {
    return this.status === 403 || this.codes.includes(10000) || this.codes.includes(9109);
  }
}

const envelopeSchema = z.looseObject({
  success: z.boolean(),
  errors: z.array(z.looseObject({ code: z.number(), message: z.string() })).default([]),
  result: z.unknown(),
});

export type Login = { readonly token: string } | { readonly key: string; readonly email: string };

export class Cloudflare {
  readonly #headers: Readonly<Record<string, string>>;

  constructor(login: Login) {
    this.#headers =
      "token" in login
        ? { Authorization: `Bearer ${login.token}` }
        : { "X-Auth-Key": login.key, "X-Auth-Email": login.email };
  }

  get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
    return this.#ask("GET", path, schema);
  }

  post<Schema extends z.ZodType>(path: string, body: object, schema: Schema): Promise<z.output<Schema>> {
    return this.#ask("POST", path, schema, body);
  }

  patch<Schema extends z.ZodType>(path: string, body: object, schema: Schema): Promise<z.output<Schema>> {
    return this.#ask("PATCH", path, schema, body);
  }

  /** For what is asked in a language of its own, and answered outside of the envelope. */
  async query<Schema extends z.ZodType>(
    path: string,
    text: string,
    schema: Schema,
  ): Promise<z.output<Schema>> {
    const answer = await fetch(`${baseUrl()}${path}`, { method: "POST", headers: this.#headers, body: text });
    const said = await answer.text();
    if (answer.ok) return schema.parse(jsonIn(said));
    const envelope = envelopeSchema.safeParse(jsonIn(said));
    const errors = envelope.success
      ? envelope.data.errors
      : [{ code: answer.status, message: said.slice(0, 500) }];
    throw new CloudflareError(`POST ${path}`, answer.status, errors);
  }

  async #ask<Schema extends z.ZodType>(method: string, path: string, schema: Schema, body?: object) {
    const answer = await fetch(`${baseUrl()}${path}`, {
      method,
      headers: { ...this.#headers, ...(body && { "Content-Type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const what = `${method} ${path}`;
    const envelope = envelopeSchema.safeParse(jsonIn(text));
    if (!envelope.success) throw new CloudflareError(what, answer.status, []);
    if (!envelope.data.success) throw new CloudflareError(what, answer.status, envelope.data.errors);
    return schema.parse(envelope.data.result);
  }
}
