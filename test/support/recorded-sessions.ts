// The multipart sessions that an account's uploads began in R2, which lists them to nobody: seen where the ledger begins them.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { TestAccount } from "./accounts.ts";
import { replacing } from "./failing.ts";

export interface Session {
  readonly key: string;
  readonly uploadId: string;
}

/** From now on, of this account, until its ledger sleeps. The list grows as they begin. */
export async function recordSessions({ id }: Pick<TestAccount, "id">): Promise<readonly Session[]> {
  const begun: Session[] = [];
  const ORIGINALS = replacing(env.ORIGINALS, "createMultipartUpload", async (_, [key]) => {
    const upload = await env.ORIGINALS.createMultipartUpload(String(key));
    begun.push({ key: upload.key, uploadId: upload.uploadId });
    return upload;
  });
  await runInDurableObject(env.LEDGER.getByName(`account:${id}`), (ledger) => {
    Reflect.set(ledger, "env", { ...env, ORIGINALS });
  });
  return begun;
}

/** Those that R2 still takes parts for. */
export async function openSessions(sessions: readonly Session[]): Promise<readonly Session[]> {
  const isOpen = await Promise.all(
    sessions.map(({ key, uploadId }) =>
      env.ORIGINALS.resumeMultipartUpload(key, uploadId)
        .uploadPart(1, "a part")
        .then(
          () => true,
          () => false,
        ),
    ),
  );
  return sessions.filter((_, at) => isOpen[at]);
}
