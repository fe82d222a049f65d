// What every file of pages for members begins with: refusals are told on a page, in words.
import { type Context, Hono } from "hono";
import { ApiError } from "../../../shared/api-error.ts";
import { logError } from "../../../shared/log.ts";
import type { Member } from "../../accounts/sessions.ts";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { RefusalPage } from "../../pages/refusal-page.tsx";
import type { AppEnv, MemberEnv } from "../app-env.ts";
import { inSentences } from "../in-sentences.ts";
import { anyVisitorOf } from "../visitor-of.ts";
import { wayOutOf } from "../way-out.ts";
import { withWait } from "../with-wait.ts";

/** Pages for whoever comes. `c.var.member` is theirs to ask for by `readMember`. */
export function createPages(): Hono<AppEnv> {
  const pages = new Hono<AppEnv>();
  pages.onError(answerOnPage);
  return pages;
}

/** Pages behind `requireMember`. */
export function createMemberPages(): Hono<MemberEnv> {
  const pages = new Hono<MemberEnv>();
  pages.onError(answerOnPage);
  return pages;
}

async function answerOnPage<E extends AppEnv>(error: Error, c: Context<E>): Promise<Response> {
  const refusal = error instanceof ApiError ? error : new ApiError("server_error", { cause: error });
  const { status } = refusal;
  const { requestId } = c.var;
  const isOurs = status >= 500;
  if (isOurs) logError(refusal.code, error, { requestId });
  // Some refusals come before anybody has looked who is here.
  const member: Member | null | undefined = c.get("member");
  const page = RefusalPage({
    status,
    reason: inSentences(refusal),
    requestId: isOurs ? requestId : null,
    wayOut: wayOutOf(refusal, { ...c.var, member: member ?? null }),
    visitor: member === undefined ? undefined : anyVisitorOf({ ...c.var, member }),
  });
  return withWait(await htmlAnswer(page, { status }), refusal);
}
