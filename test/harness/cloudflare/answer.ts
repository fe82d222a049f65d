// How Cloudflare's management API words its answers: one envelope for all.

/** A refusal with Cloudflare's own number. */
export class Refused extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Request;
  /** What the route's parentheses caught. */
  readonly caught: readonly string[];
}

export type Route = readonly [method: string, path: RegExp, answer: (call: Call) => unknown];

/** An answer outside of the envelope. */
export class Plain {
  readonly body: string;
  constructor(body: string) {
    this.body = body;
  }
}

/** A list, with the page that it is. */
export class Page {
  readonly items: readonly unknown[];
  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

export function wrap(result: unknown): object {
  const envelope = { success: true, errors: [], messages: [] };
  if (!(result instanceof Page)) return { ...envelope, result: result ?? null };
  const count = result.items.length;
  const result_info = { page: 1, per_page: 100, count, total_count: count, total_pages: 1 };
  return { ...envelope, result: result.items, result_info };
}

export function wrapRefusal({ code, message }: Refused): object {
  return { success: false, errors: [{ code, message }], messages: [], result: null };
}
