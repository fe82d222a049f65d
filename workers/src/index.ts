// Image URLs: a request in, a picture out. Read from top to bottom, this is the story of a request.
import { WorkerEntrypoint } from "cloudflare:workers";
import * as z from "zod";
import { ApiError, refuseNoHost } from "../shared/api-error.ts";
import { isPreflight, openToAll, preflightAnswer } from "../shared/cross-origin.ts";
import { inertHeadersFor } from "../shared/inert.ts";
import type { Looked, LookQuestion } from "../shared/looked.ts";
import { spendRender } from "./door/budgets.ts";
import { decide, withoutMaster } from "./door/decide.ts";
import { firstLook } from "./door/first-look.ts";
import { answerHealth } from "./door/health.ts";
import { variantsOf } from "./door/loopback.ts";
import { reportLost } from "./door/masters.ts";
import { bytesOf } from "./door/original.ts";
import { answerPlain } from "./door/plain.ts";
import { hideCode, refused } from "./door/refusal.ts";
import { type AnswerFormat, formatOf, imageHeaders, notModifiedHeaders, takeName } from "./door/respond.ts";
import { type OddView, oddViewOf, SpentBudgets } from "./door/spent-budgets.ts";
import { ENGINE, versionOf } from "./door/version.ts";
import { noteView, type View } from "./door/view.ts";
import { KEPT_HEADER } from "./edge/directives.ts";
import { purgeImages, throughEdge } from "./edge/index.ts";
import { isNotModified } from "./edge/part.ts";
import type { PlainPlan } from "./plan/plan.ts";
import { askForVariant, isMasterLost, isNamed, REQUEST_ID_HEADER, stays } from "./variants.ts";

export { AnonymousBudget } from "./door/anonymous-budget.ts";
export { Variants } from "./variants.ts";

const methods = ["GET", "HEAD"];

/** Of this isolate. */
const spentBudgets = new SpentBudgets();

export default class Src extends WorkerEntrypoint<SrcEnv> {
  /** What the edge holds is answered without us; what reaches us here it has not seen, or may not keep. */
  override fetch(request: Request): Promise<Response> {
    return throughEdge(this.ctx, request, () => this.#view(request));
  }

  async #view(request: Request): Promise<Response> {
    const requestId = requestIdOf(request);
    if (isPreflight(request)) return preflightAnswer(request, methods);
    const odd = oddViewOf(this.env, request);
    const begun = Date.now();
    const view: View = {};
    const answer = await this.#answer(request, requestId, odd, view).catch((thrown: unknown) =>
      refused(thrown, { requestId, pageOrigin: this.env.PAGE_ORIGIN, url: request.url }),
    );
    if (!view.isHealth) noteView(this.env, view, answer, Date.now() - begun);
    hideCode(answer);
    spentBudgets.learn(odd, answer, Date.now());
    return opened(answer);
  }

  /** `view` is told what became of it on the way. */
  async #answer(
    request: Request,
    requestId: string,
    odd: OddView | undefined,
    view: View,
  ): Promise<Response> {
    if (!methods.includes(request.method)) {
      throw new ApiError("method_not_allowed", { headers: { Allow: methods.join(", ") } });
    }
    refuseNoHost(request);
    const url = new URL(request.url);
    const health = answerHealth(url, this.env, this.ctx);
    if (health) {
      view.isHealth = true;
      return health;
    }
    const now = Date.now();
    if (odd) spentBudgets.refuse(odd, now);
    const accept = request.headers.get("Accept") ?? "";
    const decision = await decide(this.env, url, accept, now);
    const { original, asked, plan } = decision;
    view.original = original;

    let version = await versionOf(original, plan);
    const headersFor = (format: AnswerFormat) =>
      imageHeaders({
        original,
        version,
        format,
        variesByAccept: plan.variesByAccept,
        download: asked.transform.download,
        now,
      });
    const known = headersFor(original.facts.format);
    if (isNotModified(request, known)) {
      view.cache = "unchanged";
      return new Response(null, { status: 304, headers: notModifiedHeaders(known) });
    }
    view.cache = plan.kind === "plain" ? "plain" : "variant";
    const plain = ({ metadata }: PlainPlan["variant"]) => {
      const { facts } = original;
      const address = request.headers.get("CF-Connecting-IP") ?? "";
      const spend = (cpuMs: number) => spendRender(this.env, { address, image: original, cpuMs });
      const bytes = bytesOf(this.env.ORIGINALS, original);
      return answerPlain(request, metadata, original, bytes, headersFor(facts.format), spend);
    };
    if (plan.kind === "plain") return plain(plan.variant);

    const ask = () => askForVariant(variantsOf(this.ctx), original, version, request, requestId);
    let variant = await ask();
    if (isMasterLost(variant)) {
      if (original.master) this.ctx.waitUntil(reportLost(this.env.DB, original, original.master, now));
      version = await versionOf(original, withoutMaster(decision).plan);
      variant = await ask();
    }
    if (!variant.ok) return new Response(variant.body, variant);
    if (stays(variant)) {
      await variant.body?.cancel();
      const answer = await plain(plan.variant);
      if (!isNamed(variant)) takeName(answer.headers);
      return answer;
    }
    const headers = headersFor(formatOf(variant) ?? plan.variant.format);
    if (!isNamed(variant)) takeName(headers);
    for (const name of ["Content-Length", "Server-Timing", KEPT_HEADER]) {
      const value = variant.headers.get(name);
      if (value !== null) headers.set(name, value);
    }
    return new Response(variant.body, { headers });
  }

  /**
   * Forgets every cached answer of these images; `false` means that the platform refused for now, try again. Their rows must have been changed
   * before: what is asked for from now on is decided by them.
   */
  async purge(ids: readonly string[]): Promise<boolean> {
    spentBudgets.forget(ids);
    return purgeImages(this.ctx, ids);
  }

  /** Whether an original can be shown, and what stands for it until it has loaded. Asked before there is a row, too. */
  async look(question: LookQuestion): Promise<Looked> {
    return firstLook(this.env, question);
  }

  /** Raised whenever originals are read or shown in another way: older looks are then worth repeating. */
  engine(): number {
    return ENGINE;
  }
}

/** Readable by every site, and what is no picture is text. Pictures bear no request's name: whoever gets them from a cache has another. */
function opened(answer: Response): Response {
  openToAll(answer.headers);
  for (const [name, value] of inertHeadersFor(answer.headers)) answer.headers.set(name, value);
  return answer;
}

/** The API Worker has named the request already. What a stranger writes there names a line of our log and nothing else. */
function requestIdOf(request: Request): string {
  const named = request.headers.get(REQUEST_ID_HEADER);
  return named !== null && z.uuid().safeParse(named).success ? named : crypto.randomUUID();
}
