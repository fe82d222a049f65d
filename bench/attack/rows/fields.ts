// What stands beside a file or instead of one: JSON, lists, batches, labels, cursors.

import { type Attack, ask } from "../attack.ts";

const refused = [400, 422];
const json = { "Content-Type": "application/json" };
const lots = (length: number) => "a".repeat(length);
const pairs = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, "v"]));
const ids = (count: number) => Array.from({ length: count }, (_, at) => `a${String(at).padStart(7, "0")}`);

const post = (name: string, body: string | Uint8Array, isQuick = false, may: readonly number[] = refused) =>
  ask(name, "/v1/images", { method: "POST", headers: json, body: Buffer.from(body), may, quick: isQuick });

const patch = (name: string, body: object | string, may: readonly number[] = refused, isQuick = false) =>
  ask(name, "/v1/images/{id}", {
    method: "PATCH",
    headers: json,
    body: typeof body === "string" ? body : JSON.stringify(body),
    may,
    quick: isQuick,
  });

const batch = (
  name: string,
  method: string,
  body: object | string,
  may: readonly number[],
  isQuick = false,
) =>
  ask(name, "/v1/images/batch", {
    method,
    headers: json,
    body: typeof body === "string" ? body : JSON.stringify(body),
    may,
    quick: isQuick,
  });

const list = (name: string, query: string, may: readonly number[] = [200, 400, 422], isQuick = false) =>
  ask(name, `/v1/images?${query}`, { may, quick: isQuick });

export const fieldRows: readonly Attack[] = [
  post("JSON of 20 MB", JSON.stringify({ url: lots(20_000_000) }), true),
  post("JSON 900,000 arrays deep", "[".repeat(900_000), true),
  post("JSON 100,000 objects deep, whole", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`),
  post("JSON of 100,000 fields", JSON.stringify({ url: 1, ...pairs(50_000) })),
  post("JSON that is a number", "1e999"),
  post("JSON that is null", "null"),
  post("JSON of broken UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
  post("JSON with one name twice", '{"url":"http://good.example/","url":"http://127.0.0.1/"}'),
  post("JSON with a prototype", '{"url":1,"__proto__":{"public":false},"constructor":{"prototype":{}}}'),
  patch("caption of 900 KB", { caption: lots(900_000) }, refused, true),
  patch("caption of 2,000 astral signs", { caption: "\u{1f4a3}".repeat(2_001) }),
  patch("caption of half signs", '{"caption":"\\ud83d\\u0000\\udca3"}', [200, 400, 422]),
  patch("50,000 labels", { labels: pairs(50_000) }),
  patch("labels named after the prototype", '{"labels":{"__proto__":"a","constructor":"b"}}', [200, 422]),
  patch("label of 100 KB", { labels: { a: lots(100_000) } }),
  patch(
    "metadata of 50 full values",
    { metadata: Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`k${at}`, lots(2_000)])) },
    [200, 422],
  ),
  patch(
    "metadata that is nested 100,000 deep",
    `{"metadata":{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`,
  ),
  patch("expiry in the year 300000", { expires_at: "+300000-01-01T00:00:00Z" }),
  patch("expiry in the past", { expires_at: "1970-01-01T00:00:00Z" }, [200, 422]),
  patch("life of 1e308 seconds", { ttl: 1e308 }),
  patch("file name that climbs", { filename: "../../../../etc/passwd" }, [200, 422]),
  patch("file name of 200 KB", { filename: lots(200_000) }, [200, 422]),
  patch("file name that breaks a header", { filename: 'a"\r\nSet-Cookie: a=b' }, [200, 422]),
  patch("field that nobody knows", { account_id: "other", storage: "other" }, refused),
  batch("batch delete of 100 ids that never were", "DELETE", { ids: ids(100) }, [200]),
  batch("batch delete of 101 ids", "DELETE", { ids: ids(101) }, refused),
  batch("batch delete of a million ids", "DELETE", { ids: ids(80_000) }, refused, true),
  batch(
    "batch delete of one id 100 times",
    "DELETE",
    { ids: ids(1).concat(Array.from({ length: 99 }, () => "a0000000")) },
    [200, 422],
  ),
  batch("batch delete of an id of 500 KB", "DELETE", { ids: [lots(500_000)] }, [200, ...refused]),
  batch("batch delete of numbers, nulls and arrays", "DELETE", { ids: [1, null, [], {}] }, refused),
  batch("batch delete without a body", "DELETE", "", refused),
  batch("batch change of 100 ids with 50 labels each", "PATCH", { ids: ids(100), labels: pairs(50) }, [200]),
  batch(
    "batch change of 100 full descriptions",
    "PATCH",
    {
      ids: ids(100),
      metadata: Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`k${at}`, lots(2_000)])),
    },
    [200, 422],
  ),
  list("list of a billion", "limit=1000000000"),
  list("list of minus one", "limit=-1"),
  list("cursor of 50 KB", `cursor=${lots(50_000)}`, [400], true),
  list("cursor that is SQL", `cursor=${Buffer.from("0:' or 1=1 --").toString("base64url")}`, [400]),
  list("cursor of broken signs", "cursor=%ff%00%F0%9F", [400]),
  list("search for 50,000 wildcards", `q=${"%25_".repeat(10_000)}`, [200, 400, 422], true),
  list("search for 2,000 wildcards among letters", `q=${"%25a".repeat(500)}`),
  list("search that is SQL", "q='%20union%20select%20*%20from%20api_keys%20--", [200]),
  list(
    "1,000 labels asked for",
    Array.from({ length: 1_000 }, (_, at) => `label[k${at}]=v`).join("&"),
    [200, 400, 422],
  ),
  list("label of 20,000 alternatives", `label[a]=${Array.from({ length: 20_000 }, () => "b").join(",")}`),
  list("label named after the prototype", "label[__proto__]=a&label[constructor]=b"),
  list("10,000 ids asked for", `ids=${ids(6_000).join(",")}`, [200, 400, 422], true),
  list("order that is SQL", "order=desc;drop%20table%20images"),
  list("10,000 parameters that don't exist", Array.from({ length: 10_000 }, () => "x=1").join("&")),
];
