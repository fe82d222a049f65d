// The operator's addresses: moderation, accounts, and another look at old images. They are not in the public reference.
import type * as z from "zod";
import {
  accountChangeSchema,
  type accountSchema,
  moderationOrderSchema,
  type Reexamination,
  reexamineSchema,
} from "../../../../schema/admin.ts";
import { ANONYMOUS_ACCOUNT } from "../../../../schema/ids.ts";
import { SAMPLE } from "../../../../schema/sample.ts";
import { ApiError } from "../../../shared/api-error.ts";
import type { LookQuestion } from "../../../shared/looked.ts";
import { readPool } from "../../accounts/anonymous-pool.ts";
import { changeAccount } from "../../accounts/change-account.ts";
import { openDatabase } from "../../database.ts";
import { toImage } from "../../images/image-object.ts";
import { moderateImage } from "../../images/moderation.ts";
import { reexamine } from "../../images/reexamine.ts";
import { blockFileOf } from "../../images/store/index.ts";
import { finishingWith } from "../../upkeep/finishing.ts";
import { notePurge } from "../../upkeep/outbox.ts";
import { operatorOnly } from "../middleware/operator.ts";
import { adopt } from "./adopt.ts";
import { backup } from "./backup.ts";
import { blockedFiles } from "./blocked-files.ts";
import { PURGE_HEADER, parseImageId } from "./declare.ts";
import { readBody } from "./operator-body.ts";
import { createRouter, jsonBody } from "./router.ts";

export const admin = createRouter();

admin.use("/v1/admin/*", operatorOnly);

admin.patch("/v1/admin/images/:id", ...jsonBody, async (c) => {
  const { refuse_file, ...changes } = await readBody(c.req, moderationOrderSchema);
  const context = { ...finishingWith(c.env), now: Date.now() };
  const id = parseImageId(c.req.param("id"));
  if (refuse_file) await blockFileOf(context.db, id, { by: null, note: "", now: context.now });
  const { row, purge } = await moderateImage(id, changes, context);
  c.header(PURGE_HEADER, purge);
  return c.json(toImage(row, c.var.origins));
});

admin.post("/v1/admin/images/reexamine", ...jsonBody, async (c) => {
  const { cursor, limit } = await readBody(c.req, reexamineSchema);
  const engine = await c.env.SRC.engine();
  const db = openDatabase(c.env.DB);
  const now = Date.now();
  const found = await reexamine(cursor, limit, {
    db,
    originals: c.env.ORIGINALS,
    ask: async (question: LookQuestion) => c.env.SRC.look({ ...question, isOperators: true }),
    engine,
    now,
  });
  // It has no row that a look could find changed, and its bytes are another engine's now.
  if (found.nextCursor === null) await notePurge(db, { ...SAMPLE, accountId: ANONYMOUS_ACCOUNT }, now);
  const { examined, changed, failed, isBusy, nextCursor } = found;
  return c.json({
    object: "reexamination",
    engine,
    examined,
    changed: [...changed],
    failed: [...failed],
    is_busy: isBusy,
    next_cursor: nextCursor,
  } satisfies Reexamination);
});

admin.patch("/v1/admin/accounts/:id", ...jsonBody, async (c) => {
  const changes = await readBody(c.req, accountChangeSchema);
  const row = await changeAccount(openDatabase(c.env.DB), c.req.param("id"), changes);
  const { id, name, storage, plan, status } = row;
  return c.json({ id, object: "account", name, storage, plan, status } satisfies z.infer<
    typeof accountSchema
  >);
});

admin.get("/v1/admin/anonymous", async (c) => {
  const { settings } = c.var;
  const ledgerNamed = (name: string) => c.env.LEDGER.getByName(name);
  return c.json(await readPool({ settings, ledgerNamed, now: Date.now() }));
});

admin.route("/", blockedFiles);
admin.route("/", backup);
admin.route("/", adopt);

// Nothing else is here, and keys of accounts are not asked for.
admin.all("/v1/admin/*", () => {
  throw new ApiError("not_found");
});
