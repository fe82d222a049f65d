// An upload: three forms, one result.
import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { imageSchema } from "../../../../schema/api.ts";
import { uploadFieldsSchema } from "../../../../schema/fields.ts";
import { newImageId } from "../../../../schema/ids.ts";
import { HOUR_LEDGER, hourPolicyOf, ledgerName, limitsOf } from "../../accounts/accounting.ts";
import { openDatabase } from "../../database.ts";
import { addPlaceholder } from "../../images/add-placeholder.ts";
import { createAnew, createOnce } from "../../images/create-once.ts";
import { toImage } from "../../images/image-object.ts";
import type { Outside } from "../../import/fetch-public.ts";
import type { Settings } from "../../settings.ts";
import { readUpload } from "../../upload/read-upload.ts";
import { type Stay, uploadRoom } from "../../upload/room.ts";
import { callerNetwork } from "../caller-address.ts";
import { callerLedgerName } from "../caller-ledger.ts";
import { parseIdempotencyKey } from "../idempotency-key.ts";
import { anyoneMay } from "../middleware/credentials.ts";
import { rateLimit } from "../middleware/rate-limit.ts";
import { bearer, json, refusal, refusals } from "./declare.ts";
import { createRouter } from "./router.ts";

export const imagesUpload = createRouter();

const binary = z.string().meta({ format: "binary" });
const fields = uploadFieldsSchema.partial();

const uploadRoute = createRoute({
  method: "post",
  path: "/v1/images",
  tags: ["Images"],
  operationId: "createImage",
  summary: "Upload an image, or import one from an address",
  description:
    "Without a key the image is public and lives for at most 30 days. The type is told by the bytes. " +
    "Fields may stand before or after the file; text fields of other names are kept in `metadata`.",
  security: [...bearer, {}],
  request: {
    headers: z.object({
      "Idempotency-Key": z.string().min(1).max(255).optional().meta({
        description: "Makes a retry safe: the same request with the same key makes one image.",
      }),
    }),
    query: fields.meta({ description: "Fields, where the body is the file itself" }),
    body: {
      required: true,
      content: {
        "multipart/form-data": { schema: fields.extend({ file: binary }) },
        "application/json": { schema: fields.extend({ url: z.url() }) },
        "image/*": { schema: binary },
        "application/octet-stream": { schema: binary },
      },
    },
  },
  responses: {
    201: json(imageSchema, "The image"),
    ...refusals,
    400: refusal("`bad_request`: the body or a header could not be read"),
    409: refusal("`idempotency_key_conflict`, `idempotency_key_in_progress`"),
    502: refusal("`fetch_failed`, `upload_failed`, `import_failed`: nothing was kept"),
    503: refusal("`server_error`: too many uploads are under way, with `Retry-After`"),
    504: refusal("`fetch_failed`: the address took too long, 30 seconds unless the operator says otherwise"),
  },
});

// Declared without zod-openapi's own reader, which would hold the whole body in memory.
imagesUpload.openAPIRegistry.registerPath(uploadRoute);

/** The two older names are what early clients of the v1 API call. */
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
    const context = {
      ...{
        id,
        requestId: c.var.requestId,
        account,
        limits: limitsOf(account, settings),
        clock: () => Date.now(),
      },
      db: openDatabase(c.env.DB),
      originals: c.env.ORIGINALS,
      ledger: c.env.LEDGER.getByName(ledgerName(account.id, id)),
      keys: c.env.LEDGER.getByName(callerName),
      hour:
        caller.kind === "anonymous" ? hourOf(c.env.LEDGER, settings, callerNetwork(c.req.raw)) : undefined,
      hold: stay.hold,
    };
    const create = async () => {
      await stay.hold("fields", 0);
      const upload = await readUpload(c.req.raw, readingOf(settings, stay));
      return key === undefined ? createAnew(upload, context) : createOnce(upload, { ...context, key });
    };
    const creation = create().finally(() => stay.leave());
    // A sender who hangs up must not stop the undoing of what was begun.
    c.executionCtx.waitUntil(creation.catch(() => undefined));
    const { row, isReplay } = await creation;
    if (isReplay) {
      c.header("Idempotent-Replayed", "true");
      return c.json(toImage(row, origins), 201);
    }
    const complete = await addPlaceholder(row, {
      db: context.db,
      requestId: c.var.requestId,
      ask: async (storage, imageId) => c.env.SRC.placeholder(storage, imageId, c.var.requestId),
      waitUntil: (work) => c.executionCtx.waitUntil(work),
    });
    return c.json(toImage(complete, origins), 201);
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

function readingOf(settings: Settings, stay: Stay) {
  return {
    stay,
    patience: {
      idleMilliseconds: settings.UPLOAD_IDLE_SECONDS * 1_000,
      totalMilliseconds: settings.UPLOAD_TIMEOUT_SECONDS * 1_000,
    },
    outside: outsideOf(settings),
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
