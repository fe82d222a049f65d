// Image URLs: a request in, a picture out. Read from top to bottom, this is the story of a request.
import { WorkerEntrypoint } from "cloudflare:workers";
import { ApiError, errorResponse } from "../shared/api-error.ts";
import { isPreflight, openToAll, preflightAnswer } from "../shared/cross-origin.ts";
import type { Looked, LookQuestion } from "../shared/looked.ts";
import { spendRender } from "./door/budgets.ts";
import { decide } from "./door/decide.ts";
import { firstLook } from "./door/first-look.ts";
import { variantsOf } from "./door/loopback.ts";
import { bytesOf } from "./door/original.ts";
import { answerPlain } from "./door/plain.ts";
import { refusalOf } from "./door/refusal.ts";
import { imageHeaders, isNotModified } from "./door/respond.ts";
import { ENGINE, versionOf } from "./door/version.ts";
import { askForVariant, REQUEST_ID_HEADER } from "./variants.ts";

export { AnonymousBudget } from "./door/anonymous-budget.ts";
export { Variants } from "./variants.ts";

const methods = ["GET", "HEAD"];

export default class Src extends WorkerEntrypoint<SrcEnv> {
  /** From outside: the request gets its name here. */
  override fetch(request: Request): Promise<Response> {
    return this.view(request, crypto.randomUUID());
  }

  /** From the API Worker, which has named the request already. A call and no header: callers can't write it. */
  async view(request: Request, requestId: string): Promise<Response> {
    try {
      if (isPreflight(request)) return preflightAnswer(request, methods);
      return opened(await this.#answer(request, requestId), requestId);
    } catch (thrown) {
      return opened(errorResponse(refusalOf(thrown, requestId), requestId), requestId);
    }
  }

  async #answer(request: Request, requestId: string): Promise<Response> {
    if (!methods.includes(request.method)) {
      throw new ApiError("method_not_allowed", { headers: { Allow: methods.join(", ") } });
    }
    const now = Date.now();
    const accept = request.headers.get("Accept") ?? "";
    const { original, asked, plan } = await decide(this.env.DB, new URL(request.url), accept, now);

    const version = await versionOf(original, plan);
    const headers = imageHeaders({
      original,
      version,
      format: plan.kind === "plain" ? original.facts.format : plan.variant.format,
      variesByAccept: plan.variesByAccept,
      download: asked.transform.download,
      now,
    });
    if (isNotModified(request, version, original.createdAt)) {
      return new Response(null, { status: 304, headers });
    }
    if (plan.kind === "plain") {
      const { storage } = original;
      const address = request.headers.get("CF-Connecting-IP") ?? "";
      const spend = (cpuMs: number) => spendRender(this.env, { address, storage, cpuMs });
      return answerPlain(request, plan, original, bytesOf(this.env.ORIGINALS, original), headers, spend);
    }

    const variant = await askForVariant(variantsOf(this.ctx), original, version, request, requestId);
    if (!variant.ok) return new Response(variant.body, variant);
    for (const name of ["Content-Type", "Content-Length", "Server-Timing"]) {
      const value = variant.headers.get(name);
      if (value !== null) headers.set(name, value);
    }
    if (request.method === "GET") return new Response(variant.body, { headers });
    // What is still being made need not be made any longer.
    await variant.body?.cancel();
    return new Response(null, { headers });
  }

  /**
   * Forgets every cached answer of these images; `false` means that the platform refused for now, try again.
   * The row in D1 is asked on every request, so a deleted or blocked image is unreachable even before this.
   */
  async purge(ids: readonly string[]): Promise<boolean> {
    return variantsOf(this.ctx).purge(ids);
  }

  /** Whether an original can be shown, and what stands for it until it has loaded. Asked before there is a row, too. */
  async look(question: LookQuestion): Promise<Looked> {
    return firstLook(this.env.ORIGINALS, question);
  }

  /** Raised whenever originals are read or shown in another way: older looks are then worth repeating. */
  engine(): number {
    return ENGINE;
  }
}

/** Named, and readable by every site. */
function opened(answer: Response, requestId: string): Response {
  answer.headers.set(REQUEST_ID_HEADER, requestId);
  openToAll(answer.headers);
  return answer;
}
