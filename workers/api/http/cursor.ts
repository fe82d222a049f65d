// The opaque cursor of lists: where the next page begins. It only moves within what its reader may see.
import { ApiError } from "../../shared/api-error.ts";
import type { Position } from "../images/store/index.ts";

export function printCursor({ createdAt, id }: Position): string {
  return btoa(`${createdAt} ${id}`).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Throws a 400 for anything that `printCursor` did not write. */
export function parseCursor(cursor: string): Position {
  const [, time, id] = /^(\d{1,15}) ([a-z0-9]{8})$/.exec(decode(cursor)) ?? [];
  const position = { createdAt: Number(time), id: id ?? "" };
  if (printCursor(position) !== cursor) throw broken();
  return position;
}

function decode(cursor: string): string {
  try {
    return atob(cursor.replaceAll("-", "+").replaceAll("_", "/"));
  } catch (cause) {
    throw broken(cause);
  }
}

function broken(cause?: unknown): ApiError {
  return new ApiError("bad_request", { message: "The cursor is broken.", cause });
}
