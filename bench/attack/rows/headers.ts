// Requests whose headers, methods, paths or hosts are the attack.

import { type Answer, type Attack, ask, view } from "../attack.ts";
import type { World } from "../world.ts";

const quick = true;
const lots = (length: number) => "a".repeat(length);

/** Bytes to the socket; `{path}` is the ordinary picture's. */
const raw = (name: string, request: string, may?: readonly number[], worker?: "api" | "src"): Attack => ({
  name,
  quick,
  run: async (world) => [await world.raw(request.replaceAll("{path}", world.imagePath), may, worker)],
});

const headed = (
  name: string,
  headers: Record<string, string>,
  may?: readonly number[],
  isQuick = false,
): Attack => view(name, "", { quick: isQuick, headers, ...(may && { may }) });

/** What another visitor would be given out of a shared cache must not name the attacker's host. */
async function hostReflected(world: World): Promise<Answer[]> {
  const request =
    "GET /openapi.json HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n";
  const answer = await world.raw(request);
  const isShared = /public|s-maxage/.test(answer.headers.get("Cache-Control") ?? "");
  const reflects = Buffer.from(answer.body).includes("evil.example");
  return [
    isShared && reflects ? { ...answer, status: 0, problem: "a foreign host in a public answer" } : answer,
  ];
}

export const headerRows: readonly Attack[] = [
  headed(
    "1,000 ranges",
    { Range: `bytes=${Array.from({ length: 1_000 }, (_, at) => `${at}-${at}`).join(",")}` },
    [200, 206, 416],
    true,
  ),
  headed("range of nothing", { Range: "bytes=-" }, [200, 206, 416]),
  headed("range from the end of the world", { Range: "bytes=18446744073709551616-" }, [200, 416]),
  headed("range backwards", { Range: "bytes=9-1" }, [200, 416]),
  headed("range of the last 99999999999999 bytes", { Range: "bytes=-99999999999999" }, [200, 206]),
  headed("range in another unit", { Range: "pages=1-2" }, [200]),
  headed(
    "If-None-Match of 4,000 tags",
    { "If-None-Match": Array.from({ length: 4_000 }, (_, at) => `"${at}"`).join(", ") },
    [200],
  ),
  headed("If-None-Match without an end", { "If-None-Match": `"${lots(30_000)}` }, [200]),
  headed("If-Modified-Since that is no date", { "If-Modified-Since": "the day after tomorrow" }, [200]),
  view("Accept of 50 KB for the automatic format", "?format=auto&w=100", {
    quick,
    headers: { Accept: `image/avif${",image/x;q=0.5".repeat(3_000)}` },
    may: [200],
  }),
  headed(
    "500 headers",
    Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`X-${at}`, lots(50)])),
    [200, 400, 431],
    true,
  ),
  headed("cookie of 60 KB", { Cookie: `a=${lots(60_000)}` }, [200, 400, 431]),
  ask("key of 50 KB", "/v1/images", {
    headers: { Authorization: `Bearer img_live_${lots(50_000)}` },
    may: [401],
  }),
  ask("key with a wrong checksum", "/v1/images", {
    headers: { Authorization: `Bearer img_live_${lots(42)}` },
    may: [401],
  }),
  ask("key that is SQL", "/v1/images", { headers: { Authorization: "Bearer ' or 1=1 --" }, may: [401] }),
  ask("two ways to authenticate at once", "/v1/images", {
    headers: { Authorization: "Basic YTpi, Bearer x" },
    may: [401],
  }),
  ask("Idempotency-Key of 60 KB", "/v1/images", {
    method: "POST",
    body: "{}",
    headers: { "Idempotency-Key": lots(60_000), "Content-Type": "application/json" },
    may: [400, 422],
  }),
  ask("delete token that is guessed", "/v1/images/{id}", {
    method: "DELETE",
    key: false,
    headers: { "Edgepix-Delete-Token": lots(64) },
    may: [401, 403, 404],
    quick,
  }),
  ask("admin's address without the token", "/v1/admin/images/{id}/block", {
    method: "POST",
    key: false,
    may: [401, 403, 404],
  }),
  ask("admin's address with a wrong token", "/v1/admin/images/{id}/block", {
    method: "POST",
    headers: { Authorization: "Bearer a-token-of-the-attacj" },
    may: [401, 403, 404],
  }),
  ask("method that says it is another", "/v1/images/{id}", {
    method: "POST",
    headers: { "X-HTTP-Method-Override": "DELETE" },
    may: [404, 405],
  }),
  ask("PUT of a picture", "/v1/images/{id}", { method: "PUT", body: lots(100_000), may: [404, 405] }),
  ask("preflight with a long list of headers", "/v1/images", {
    method: "OPTIONS",
    key: false,
    headers: {
      Origin: "https://evil.example",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": `x${",x".repeat(10_000)}`,
    },
  }),
  ask("path that climbs", "/v1/images/..%2f..%2f..%2fetc%2fpasswd", { may: [400, 404], quick }),
  ask("path with a zero byte", "/v1/images/%00%00", { may: [400, 404] }),
  ask("path of broken UTF-8", "/v1/images/%ff%fe", { may: [400, 404] }),
  ask("path of 60 KB", `/v1/images/${lots(60_000)}`, { may: [400, 404, 414] }),
  ask("id that is SQL", "/v1/images/'%20or%201=1%20--", { may: [404, 400] }),
  ask("id in other letters", "/v1/images/%F0%9D%92%82%F0%9D%92%83", { may: [404, 400] }),
  ask("page of an id that is script", "/%3Cscript%3Ealert(1)%3C%2Fscript%3E", { key: false, may: [404] }),
  ask("10,000 slashes", "/".repeat(10_000), { key: false, may: [400, 404] }),
  ask("image path with two extensions", "/attack/aaaaaaaa.jpg.jpg.jpg", { key: false, may: [404] }),
  raw("method of 5 KB", `${lots(5_000)} / HTTP/1.1\r\nHost: a\r\n\r\n`, [400, 405, 501]),
  raw(
    "method that doesn't exist",
    "BREW /v1/images HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    [400, 401, 404, 405, 501],
  ),
  raw(
    "TRACE",
    "TRACE /v1/images HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    [400, 401, 404, 405, 501],
  ),
  raw("no Host at all", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", [200, 400, 404]),
  raw(
    "Host of odd signs",
    "GET /v1/images HTTP/1.1\r\nHost: a b<>\"'\\\r\nConnection: close\r\n\r\n",
    [400, 401, 404],
  ),
  raw(
    "Host of odd signs, asked for a picture",
    "GET {path} HTTP/1.1\r\nHost: a b<>\"'\\\r\nConnection: close\r\n\r\n",
    [400],
    "src",
  ),
  raw(
    "Host that is an address with a password",
    "GET /openapi.json HTTP/1.1\r\nHost: a:b@evil.example\r\nConnection: close\r\n\r\n",
  ),
  raw(
    "two Content-Lengths",
    "POST /v1/images HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 50\r\nConnection: close\r\n\r\nhello",
    [400, 401, 422],
  ),
  raw(
    "Content-Length of nonsense",
    "POST /v1/images HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\nConnection: close\r\n\r\nhello",
    [400, 422, 501],
  ),
  raw(
    "both a length and chunks",
    "POST /v1/images HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n",
  ),
  { name: "foreign Host in a public answer", quick, run: hostReflected },
];
