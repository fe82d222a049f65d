// Every error code of the API with its status, type and default sentence. A code without all three does not compile.

export interface ErrorKind {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 422 | 429 | 500 | 502 | 503 | 504;
  readonly type:
    | "invalid_request_error"
    | "authentication_error"
    | "permission_error"
    | "rate_limit_error"
    | "quota_error"
    | "idempotency_error"
    | "processing_error"
    | "api_error";
  readonly message: string;
}

export const errorKinds = {
  validation_error: {
    status: 422,
    type: "invalid_request_error",
    message: "The request has fields that are missing or not valid. See details.",
  },
  bad_request: { status: 400, type: "invalid_request_error", message: "The request could not be read." },
  not_found: { status: 404, type: "invalid_request_error", message: "There is nothing here." },
  method_not_allowed: {
    status: 405,
    type: "invalid_request_error",
    message: "This address does not take that method. See the Allow header.",
  },
  unauthorized: {
    status: 401,
    type: "authentication_error",
    message: "The API key is missing, malformed, expired or revoked.",
  },
  forbidden: { status: 403, type: "permission_error", message: "This key may not do that." },
  app_suspended: { status: 403, type: "permission_error", message: "This account is suspended." },
  media_blocked: {
    status: 403,
    type: "permission_error",
    message: "This image was blocked by the operator.",
  },
  file_blocked: {
    status: 422,
    type: "permission_error",
    message: "This very file was blocked by the operator: nobody can upload it here.",
  },
  media_locked: {
    status: 403,
    type: "permission_error",
    message: "This image is blocked and can't be changed.",
  },
  rate_limited: {
    status: 429,
    type: "rate_limit_error",
    message: "Too many requests. Wait before the next one.",
  },
  quota_exceeded: { status: 403, type: "quota_error", message: "The plan's limit is reached." },
  idempotency_key_conflict: {
    status: 409,
    type: "idempotency_error",
    message: "This Idempotency-Key was used with a different request.",
  },
  idempotency_key_in_progress: {
    status: 409,
    type: "idempotency_error",
    message: "The first request with this Idempotency-Key is still running.",
  },
  media_failed: { status: 422, type: "processing_error", message: "The image could not be processed." },
  fetch_failed: {
    status: 502,
    type: "processing_error",
    message: "The image could not be fetched from its address.",
  },
  fetch_timeout: {
    status: 504,
    type: "processing_error",
    message: "The address took too long to answer.",
  },
  upload_failed: {
    status: 502,
    type: "processing_error",
    message: "The file could not be stored. Nothing was kept; try again.",
  },
  import_failed: {
    status: 502,
    type: "processing_error",
    message: "The image could not be imported. Nothing was kept; try again.",
  },
  update_failed: { status: 500, type: "api_error", message: "The image could not be changed." },
  delete_failed: { status: 500, type: "api_error", message: "The image could not be deleted." },
  server_error: { status: 500, type: "api_error", message: "Something went wrong on our side." },
  overloaded: {
    status: 503,
    type: "api_error",
    message: "Too many pictures are being rendered right now. Try again shortly.",
  },
} as const satisfies Record<string, ErrorKind>;

/** How an error is named inside the code: a row of the table above. */
export type ErrorName = keyof typeof errorKinds;
export const errorNames = Object.keys(errorKinds).filter(isErrorName);

function isErrorName(name: string): name is ErrorName {
  return name in errorKinds;
}

/** The code on the wire: two rows differ from another one only by their status. */
const wireCodes: Partial<Record<ErrorName, ErrorName>> = {
  fetch_timeout: "fetch_failed",
  overloaded: "server_error",
};

/** The `code` field that a caller sees for an error. */
export function wireCode(name: ErrorName): ErrorName {
  return wireCodes[name] ?? name;
}

/** What a caller can do about an error; `retry_after` is in seconds and only on `wait`, or on a rate-limited `signup`. */
export interface ErrorAction {
  readonly type: "upgrade" | "signup" | "wait";
  readonly url?: string;
  readonly label?: string;
  readonly retry_after?: number;
}

/** How full the account is, told with `quota_exceeded`. */
export interface ErrorUsage {
  readonly plan: string;
  readonly uploads_used: number;
  readonly uploads_limit: number | null;
  readonly storage_used_bytes: number;
  readonly storage_limit_bytes: number | null;
}
