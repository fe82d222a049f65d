// The member's API keys at `/keys`: made, shown once, revoked.
import type { Context } from "hono";
import { MAX_KEYS } from "../../../../schema/plans.ts";
import { ApiError } from "../../../shared/api-error.ts";
import { createKey, listKeys, revokeKey } from "../../accounts/keys.ts";
import { openDatabase } from "../../database.ts";
import { KeysPage, type KeysPageProps } from "../../pages/dashboard/keys-page.tsx";
import { htmlAnswer } from "../../pages/html-answer.ts";
import type { MemberEnv } from "../app-env.ts";
import { inSentences } from "../in-sentences.ts";
import { parseKeyForm } from "../key-form.ts";
import { takePace } from "../member-pace.ts";
import { readMember, requireMember } from "../middleware/member.ts";
import { ownForm } from "../middleware/own-form.ts";
import { visitorOf } from "../visitor-of.ts";
import { withWait } from "../with-wait.ts";
import { createMemberPages } from "./page-router.ts";

export const keys = createMemberPages();

keys.use("/keys/*", readMember, requireMember);

keys.get("/keys", (c) => keysPage(c));

// Answered with the page itself: a key that is shown once can't wait for a second request.
keys.post("/keys", ownForm, async (c) => {
  const { member, form } = c.var;
  const now = Date.now();
  try {
    const wanted = parseKeyForm(form, now);
    await takePace(c, "keys");
    const key = await createKey(openDatabase(c.env.DB), member.account.id, wanted, now);
    if (key === undefined) {
      const message = `An account has at most ${MAX_KEYS} keys. Revoke one that nothing uses.`;
      throw new ApiError("forbidden", { message });
    }
    return await keysPage(c, { fresh: key });
  } catch (error) {
    if (error instanceof ApiError && error.status < 500) return keysPage(c, { refusal: error });
    throw error;
  }
});

keys.post("/keys/revoke", ownForm, async (c) => {
  const { member, form } = c.var;
  await revokeKey(openDatabase(c.env.DB), member.account.id, form.get("key") ?? "", Date.now());
  return c.redirect("/keys#keys", 303);
});

interface News {
  readonly fresh?: string;
  readonly refusal?: ApiError;
}

async function keysPage(c: Context<MemberEnv>, { fresh, refusal }: News = {}): Promise<Response> {
  const rows = await listKeys(openDatabase(c.env.DB), c.var.member.account.id);
  const props: KeysPageProps = {
    visitor: visitorOf(c.var),
    apiOrigin: c.var.origins.api,
    keys: rows,
    now: Date.now(),
    fresh: fresh ?? null,
    problem: refusal ? inSentences(refusal) : null,
  };
  const answer = await htmlAnswer(<KeysPage {...props} />, {
    status: refusal?.status ?? (fresh ? 201 : 200),
  });
  return withWait(answer, refusal);
}
