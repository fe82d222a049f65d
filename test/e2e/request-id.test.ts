// One request, one id: from the first Worker to the last, in the answer's header and in its error.
import { expect, inject, test } from "vitest";
import { errorSchema } from "../../schema/api.ts";
import { uploadOverHttp } from "./upload-over-http.ts";

const origin = inject("origin");
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

test("An image that does not exist is refused under the id in its header, whatever id the caller sends", async () => {
  const chosen = crypto.randomUUID();
  const answer = await fetch(`${origin}/7c1/aaaaaaaa.jpg`, { headers: { "X-Request-Id": chosen } });
  expect(answer.status).toBe(404);
  const id = answer.headers.get("X-Request-Id") ?? "";
  expect(id).toMatch(uuid);
  expect(id).not.toBe(chosen);
  expect(errorSchema.parse(await answer.json()).error.request_id).toBe(id);
});

test.each(["", "?w=40", "?w=40&format=webp"])(
  "A picture asked for with '%s' has an id in each answer",
  async (query) => {
    const { url } = await uploadOverHttp(origin, "coffee.jpg", { key: inject("key") });
    const [one, other] = [await fetch(url + query), await fetch(url + query)];
    const ids = [one, other].map((answer) => answer.headers.get("X-Request-Id") ?? "");
    expect(ids).toEqual([expect.stringMatching(uuid), expect.stringMatching(uuid)]);
    expect(ids[0]).not.toBe(ids[1]);
    expect([one.status, (await one.bytes()).length]).toEqual([other.status, (await other.bytes()).length]);
    const head = await fetch(url + query, { method: "HEAD" });
    expect(head.status).toBe(200);
    const etag = head.headers.get("ETag") ?? "";
    const known = await fetch(url + query, { headers: { "If-None-Match": etag } });
    expect(known.status).toBe(304);
    const part = await fetch(url, { headers: { Range: "bytes=0-1" } });
    expect([part.status, (await part.bytes()).length]).toEqual([206, 2]);
  },
);
