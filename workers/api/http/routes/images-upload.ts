// An upload: three forms, one result.
import { newImageId } from "../../../../schema/ids.ts";
import { declaredLength } from "../../../shared/http.ts";
import type { LookQuestion } from "../../../shared/looked.ts";
import { HOUR_LEDGER, hourPolicyOf, ledgerName, limitsOf } from "../../accounts/accounting.ts";
import { openDatabase } from "../../database.ts";
import { createAnew, createOnce } from "../../images/create-once.ts";
import { toImage } from "../../images/image-object.ts";
import type { Outside } from "../../import/fetch-public.ts";
import { patienceOf, type Settings } from "../../settings.ts";
import { arriving } from "../../upload/arriving.ts";
import { MAX_FIELDS_BYTES } from "../../upload/multipart.ts";
import { readUpload } from "../../upload/read-upload.ts";
import { refuseOver } from "../../upload/refuse-over.ts";
import { uploadRoom } from "../../upload/room.ts";
import { callerNetwork } from "../caller-address.ts";
import { callerLedgerName } from "../caller-ledger.ts";
import { parseIdempotencyKey } from "../idempotency-key.ts";
import { anyoneMay } from "../middleware/credentials.ts";
import { rateLimit } from "../middleware/rate-limit.ts";
import { uploadRoutes } from "./images-upload-routes.ts";
import { createRouter } from "./router.ts";

export const imagesUpload = createRouter();

// Declared without zod-openapi's own reader, which would hold the whole body in memory.
for (const route of uploadRoutes) imagesUpload.openAPIRegistry.registerPath(route);

/** What a form may have beside its file: its fields, and the headers of its parts. */
const MAX_AROUND_FILE_BYTES = 2 * MAX_FIELDS_BYTES;

/** Each of the three takes all three forms: the two older names are what early clients of the v1 API call. */
imagesUpload.on(
  "POST",
  ["/v1/images", "/v1/upload", "/v1/import"],
  anyoneMay("write"),
  rateLimit,
  async (c) => {
    const { settings, caller, origins } = c.var;
    const { account } = caller;
    const id = newImageId();
    const key = parseIdempotencyKey(c.req.header("Idempotency-Key"));
    const callerName = callerLedgerName(caller, c.req.raw);
    const stay = uploadRoom.enter({
      caller: callerName,
      // Nobody knows who has no key, and one address must not shut out the others.
      share: caller.kind === "key" ? 1 : 0.5,
      waitMilliseconds: settings.UPLOAD_WAIT_SECONDS * 1_000,
    });
    const body = arriving(c.req.raw.body, patienceOf(settings), () => stay.seen());
    const context = {
      ...{ id, account, limits: limitsOf(account, settings), clock: () => Date.now() },
      db: openDatabase(c.env.DB),
      originals: c.env.ORIGINALS,
      ledger: c.env.LEDGER.getByName(ledgerName(account.id, id)),
      keys: c.env.LEDGER.getByName(callerName),
      hour:
        caller.kind === "anonymous" ? hourOf(c.env.LEDGER, settings, callerNetwork(c.req.raw)) : undefined,
      hold: stay.hold,
      looking: {
        ask: async (question: LookQuestion) => c.env.SRC.look(question),
        waitUntil: (work: Promise<unknown>) => c.executionCtx.waitUntil(work),
      },
    };
    const create = async () => {
      // Before the first byte is read: of a body that nobody has begun to read, the sender gets the refusal.
      refuseOver(
        (declaredLength(c.req.raw.headers) ?? 0) - MAX_AROUND_FILE_BYTES,
        context.limits.maxFileBytes,
      );
      await stay.hold("fields", 0);
      const upload = await readUpload(c.req.raw, { body, outside: outsideOf(settings), hold: stay.hold });
      return key === undefined ? createAnew(upload, context) : createOnce(upload, { ...context, key });
    };
    const creation = create().finally(async () => {
      stay.leave();
      // What was not read is for `drainRefused`.
      await body.return(undefined);
    });
    // A sender who hangs up must not stop the undoing of what was begun.
    c.executionCtx.waitUntil(creation.catch(() => undefined));
    const { row, isReplay } = await creation;
    if (isReplay) c.header("Idempotent-Replayed", "true");
    return c.json(toImage(row, origins), 201);
  },
);

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
  const ledger = ledgers.getByName(HOUR_LEDGER);
  const policy = hourPolicyOf(settings);
  return {
    take: async (imageId: string, bytes: number) =>
      ledger.takeHour({ imageId, network, bytes }, policy, Date.now()),
    giveBack: async (imageId: string) => ledger.giveHourBack(imageId),
  };
}
