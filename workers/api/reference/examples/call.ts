// A call as the reference shows it: a whole request and the whole answer. The code in three languages is written from it.
import type { Origins } from "../../origins.ts";

/** `file`: the sample picture, sent in the way that each language does best. */
export type CallBody =
  | { readonly kind: "json"; readonly value: Readonly<Record<string, unknown>> }
  | { readonly kind: "file"; readonly fields?: Readonly<Record<string, string>> };

export interface Call {
  /** Unique; names it in OpenAPI. */
  readonly name: string;
  readonly title: string;
  /** Of the route that is called. */
  readonly operationId: string;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** With the example's id in it. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly credential: "key" | "none" | "token" | "wrong key";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: CallBody;
  readonly status: 200 | 201 | 401 | 404 | 409 | 422;
  /** What it says beside its body, where that matters. */
  readonly answerHeaders?: Readonly<Record<string, string>>;
  readonly answer: unknown;
}

export type CallsOf = (origins: Origins) => readonly Call[];

/** The header that the credential is sent in; `variable` writes a variable of the environment. */
export function credentialOf(
  { credential }: Pick<Call, "credential">,
  variable: (name: string) => string,
): Readonly<Record<string, string>> {
  switch (credential) {
    case "key":
      return { Authorization: `Bearer ${variable("EDGEPIX_KEY")}` };
    case "token":
      return { "Edgepix-Delete-Token": variable("EDGEPIX_DELETE_TOKEN") };
    case "wrong key":
      return { Authorization: "Bearer img_live_wrong" };
    case "none":
      return {};
  }
}

/** All headers of a request but those that come with a form by themselves. */
export function headersOf(call: Call, variable: (name: string) => string): readonly [string, string][] {
  const type = call.body?.kind === "json" ? { "Content-Type": "application/json" } : {};
  return Object.entries({ ...credentialOf(call, variable), ...call.headers, ...type });
}
