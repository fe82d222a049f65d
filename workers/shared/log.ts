// One JSON line a happening, as Workers Logs index them.

/** Logs an unexpected error with all its causes. Never pass what a caller sent: keys and captions are theirs. */
export function logError(
  message: string,
  error: unknown,
  context: Readonly<Record<string, string>> = {},
): void {
  console.error(JSON.stringify({ level: "error", message, ...context, causes: causesOf(error) }));
}

function causesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return error === undefined ? [] : [String(error)];
  return [error.stack ?? error.message, ...causesOf(error.cause)];
}
