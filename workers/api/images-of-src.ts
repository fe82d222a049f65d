// On one origin the images are here too: src answers for them, and its cache before it.
import { parseImageUrl } from "../shared/image-url.ts";

/** What of a request decides about a picture. Nothing else is passed on: caches make way for an `Authorization`, and cookies are ours. */
const passedOn = [
  ...["Accept", "Range", "If-Range", "If-None-Match", "If-Modified-Since"],
  ...["Access-Control-Request-Method", "Access-Control-Request-Headers"],
  ...["CF-Connecting-IP", "CF-Ray"],
];

/** What src answers to a request for an image; undefined where the path is no image's. */
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
  return src.fetch(request.url, { method: request.method, headers });
}
