// An upload as it arrives at a route, in any of its three forms: what it may take, who pays, and what is left when it ends.
import type { Context } from "hono";
import { newImageId } from "../../../schema/ids.ts";
import { declaredLength } from "../../shared/http.ts";
import type { LookQuestion } from "../../shared/looked.ts";
import { HOUR_LEDGER, hourPolicyOf, lastingLedger, ledgerName, limitsOf } from "../accounts/accounting.ts";
import { hashDeleteToken, newDeleteToken } from "../accounts/delete-token.ts";
import { openDatabase } from "../database.ts";
import { type CreatedOnce, createAnew, createOnce } from "../images/create-once.ts";
import type { Outside } from "../import/fetch-public.ts";
import { patienceOf, type Settings } from "../settings.ts";
import { arriving } from "../upload/arriving.ts";
import { uploadMemory } from "../upload/memory.ts";
import { MAX_FIELDS_BYTES } from "../upload/multipart.ts";
import { readUpload } from "../upload/read-upload.ts";
import { refuseOver } from "../upload/refuse-over.ts";
import type { AppEnv } from "./app-env.ts";
import { callerNetwork } from "./caller-address.ts";
import { callerLedgerName } from "./caller-ledger.ts";
import { parseIdempotencyKey } from "./idempotency-key.ts";

/** What a form may have beside its file: its fields, and the headers of its parts. */
const MAX_AROUND_FILE_BYTES = 2 * MAX_FIELDS_BYTES;

export interface Taken extends CreatedOnce {
  /** By which whoever has no key may delete the image; null on a replay, too: it is told once. */
  readonly deleteToken: string | null;
}

/** Stores what the request brings; `request`: where that is not the one that came. Throws an ApiError when nothing was kept. */
export async function takeUpload<E extends AppEnv>(
  c: Context<E>,
  request: Request = c.req.raw,
): Promise<Taken> {
  const { settings, caller } = c.var;
  const { account } = caller;
  const id = newImageId();
  const key = parseIdempotencyKey(request.headers.get("Idempotency-Key") ?? undefined);
  const callerName = callerLedgerName(caller, request);
  const deleteToken = caller.kind === "anonymous" ? newDeleteToken() : null;
  const stay = uploadMemory.enter({
    caller: callerName,
    // Nobody knows who has no key, and one address must not shut out the others.
    share: caller.kind === "anonymous" ? 0.5 : 1,
    waitMilliseconds: settings.UPLOAD_WAIT_SECONDS * 1_000,
  });
  const body = arriving(request.body, patienceOf(settings), () => stay.seen());
  const context = {
    ...{ id, account, limits: limitsOf(account, settings), clock: () => Date.now() },
    db: openDatabase(c.env.DB),
    originals: c.env.ORIGINALS,
    ledger: lastingLedger(c.env.LEDGER, ledgerName(account.id, id)),
    keys: lastingLedger(c.env.LEDGER, callerName),
    hour: caller.kind === "anonymous" ? hourOf(c.env.LEDGER, settings, callerNetwork(request)) : undefined,
    deleteTokenHash: deleteToken && (await hashDeleteToken(deleteToken)),
    hold: stay.hold,
    looking: {
      ask: async (question: LookQuestion) => c.env.SRC.look(question),
      waitUntil: (work: Promise<unknown>) => c.executionCtx.waitUntil(work),
    },
  };
  const create = async () => {
    // Before the first byte is read: of a body that nobody has begun to read, the sender gets the refusal.
    refuseOver((declaredLength(request.headers) ?? 0) - MAX_AROUND_FILE_BYTES, context.limits.maxFileBytes);
    await stay.hold("fields", 0);
    const upload = await readUpload(request, { body, outside: outsideOf(settings), hold: stay.hold });
    return key === undefined ? createAnew(upload, context) : createOnce(upload, { ...context, key });
  };
  const creation = create().finally(async () => {
    stay.leave();
    // What was not read is for `drainRefused`.
    await body.return(undefined);
  });
  // A sender who hangs up must not stop the undoing of what was begun.
  c.executionCtx.waitUntil(creation.catch(() => undefined));
  const created = await creation;
  return { ...created, deleteToken: created.isReplay ? null : deleteToken };
}

/** Null where imports are closed: a var of theirs is nonsense. */
function outsideOf({ DNS_RESOLVER, IMPORT_TIMEOUT_SECONDS }: Settings): Outside | null {
  if (DNS_RESOLVER === null || IMPORT_TIMEOUT_SECONDS === null) return null;
  return {
    fetch: (url, init) => fetch(url, init),
    resolver: DNS_RESOLVER,
    timeoutMilliseconds: IMPORT_TIMEOUT_SECONDS * 1_000,
  };
}

/** What callers of this network may still store in this hour. */
function hourOf(ledgers: ApiEnv["LEDGER"], settings: Settings, network: string) {
  const ledger = lastingLedger(ledgers, HOUR_LEDGER);
  const policy = hourPolicyOf(settings);
  return {
    take: async (imageId: string, bytes: number) =>
      ledger.takeHour({ imageId, network, bytes }, policy, Date.now()),
    giveBack: async (imageId: string) => ledger.giveHourBack(imageId),
  };
}
