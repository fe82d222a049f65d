// Reports of images: who may make them, how many, and what becomes of them.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { MAX_REPORT_WORDS } from "../../schema/reports.ts";
import { deleteImages } from "../../workers/api/images/delete-images.ts";
import { MAX_OPEN_REPORTS } from "../../workers/api/images/store/reports.ts";
import { runChores } from "../../workers/api/upkeep/chores.ts";
import { finishingWith } from "../../workers/api/upkeep/finishing.ts";
import { apiEnv, call, ORIGIN } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { storeImage } from "../support/stored-image.ts";

const picture = await fixtureBytes("coffee.jpg");
const makeId = async (changes: Parameters<typeof storeImage>[1] = {}) =>
  (await storeImage(picture, changes)).id;

let addresses = 0;
/** Each an address that nobody else of this file has. */
const newAddress = () => `203.0.${Math.floor(++addresses / 250)}.${addresses % 250}`;

interface Report {
  readonly from?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fields?: Readonly<Record<string, string>>;
}

function send(id: string, { from = newAddress(), headers = { Origin: ORIGIN }, fields = {} }: Report = {}) {
  const body = new URLSearchParams({ reason: "spam", words: "", email: "", ...fields });
  return call(`/${id}/report`, { method: "POST", body, headers: { "CF-Connecting-IP": from, ...headers } });
}

async function stored(id: string) {
  const rows = env.DB.prepare("select * from reports where image_id = ? order by created_at").bind(id);
  return (await rows.all<Record<string, unknown>>()).results;
}

test("A stranger's report is noted with reason, words and e-mail address, and without the network address", async () => {
  const id = await makeId();
  const fields = { reason: "copyright", words: " Mine.\r\nTaken in 2019. ", email: "ann@example.com" };
  const answer = await send(id, { from: "203.0.113.77", fields });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain("Thank you for the report");
  const [row, ...more] = await stored(id);
  expect(more).toEqual([]);
  expect(row).toMatchObject({
    reason: "copyright",
    words: "Mine.\nTaken in 2019.",
    email: "ann@example.com",
    resolved_at: null,
  });
  expect(JSON.stringify(row)).not.toContain("203.0.113");
});

test("Who reports an image twice is answered the same, and noted once; an IPv6 /64 is one reporter", async () => {
  const id = await makeId();
  const first = await send(id, { from: "2001:db8:1:2::1" });
  const second = await send(id, { from: "2001:db8:1:2:ffff::9", fields: { words: "again" } });
  expect([second.status, await second.text()]).toEqual([first.status, await first.text()]);
  expect(await stored(id)).toHaveLength(1);
  await send(id, { from: "2001:db8:1:3::1" });
  expect(await stored(id)).toHaveLength(2);
});

test.each([
  ["without a reason", { reason: "" }, "Choose what is wrong"],
  ["with a reason of its own", { reason: "I dislike it" }, "Choose what is wrong"],
  ["with too many words", { words: "x".repeat(MAX_REPORT_WORDS + 1) }, "1000 characters at most"],
  ["with an address that is none", { email: "me" }, "no e-mail address"],
])("A form %s comes back with what was written, and says why", async (_, fields, why) => {
  const id = await makeId();
  const answer = await send(id, { fields: { words: "kept words", ...fields } });
  const page = await answer.text();
  expect(answer.status).toBe(422);
  expect(page).toContain(why);
  if (!("words" in fields)) expect(page).toContain("kept words");
  expect(await stored(id)).toEqual([]);
});

test.each([
  ["of another site", { Origin: "https://evil.example" }],
  ["that tells no origin", {}],
])("A form %s is refused: no site has its visitors report", async (_, headers) => {
  const id = await makeId();
  expect((await send(id, { headers })).status).toBe(403);
  expect(await stored(id)).toEqual([]);
});

test("Of what strangers may not see nobody learns by reporting it that it is there", async () => {
  const nothing = await (await call("/zzzzzzzz/report")).text();
  const hidden = [
    { public: false },
    { public: false, status: "blocked" as const },
    { expiresAt: 1 },
    { status: "failed" as const },
    { status: "processing" as const },
  ];
  for (const changes of hidden) {
    const id = await makeId(changes);
    const [asked, sent] = [await call(`/${id}/report`), await send(id)];
    for (const answer of [asked, sent]) expect([answer.status, await answer.text()]).toEqual([404, nothing]);
    expect(await stored(id)).toEqual([]);
  }
});

