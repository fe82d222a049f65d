// For `npm run adopt`: what lies in a bucket, and images of it. Mounted behind the operator's token.
import type { Context } from "hono";
import {
  type Adoption,
  adoptionQuestionSchema,
  type BucketName,
  type FoundObjects,
  type LookedAt,
  lookQuestionSchema,
  objectsQuestionSchema,
} from "../../../../schema/adopt.ts";
import { newImageId } from "../../../../schema/ids.ts";
import type { LookQuestion } from "../../../shared/looked.ts";
import { accountLedgerName, lastingLedger, limitsOf } from "../../accounts/accounting.ts";
import { adoptingAccount } from "../../accounts/adopting-account.ts";
import { adoptObject } from "../../adopt/adopt-object.ts";
import { bucketOf } from "../../adopt/bucket.ts";
import { findObjects } from "../../adopt/find-objects.ts";
import { lookAtObjects } from "../../adopt/look-at-objects.ts";
import { openDatabase } from "../../database.ts";
import { uploadMemory } from "../../upload/memory.ts";
import type { AppEnv } from "../app-env.ts";
import { readBody } from "./operator-body.ts";
import { createRouter, jsonBody } from "./router.ts";

export const adopt = createRouter();

adopt.post("/v1/admin/adopt/objects", ...jsonBody, async (c) => {
  const { bucket, ...place } = await readBody(c.req, objectsQuestionSchema);
  const found = await findObjects(openDatabase(c.env.DB), bucketIn(c, bucket), place);
  return c.json({ object: "objects", ...found } satisfies FoundObjects);
});

adopt.post("/v1/admin/adopt/look", ...jsonBody, async (c) => {
  const { bucket, account: id, keys } = await readBody(c.req, lookQuestionSchema);
  const account = await adoptingAccount(openDatabase(c.env.DB), id);
  const looks = await lookAtObjects(bucketIn(c, bucket), keys, limitsOf(account, c.var.settings));
  return c.json({ object: "objects_look", looks } satisfies LookedAt);
});

adopt.post("/v1/admin/adopt", ...jsonBody, async (c) => {
  const { bucket, account: accountId, ...object } = await readBody(c.req, adoptionQuestionSchema);
  const { settings } = c.var;
  const db = openDatabase(c.env.DB);
  const account = await adoptingAccount(db, accountId);
  const ledgerName = accountLedgerName(account.id);
  const stay = uploadMemory.enter({
    ...{ caller: ledgerName, share: 1, waitMilliseconds: settings.UPLOAD_WAIT_SECONDS * 1_000 },
  });
  const adoption = adoptObject(bucketIn(c, bucket), object, {
    ...{ id: newImageId(), account, limits: limitsOf(account, settings), clock: () => Date.now() },
    ...{ db, originals: c.env.ORIGINALS, hour: undefined, deleteTokenHash: null, hold: stay.hold },
    ledger: lastingLedger(c.env.LEDGER, ledgerName),
    looking: {
      ask: async (question: LookQuestion) => c.env.SRC.look(question),
      waitUntil: (work: Promise<unknown>) => c.executionCtx.waitUntil(work),
    },
  }).finally(() => stay.leave());
  // A command that is killed must not stop what was begun, nor its undoing.
  c.executionCtx.waitUntil(adoption.catch(() => undefined));
  return c.json({ object: "adoption", outcome: await adoption } satisfies Adoption);
});

function bucketIn({ env, var: { settings } }: Context<AppEnv>, which: BucketName) {
  // Not in wrangler.toml: a deployment has it or not.
  const other: R2Bucket | undefined = Reflect.get(env, "ADOPT");
  return bucketOf(which, { own: env.ORIGINALS, other, otherName: settings.ADOPT_BUCKET });
}
