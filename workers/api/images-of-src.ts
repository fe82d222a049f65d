// On one origin the images are here too: src answers for them, and its cache before it.
import { ApiError } from "../shared/api-error.ts";
import { parseImageUrl } from "../shared/image-url.ts";
import { logError } from "../shared/log.ts";

/** A fresh isolate is there at once; what killed the last one should not be asked for by everybody in the same second. */
const RETRY_AFTER_SECONDS = 5;

/** What of a request decides about a picture. Nothing else is passed on: caches make way for an `Authorization`, and cookies are ours. */
const passedOn = [
  ...["Accept", "Range", "If-Range", "If-None-Match", "If-Modified-Since"],
  ...["Access-Control-Request-Method", "Access-Control-Request-Headers"],
  ...["CF-Connecting-IP", "CF-Ray"],
];

/** What src answers to a request for an image, `overloaded` where its isolate died under it; undefined where the path is no image's. */
export function askSrc(
  src: Pick<Fetcher, "fetch">,
  request: Request,
  requestId: string,
): Promise<Response> | undefined {
  if (parseImageUrl(new URL(request.url)) === undefined) return undefined;
  const headers = new Headers({ "X-Request-Id": requestId });
  for (const name of passedOn) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  // Its own faults src answers itself: what is thrown here is the platform's word that nothing is left to answer.
  return src.fetch(request.url, { method: request.method, headers }).catch((cause: unknown) => {
    logError("the src Worker went away under a request", cause, { requestId });
    throw new ApiError("overloaded", { action: { type: "wait", retry_after: RETRY_AFTER_SECONDS }, cause });
  });
}
