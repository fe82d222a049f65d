// What a page's form sends, as the upload that it stands for.
import type { Context } from "hono";
import { mediaType } from "../../shared/http.ts";
import type { AppEnv } from "./app-env.ts";

/** A form with an address says what an import says in JSON; a form with a file is an upload already. */
export async function asUpload<E extends AppEnv>(
  c: Context<E>,
  readFields: () => Promise<URLSearchParams>,
): Promise<Request> {
  const request = c.req.raw;
  if (mediaType(request.headers.get("Content-Type")) !== "application/x-www-form-urlencoded") return request;
  const fields = await readFields();
  const [url, ttl] = [fields.get("url") ?? "", fields.get("ttl") ?? ""];
  const headers = new Headers(request.headers);
  headers.set("Content-Type", "application/json");
  headers.delete("Content-Length");
  return new Request(request.url, {
    method: "POST",
    headers,
    body: JSON.stringify({ url, ...(ttl && { ttl }) }),
  });
}
