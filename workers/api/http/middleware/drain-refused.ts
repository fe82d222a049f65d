// A refusal must reach its sender: most clients look for an answer only when they have sent all, and a connection that
// closes before loses it.
import { createMiddleware } from "hono/factory";
import { declaredLength } from "../../../shared/http.ts";
import { within } from "../../upload/arriving.ts";
import type { AppEnv } from "../app-env.ts";

/** More than any body of which something has been read: what says that it is longer is refused unread. */
const MAX_DRAINED_BYTES = 100_000_000;
const MAX_MILLISECONDS = 20_000;
/** Between two chunks. */
const MAX_SILENCE_MILLISECONDS = 3_000;

/** Reads what is left of a refused request's body, and keeps none of it, before the refusal is sent. */
export const drainRefused = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  const { body, headers } = c.req.raw;
  const bytes = declaredLength(headers) ?? 0;
  if (c.res.ok || !body || body.locked || bytes > MAX_DRAINED_BYTES) return;
  await drain(body.getReader());
});

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const until = Date.now() + MAX_MILLISECONDS;
  try {
    for (let bytes = 0; bytes <= MAX_DRAINED_BYTES && Date.now() < until; ) {
      const read = await within(MAX_SILENCE_MILLISECONDS, reader.read());
      if (read === "late" || read.done) break;
      bytes += read.value.byteLength;
    }
  } catch {
    // The sender has hung up: there is nobody to answer, and nothing was kept.
  }
  // Not awaited: a body that hangs need not end when it is told to.
  reader.cancel().catch(() => undefined);
}
