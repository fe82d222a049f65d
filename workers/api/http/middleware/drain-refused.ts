// A refusal must reach its sender: most clients look for an answer only when they have sent all, and a connection that
// closes before loses it.
import { createMiddleware } from "hono/factory";
import { type Chunks, openChunks } from "../../../formats/bytes/chunks.ts";
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
  // Whom there was no memory for must not take some to be told so.
  const isOverloaded = c.res.status === 503;
  if (c.res.ok || isOverloaded || !body || body.locked || bytes > MAX_DRAINED_BYTES) return;
  await drain(openChunks(body, "shared"));
});

async function drain(chunks: Chunks): Promise<void> {
  const until = Date.now() + MAX_MILLISECONDS;
  try {
    for (let bytes = 0; bytes <= MAX_DRAINED_BYTES && Date.now() < until; ) {
      const chunk = await within(MAX_SILENCE_MILLISECONDS, chunks.next());
      if (chunk === "late" || chunk === null) break;
      bytes += chunk.byteLength;
    }
  } catch {
    // The sender has hung up: there is nobody to answer, and nothing was kept.
  }
  // Not awaited: a body that hangs need not end when it is told to.
  chunks.cancel().catch(() => undefined);
}
