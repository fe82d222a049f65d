// GET /v1/images: filters, order and cursors.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { imageListSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { callJson, uploadImage } from "../support/uploads.ts";

const account = await makeAccount();
const other = await makeAccount();

const trips = ["rome", "paris", "rome", "oslo", "paris", "rome"];
const ids: string[] = [];
for (const [at, trip] of trips.entries()) {
  const { id } = await uploadImage(account.key, {
    labels: JSON.stringify({ trip, parity: at % 2 === 0 ? "even" : "odd" }),
    caption: at === 0 ? "100% Sunset" : "",
    filename: `photo-${at}.jpg`,
    public: String(at !== 4),
  });
  ids.push(id);
}
// Uploads may share a millisecond; these get times of their own, two of them the same.
for (const [at, id] of ids.entries()) await setCreated(id, 1_000_000 + Math.floor(at / 2) * 1_000);
const foreign = await uploadImage(other.key, { labels: '{"trip":"rome"}' });

async function setCreated(id: string, at: number): Promise<void> {
  await env.DB.batch([
    env.DB.prepare("update images set created_at = ? where id = ?").bind(at, id),
    env.DB.prepare("update image_labels set created_at = ? where image_id = ?").bind(at, id),
  ]);
}

async function list(query: string, key = account.key) {
  const { status, answer } = await callJson(key, "GET", `/v1/images${query}`);
  expect(status, JSON.stringify(answer)).toBe(200);
  return imageListSchema.parse(answer);
}

/** Which of the six images above a list holds, as numbers, in order. */
async function numbers(query: string): Promise<number[]> {
  return (await list(query)).data.map(({ id }) => ids.indexOf(id));
}

async function walk(query: string): Promise<number[]> {
  const seen: number[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page = await list(`?${query}${cursor && `&cursor=${cursor}`}`);
    expect(page.pagination.has_more).toBe(page.pagination.next_cursor !== null);
    seen.push(...page.data.map(({ id }) => ids.indexOf(id)));
    cursor = page.pagination.next_cursor;
  }
  return seen;
}

/** Images of one moment come in the order of their ids. */
const newestFirst = ids
  .map((id, at) => ({ id, at, moment: Math.floor(at / 2) }))
  .sort((one, two) => two.moment - one.moment || (one.id < two.id ? 1 : -1))
  .map(({ at }) => at);
const only = (keep: (at: number) => boolean) => newestFirst.filter(keep);

test("GET /v1/images lists the account's images, newest first, and no others", async () => {
  const page = await list("");
  expect(page.data.map(({ id }) => ids.indexOf(id))).toEqual(newestFirst);
  expect(page.pagination).toEqual({ has_more: false, next_cursor: null });
  expect(page.data.map(({ id }) => id)).not.toContain(foreign.id);
});

test.each([1, 2, 4, 5, 6, 100])("GET /v1/images comes past every image once with limit=%d", async (limit) => {
  expect(await walk(`limit=${limit}`)).toEqual(newestFirst);
  expect(await walk(`limit=${limit}&order=asc`)).toEqual(newestFirst.toReversed());
});

test.each([
  ["label[trip]=rome", (at: number) => trips[at] === "rome"],
  ["label[trip]=rome,oslo", (at: number) => trips[at] !== "paris"],
  ["label[trip]=rome,paris,oslo,nowhere", () => true],
  ["label[trip]=rome&label[parity]=odd", (at: number) => at === 5],
  ["label[trip]=rome,paris&label[parity]=even", (at: number) => at !== 1 && at !== 3 && at !== 5],
  ["label[trip]=rome&label[trip]=paris", () => false],
  ["label[trip]=nowhere", () => false],
  ["label[trip]=paris&public=false", (at: number) => at === 4],
  ["public=false", (at: number) => at === 4],
  ["public=true", (at: number) => at !== 4],
  ["q=PHOTO-3", (at: number) => at === 3],
  ["q=sunset", (at: number) => at === 0],
  ["q=0%25+s", (at: number) => at === 0],
  ["q=%25", (at: number) => at === 0],
  ["q=_", () => false],
  ["q=photo&public=true&label[parity]=even", (at: number) => at === 0 || at === 2],
] as const)("GET /v1/images?%s finds what it says, on one page and on many", async (query, keep) => {
  expect(await numbers(`?${query}`)).toEqual(only(keep));
  expect(await walk(`${query}&limit=1`)).toEqual(only(keep));
});

test("GET /v1/images?ids= answers those that are there, and leaves out the others silently", async () => {
  const asked = [ids[1], "aaaaaaaa", foreign.id, "nonsense!", ids[4], ids[1]].join(",");
  expect(await numbers(`?ids=${asked}`)).toEqual(only((at) => at === 1 || at === 4));
});

test("GET /v1/images?ids= leaves out blocked and failed images", async () => {
  const blocked = await uploadImage(account.key);
  await env.DB.prepare("update images set status = 'blocked' where id = ?").bind(blocked.id).run();
  expect((await list(`?ids=${blocked.id}`)).data).toEqual([]);
  await callJson(account.key, "DELETE", `/v1/images/${blocked.id}`);
});

test.each([
  "limit=0",
  "limit=101",
  "limit=x",
  "order=newest",
  "public=maybe",
  "label[a b]=c",
  "label[a]=",
  `ids=${Array(51)
    .fill(0)
    .map((_, n) => `id${n}`)}`,
  `label[a]=${Array(21)
    .fill(0)
    .map((_, n) => n)}`,
])("GET /v1/images?%s answers 422", async (query) => {
  expect((await callJson(account.key, "GET", `/v1/images?${query}`)).status).toBe(422);
});

test.each(["x", "AAAA", "%F0%9F%98%80", btoa("1 aaaaaaaa"), `${btoa("1 aaaaaaa")}x`, "MSBhYWFhYWFhYQ%3D%3D"])(
  "GET /v1/images answers 400 to the broken cursor %s",
  async (cursor) => {
    expect((await callJson(account.key, "GET", `/v1/images?cursor=${cursor}`)).status).toBe(400);
  },
);

test("A cursor of another account shows nothing of that account", async () => {
  const { pagination } = await list("?limit=1");
  const page = await list(`?cursor=${pagination.next_cursor}`, other.key);
  expect(page.data.every(({ id }) => !ids.includes(id))).toBe(true);
});

test("Images that are deleted and made while a list is read do not make it skip or repeat others", async () => {
  const reader = await makeAccount();
  const made: string[] = [];
  for (let count = 0; count < 4; count++) {
    const { id } = await uploadImage(reader.key);
    await setCreated(id, count);
    made.unshift(id);
  }
  const first = await list("?limit=2", reader.key);
  await callJson(reader.key, "DELETE", `/v1/images/${made[1]}`);
  await uploadImage(reader.key);
  const second = await list(`?limit=2&cursor=${first.pagination.next_cursor}`, reader.key);
  expect(second.data.map(({ id }) => id)).toEqual(made.slice(2));
});
