// Image URLs: a request in, a picture out. Read from top to bottom, this is the story of a request.
import { WorkerEntrypoint } from "cloudflare:workers";
import { ApiError, errorResponse } from "../shared/api-error.ts";
import { parseImageUrl } from "../shared/image-url.ts";
import { variantsOf } from "./loopback.ts";
import { bytesOf, findOriginal } from "./original.ts";
import { answerPlain } from "./plain.ts";
import { defaultLimits, makePlan } from "./plan.ts";
import { refusalOf } from "./refusal.ts";
import { imageHeaders, isNotModified } from "./respond.ts";
import { versionOf } from "./version.ts";

export { Variants } from "./variants.ts";

export default class Src extends WorkerEntrypoint<SrcEnv> {
  override async fetch(request: Request): Promise<Response> {
    try {
      return await this.#answer(request);
    } catch (thrown) {
      return errorResponse(refusalOf(thrown, request.url), crypto.randomUUID());
    }
  }

  async #answer(request: Request): Promise<Response> {
    if (request.method !== "GET" && request.method !== "HEAD") {
      throw new ApiError("method_not_allowed", { headers: { Allow: "GET, HEAD" } });
    }
    const url = parseImageUrl(new URL(request.url));
    if (!url) throw notFound();

    const now = Date.now();
    const original = await findOriginal(this.env.DB, url, now);
    if (!original) throw notFound();

    const accept = request.headers.get("Accept") ?? "";
    const plan = makePlan(
      { transform: url.transform, extension: url.extension, accept },
      original,
      defaultLimits,
    );
    if (plan.kind === "refused") throw new ApiError("media_failed", { message: plan.reason });

    const version = await versionOf(original, plan);
    const headers = imageHeaders({
      original,
      version,
      format: plan.kind === "plain" ? original.facts.format : plan.variant.format,
      variesByAccept: plan.variesByAccept,
      download: url.transform.download,
      now,
    });
    if (isNotModified(request, version, original.createdAt))
      return new Response(null, { status: 304, headers });
    if (plan.kind === "plain") {
      return answerPlain(request, plan, original, bytesOf(this.env.ORIGINALS, original), headers);
    }

    const variants = variantsOf(this.ctx)({ props: { original, plan, version } });
    const variant = await variants.fetch(`https://variants/${original.storage}/${original.id}/${version}`);
    if (!variant.ok) return variant;
    const timing = variant.headers.get("Server-Timing");
    if (timing) headers.set("Server-Timing", timing);
    headers.set("Content-Length", variant.headers.get("Content-Length") ?? "");
    return new Response(request.method === "HEAD" ? null : variant.body, { headers });
  }

  /**
   * Forgets every cached answer of these images; `false` means that the platform refused for now, try again.
   * The row in D1 is asked on every request, so a deleted or blocked image is unreachable even before this.
   */
  async purge(ids: readonly string[]): Promise<boolean> {
    return variantsOf(this.ctx)({}).purge(ids);
  }
}

/** Short-lived in caches: the id may be given out, or the image unblocked, in a moment. */
function notFound(): ApiError {
  return new ApiError("not_found", { headers: { "Cache-Control": "public, max-age=60" } });
}
