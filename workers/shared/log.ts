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
  return [withoutParams(error), ...causesOf(error.cause)];
}

/** Drizzle's errors tell of a query that failed, and then every value in it: addresses, captions, hashes. */
function withoutParams(error: Error): string {
  const { message, stack = message } = error;
  if (!("params" in error)) return stack;
  const [kept = ""] = message.split("\nparams: ");
  // Not found in a stack that somebody changed: then the stack is left out.
  return stack.includes(message) ? stack.replace(message, () => kept) : kept;
}