test("What is blocked already says so in place of the form", async () => {
  const id = await makeId({ status: "blocked" });
  for (const answer of [await call(`/${id}/report`), await send(id)]) {
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain("taken down");
  }
  expect(await stored(id)).toEqual([]);
});

test("An address that reports everything is stopped, and told when it may go on", async () => {
  const from = newAddress();
  const ids = await Promise.all(Array.from({ length: 12 }, () => makeId()));
  const statuses = [];
  for (const id of ids) statuses.push((await send(id, { from })).status);
  expect(statuses).toEqual([...Array(10).fill(200), 429, 429]);
  const refused = await send(ids[0] ?? "", { from });
  expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(3_000);
  expect(await refused.text()).toContain("Try again in");
  expect((await send(ids[0] ?? "")).status).toBe(200);
});

test("An image's open reports end at a hundred, whoever comes", async () => {
  const id = await makeId();
  await env.DB.prepare(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${MAX_OPEN_REPORTS})
     insert into reports (id, image_id, reason, created_at, reporter_hash) select 'many' || i, ?, 'spam', i, i from n`,
  )
    .bind(id)
    .run();
  expect((await send(id)).status).toBe(200);
  expect(await stored(id)).toHaveLength(MAX_OPEN_REPORTS);
});

test("Open reports go with their image, those that were answered stay", async () => {
  const [gone, kept] = [await makeId(), await makeId()];
  await send(gone);
  await send(gone);
  await send(kept);
  const one = env.DB.prepare(
    "update reports set resolved_at = ?, resolution = 'dismissed' where id = (select min(id) from reports where image_id = ?)",
  );
  await one.bind(Date.now(), gone).run();
  const context = { ...finishingWith(apiEnv()), now: Date.now() };
  await deleteImages([gone], { ...context, accountId: "acc_test" });
  expect(await stored(gone)).toMatchObject([{ resolution: "dismissed" }]);
  expect(await stored(kept)).toHaveLength(1);
});

test("The cron forgets what was answered 90 days ago, and what nobody answered in a year", async () => {
  const id = await makeId();
  const day = 86_400_000;
  const now = Date.now();
  const rows: readonly [name: string, createdAt: number, resolvedAt: number | null][] = [
    ["answered long ago", now - 100 * day, now - 90 * day],
    ["answered lately", now - 400 * day, now - 90 * day + 1],
    ["left open", now - 365 * day, null],
    ["still open", now - 365 * day + 1, null],
  ];
  await env.DB.batch(
    rows.map(([name, createdAt, resolvedAt]) =>
      env.DB.prepare(
        "insert into reports (id, image_id, reason, created_at, reporter_hash, resolved_at) values (?, ?, 'spam', ?, ?, ?)",
      ).bind(name, id, createdAt, name, resolvedAt),
    ),
  );
  await runChores(apiEnv(), now);
  const left = (await stored(id)).map((row) => row.id);
  expect(left.sort()).toEqual(["answered lately", "still open"]);
});

test("A crowd of addresses is stopped at what an operator can read in an hour", async () => {
  const id = await makeId();
  const statuses = [];
  for (let count = 0; count < 130; count++) statuses.push((await send(id)).status);
  expect(statuses.lastIndexOf(200)).toBeLessThan(120);
  expect(statuses.at(-1)).toBe(429);
});

test("What the operator does answers a report; that a picture is fit for all after all leaves it open", async () => {
  const ADMIN_TOKEN = "an-operators-long-secret";
  const moderate = async (id: string, changes: object) => {
    const headers = { Authorization: `Bearer ${ADMIN_TOKEN}`, "Content-Type": "application/json" };
    const init = { method: "PATCH", body: JSON.stringify(changes), headers };
    await call(`/v1/admin/images/${id}`, init, { ADMIN_TOKEN, SRC: { purge: async () => true } });
    return (await stored(id)).map(({ resolution }) => resolution);
  };
  const asked: readonly [changes: object, resolution: string | null][] = [
    [{ nsfw: false }, null],
    [{ status: "ready" }, null],
    [{ nsfw: true }, "marked"],
    [{ status: "blocked" }, "blocked"],
  ];
  for (const [changes, resolution] of asked) {
    const id = await makeId();
    await env.DB.prepare(
      "insert into reports (id, image_id, reason, created_at, reporter_hash) values (?, ?, 'spam', 0, 'x')",
    )
      .bind(`of-${id}`, id)
      .run();
    expect(await moderate(id, changes), JSON.stringify(changes)).toEqual([resolution]);
  }
});
