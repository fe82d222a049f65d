// What a call reads in D1 does not depend on how many images its account has, nor on how deep in a list it is.
/// <reference types="vite/types/importMeta.d.ts" />
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { printCursor } from "../../workers/api/http/cursor.ts";
import { countRows, type Rows } from "../harness/counting-database.ts";
import { makeAccount, type TestAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { makeImages } from "../support/uploads.ts";

const MANY = 3_000;
const NEWEST = 4_000_000_000_000;

interface Owner extends TestAccount {
  readonly ids: readonly string[];
}

let small: Owner;
let large: Owner;
beforeAll(async () => {
  [small, large] = [await makeOwner(), await makeOwner()];
  await multiply(large.ids[0] ?? "", MANY);
});

/** An account with twenty images that are newer than all others, one labelled like those. */
async function makeOwner(): Promise<Owner> {
  const account = await makeAccount();
  const ids = await makeImages(account, 20);
  const own = `where account_id = '${account.id}'`;
  await env.DB.batch([
    env.DB.prepare(`update images set created_at = ${NEWEST}, labels = '{"trip":"rome"}' ${own}`),
    env.DB.prepare(
      `insert into image_labels select account_id, 'trip', 'rome', created_at, id from images ${own}`,
    ),
  ]);
  return { ...account, ids };
}

/** Copies an image so many times, a millisecond apart. */
async function multiply(id: string, copies: number): Promise<void> {
  const copied = `account_id, storage, filename, format, bytes, sha256, transformable, facts, labels`;
  await env.DB.batch([
    env.DB.prepare(
      `with recursive copy(n) as (select 1 union all select n + 1 from copy where n < ${copies})
       insert into images (id, created_at, ${copied})
       select printf('c%07d', n), n, ${copied} from images, copy where id = ?`,
    ).bind(id),
    env.DB.prepare(
      "insert into image_labels select account_id, 'trip', 'rome', created_at, id from images where id like 'c%' and created_at < ?",
    ).bind(NEWEST),
  ]);
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly json?: unknown;
}

async function rowsRead(owner: Owner, asked: Call): Promise<number> {
  return (await rowsOf(owner, asked)).read;
}

async function rowsOf({ key }: TestAccount, { method, path, json }: Call): Promise<Rows> {
  const { database, rows } = countRows(env.DB);
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  const headers = { ...authorization(key), "Content-Type": "application/json" };
  const response = await call(path, { method, headers, ...body }, { DB: database });
  expect(response.ok, await response.text()).toBe(true);
  return rows;
}

const calls: readonly [name: string, ask: (ids: readonly string[]) => Call][] = [
  ["GET /v1/images", () => ({ method: "GET", path: "/v1/images?limit=10" })],
  ["GET /v1/images?label", () => ({ method: "GET", path: "/v1/images?limit=10&label[trip]=rome" })],
  ["GET /v1/images?public", () => ({ method: "GET", path: "/v1/images?limit=10&public=true" })],
  ["GET /v1/images?ids=", (ids) => ({ method: "GET", path: `/v1/images?ids=${ids}` })],
  ["GET /v1/images/{id}", ([id]) => ({ method: "GET", path: `/v1/images/${id}` })],
  ["GET /v1/usage", () => ({ method: "GET", path: "/v1/usage" })],
  [
    "PATCH /v1/images/{id}",
    ([id]) => ({ method: "PATCH", path: `/v1/images/${id}`, json: { labels: { trip: "oslo" }, ttl: "1h" } }),
  ],
  [
    "PATCH /v1/images/batch",
    (ids) => ({ method: "PATCH", path: "/v1/images/batch", json: { ids, caption: "x" } }),
  ],
  ["DELETE /v1/images/{id}", ([id]) => ({ method: "DELETE", path: `/v1/images/${id}` })],
  [
    "DELETE /v1/images/batch",
    (ids) => ({ method: "DELETE", path: "/v1/images/batch", json: { ids: ids.slice(1) } }),
  ],
];

test.each(calls)("%s reads as few rows in an account of thousands as in one of twenty", async (_, ask) => {
  const few = await rowsRead(small, ask(small.ids));
  expect(few).toBeGreaterThan(0);
  // A page of a list that goes on looks for its next position once more.
  expect(await rowsRead(large, ask(large.ids))).toBeLessThanOrEqual(few + 1);
});

test("A page deep in a list reads as few rows as the first", async () => {
  const page = (cursor: string) => ({ method: "GET", path: `/v1/images?limit=10&order=asc${cursor}` });
  const first = await rowsRead(large, page(""));
  const deep = await rowsRead(large, page(`&cursor=${printCursor({ createdAt: MANY / 2, id: "aaaaaaaa" })}`));
  expect(deep).toBeLessThanOrEqual(first + 1);
});

const [scale = ""] = Object.values(
  import.meta.glob<string>("../../docs/scale.md", { eager: true, query: "?raw", import: "default" }),
);
/** Of docs/scale.md's table: the first number of each cell. */
function promised(name: string): readonly number[] {
  const row = scale.split("\n").find((line) => line.startsWith(`| ${name} | `));
  const cells = row?.split(" | ").slice(1) ?? [];
  return cells.map((cell) => Number(/\d+/.exec(cell)?.[0]));
}
const copies = Array.from({ length: 50 }, (_, n) => `c${String(n + 100).padStart(7, "0")}`);

test.each<[name: string, ask: Call]>([
  ["finding the account of a key (counted in every row below)", { method: "GET", path: "/v1/usage" }],
  ["one image", { method: "GET", path: `/v1/images/${copies[0]}` }],
  ["a page of 50, first or ten-thousandth", { method: "GET", path: "/v1/images?limit=50" }],
  ["50 images by their ids", { method: "GET", path: `/v1/images?ids=${copies}` }],
])("docs/scale.md: %s", async (name, ask) => {
  const { read, written } = await rowsOf(large, ask);
  expect([read, written]).toEqual(promised(name));
});
