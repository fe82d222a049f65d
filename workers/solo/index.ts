// Both Workers in one: for the deploy button, which deploys a single Worker, and for whoever wants one. Pictures are src's, behind its own cached
// entrypoint; all else is the API's.
import api from "../api/index.ts";
import type Src from "../src/index.ts";

export { Codes, Ledger } from "../api/index.ts";
export { AnonymousBudget, default as Src, Variants } from "../src/index.ts";

export default {
  fetch(request: Request<unknown, IncomingRequestCfProperties>, env, context) {
    const src = srcOf(context);
    return isForSrc(request.url, env)
      ? src.fetch(request)
      : api.fetch(request, { ...env, SRC: src }, context);
  },
  scheduled: (controller, env, context) => api.scheduled(controller, { ...env, SRC: srcOf(context) }),
} satisfies ExportedHandler<SoloEnv>;

/** A host of its own for pictures answers nothing else. On one host the API tells pictures by their path, and passes them on. */
function isForSrc(url: string, env: object): boolean {
  const [src, page, api] = ["SRC_ORIGIN", "PAGE_ORIGIN", "API_ORIGIN"].map((name) => Reflect.get(env, name));
  return Boolean(src) && src !== page && src !== api && URL.canParse(url) && new URL(url).origin === src;
}

/** `ctx.exports` has the type of whichever Worker's program this file is checked in, so the entrypoint is looked up by name. */
function srcOf(context: ExecutionContext): LoopbackServiceStub<Src> {
  const src: unknown = Reflect.get(context.exports, "Src");
  if (!isSrc(src)) throw new Error("The Worker does not export Src.");
  return src;
}

function isSrc(value: unknown): value is LoopbackServiceStub<Src> {
  return typeof value === "function";
}
