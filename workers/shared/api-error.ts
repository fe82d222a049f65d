// The one class of refusals. Steps throw it; each Worker answers it in one place.
import {
  type ErrorAction,
  type ErrorName,
  type ErrorUsage,
  errorKinds,
  wireCode,
} from "../../schema/errors.ts";

export interface ApiErrorParts {
  readonly message?: string;
  readonly action?: ErrorAction;
  readonly usage?: ErrorUsage;
  /** Field name -> sentences that say what was expected. */
  readonly details?: Readonly<Record<string, readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A refusal with a code of the contract: `throw new ApiError("not_found")`. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ErrorName;
  readonly parts: ApiErrorParts;

  constructor(code: ErrorName, parts: ApiErrorParts = {}) {
    super(parts.message ?? errorKinds[code].message, { cause: parts.cause });
    this.code = code;
    this.parts = parts;
  }

  get status() {
    return errorKinds[this.code].status;
  }
}

/** A Host that makes no address: nothing behind it could be named. Throws `bad_request`. */
export function refuseNoHost({ url }: { readonly url: string }): void {
  if (!URL.canParse(url)) throw new ApiError("bad_request", { message: "The Host header is no host." });
}

/** Where `/docs` is reached: `own`, or the host that was asked; undefined where that is no host, so that nothing can be named. */
export function pageOriginOf(own: string | undefined, requestUrl: string): string | undefined {
  if (own) return own;
  return URL.canParse(requestUrl) ? new URL(requestUrl).origin : undefined;
}

/** The response for a refusal; `pageOrigin`: see `pageOriginOf`. With its nested error object and the headers that belong to it. */
export function errorResponse(error: ApiError, requestId: string, pageOrigin: string | undefined): Response {
  const { action, usage, details, headers } = error.parts;
  const body = {
    error: {
      type: errorKinds[error.code].type,
      code: wireCode(error.code),
      message: error.message,
      ...(action && { action }),
      ...(usage && { usage }),
      ...(details && { details }),
      // As RFC 9457 says it where there is nothing to read; the field is always a URL.
      doc_url: pageOrigin === undefined ? "about:blank" : `${pageOrigin}/docs/errors#${wireCode(error.code)}`,
      request_id: requestId,
    },
  };
  const answer = Response.json(body, { status: error.status });
  answer.headers.set("Cache-Control", "no-store");
  answer.headers.set("X-Request-Id", requestId);
  if (action?.retry_after !== undefined) answer.headers.set("Retry-After", String(action.retry_after));
  for (const [name, value] of Object.entries(headers ?? {})) answer.headers.set(name, value);
  return answer;
}
