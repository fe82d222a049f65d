// The operator's pages: who gets in, what they show, and what their forms do.
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { runChores } from "../../workers/api/upkeep/chores.ts";
import { apiEnv, call, ORIGIN } from "../support/api.ts";
import { makeMember, submit, visit } from "../support/members.ts";
import { makeImages, uploadImage } from "../support/uploads.ts";

const operator = await makeMember({ operator: true, name: "Olga" });
const member = await makeMember({ name: "Mia Member", email: "mia@example.com", plan: "free" });

let reporters = 0;
async function report(id: string, fields: Readonly<Record<string, string>> = {}): Promise<void> {
  const headers = { Origin: ORIGIN, "CF-Connecting-IP": `198.51.100.${++reporters}` };
  const body = new URLSearchParams({ reason: "spam", words: "", email: "", ...fields });
  expect((await call(`/${id}/report`, { method: "POST", headers, body })).status).toBe(200);
}

const page = async (path: string) => {
  const answer = await visit(operator, path);
  expect(answer.status).toBe(200);
  return answer.text();
};

const reportsOf = async (id: string) =>
  (await env.DB.prepare("select resolution from reports where image_id = ?").bind(id).all()).results;

const addresses = ["/operator", "/operator/accounts", `/operator/accounts/${member.id}`, "/operator/figures"];

test.each(addresses)(
  "%s is nothing for members who are no operators, and asks strangers to sign in",
  async (path) => {
    const answer = await visit(member, path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain("Operator");
    const stranger = await visit(null, path);
    expect(stranger.status).toBe(303);
    expect(stranger.headers.get("Location")).toMatch(/^\/sign-in/);
    expect(await page(path)).toContain('aria-label="Operator"');
  },
);

test("A member who is no operator can do nothing to pictures and accounts, whatever he sends", async () => {
  const { id } = await uploadImage(operator.key);
  expect((await submit(member, `/operator/images/${id}`, { do: "delete" })).status).toBe(404);
  expect((await submit(member, `/operator/accounts/${operator.id}`, { status: "suspended" })).status).toBe(
    404,
  );
  expect((await visit(null, `/${id}`)).status).toBe(200);
});

test("A form of the operator's pages counts only with its token", async () => {
  const { id } = await uploadImage(member.key);
  const headers = { Cookie: operator.cookie, Origin: ORIGIN };
  const body = new URLSearchParams({ do: "block" });
  const answer = await call(`/operator/images/${id}`, { method: "POST", headers, body });
  expect(answer.status).toBe(403);
  expect((await visit(null, `/${id}`)).status).toBe(200);
});

test("Reported pictures stand once each, the newest report first, with reasons, words and addresses", async () => {
  const [older, newer] = [await uploadImage(member.key), await uploadImage(member.key)];
  await report(older.id, { words: "first words" });
  await report(newer.id, { reason: "copyright", words: "That is mine", email: "ann@example.com" });
  await report(newer.id);
  const list = await page("/operator");
  for (const words of ["first words", "That is mine", "ann@example.com", "2 reports", "1 report"])
    expect(list).toContain(words);
  expect(list.indexOf(`Block: ${newer.id}`)).toBeLessThan(list.indexOf(`Block: ${older.id}`));
  expect(list.split(`aria-label="Block: ${newer.id}"`)).toHaveLength(2);
});

test("The list goes on over pages, and shows every reported picture once", async () => {
  const ids = await makeImages(member, 25);
  for (const id of ids) {
    const insert = env.DB.prepare(
      "insert into reports (id, image_id, reason, created_at, reporter_hash) values (?, ?, 'spam', ?, ?)",
    );
    await env.DB.batch([1, 2].map((n) => insert.bind(`${id}${n}xyz`, id, 1_000 + n, `${n}`)));
  }
  const seen: string[] = [];
  let next: string | undefined = "/operator";
  while (next) {
    const list: string = await page(next);
    seen.push(...[...list.matchAll(/aria-label="Block: (\w+)"/g)].map(([, id = ""]) => id));
    next = /href="(\/operator\?before=[^"]*)"/.exec(list)?.[1];
  }
  expect(seen).toEqual(expect.arrayContaining([...ids]));
  expect(new Set(seen).size).toBe(seen.length);
});

test("Blocking a reported picture hides it, purges it, and answers what was said of it; unblocking brings it back", async () => {
  const { id } = await uploadImage(member.key);
  await report(id);
  const purge = vi.fn(async () => true);
  const answer = await submit(operator, `/operator/images/${id}`, { do: "block" }, {}, { SRC: { purge } });
  expect(answer.status).toBe(303);
  const said = await page(answer.headers.get("Location") ?? "");
  expect(said).toContain(`The picture ${id} is blocked.`);
  // By mistake? The way back is one click away.
  expect(said).toContain(`href="/operator/images/${id}"`);
  expect(purge).toHaveBeenCalledExactlyOnceWith([id]);
  expect((await visit(null, `/${id}`)).status).toBe(403);
  expect(await reportsOf(id)).toEqual([{ resolution: "blocked" }]);
  expect(await page("/operator")).not.toContain(`Block: ${id}`);
  await submit(operator, `/operator/images/${id}`, { do: "unblock" });
  expect((await visit(null, `/${id}`)).status).toBe(200);
});

test("Where caches can't be told at once, the operator reads that they follow", async () => {
  const { id } = await uploadImage(member.key);
  const SRC = { purge: async () => false };
  const answer = await submit(
    operator,
    `/operator/images/${id}`,
    { do: "block", back: "image" },
    {},
    { SRC },
  );
  expect(await page(answer.headers.get("Location") ?? "")).toContain("Caches may show it");
});

test.each([
  ["nsfw", "marked", 200],
  ["delete", "deleted", 404],
  ["dismiss", "dismissed", 200],
] as const)("The operator's answer %s is kept as %s", async (action, resolution, status) => {
  const { id } = await uploadImage(member.key);
  await report(id);
  expect((await submit(operator, `/operator/images/${id}`, { do: action })).status).toBe(303);
  expect(await reportsOf(id)).toEqual([{ resolution }]);
  expect((await visit(null, `/${id}`)).status).toBe(status);
});

test("Nothing of a picture that is marked as not safe for work is fetched before it is asked for", async () => {
  const { id, sizes } = await uploadImage(member.key, { nsfw: "true" });
  await report(id);
  const src = `src="${sizes.small?.url}`;
  expect(await page("/operator")).not.toContain(src);
  expect(await page(`/operator/images/${id}`)).not.toContain(src);
  expect(await page(`/operator/images/${id}?show=1`)).toContain(src);
});

test.each([
  ["an id", (id: string) => id],
  ["a page's address", (id: string) => `${ORIGIN}/${id}`],
  ["an image's address", (id: string) => `https://pictures.example.com/7c1/${id}.jpg?size=s`],
])("A picture is found by %s", async (_, written) => {
  const answer = await visit(operator, `/operator/images?picture=${encodeURIComponent(written("abcd1234"))}`);
  expect(answer.headers.get("Location")).toBe("/operator/images/abcd1234");
});

test("Accounts are found by name, e-mail address, id and storage, and show what they hold", async () => {
  await uploadImage(member.key);
  for (const words of ["mia mem", "mia@example.com", "@EXAMPLE", member.id, member.storage]) {
    const list = await page(`/operator/accounts?find=${encodeURIComponent(words)}`);
    expect(list, words).toContain("Mia Member");
    expect(list, words).not.toContain("Olga");
    expect(list, words).toMatch(/\d+ pictures?, /);
  }
  expect(await page("/operator/accounts?find=nobody%20at%20all")).toContain("There is no such account.");
});

test("An account whose name shows nothing is on the list by its id, to be clicked, and has a heading", async () => {
  const { id } = await makeMember({ name: "\u200b\u3164" });
  const line = `<a href="/operator/accounts/${id}"><bdi>${id}</bdi></a>`;
  expect(await page(`/operator/accounts?find=${id}`)).toContain(line);
  expect(await page(`/operator/accounts/${id}`)).toContain(`<h1>${id}</h1>`);
});

test("The list of accounts goes on over pages, and shows each once, but not that of all who have no key", async () => {
  await env.DB.prepare(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < 45)
     insert into accounts (id, storage, name, created_at) select 'many' || i, 's' || i, 'Many ' || i, i % 3 from n`,
  ).run();
  for (const find of ["", "many"]) {
    const seen: string[] = [];
    let next: string | undefined = `/operator/accounts?find=${find}`;
    while (next) {
      const list: string = await page(next);
      seen.push(...[...list.matchAll(/href="\/operator\/accounts\/(\w+)"/g)].map(([, id = ""]) => id));
      next = /href="(\/operator\/accounts\?find=[^"]*)"/.exec(list)?.[1]?.replaceAll("&amp;", "&");
    }
    expect(seen.filter((id) => id.startsWith("many"))).toHaveLength(45);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).not.toContain("anonymous");
  }
});

test("The operator gives an account a plan, suspends it and lets it go on", async () => {
  const other = await makeMember();
  const path = `/operator/accounts/${other.id}`;
  expect((await submit(operator, path, { plan: "pro" })).status).toBe(303);
  expect(await page(path)).toContain('<option value="pro" selected');
  await submit(operator, path, { status: "suspended" });
  expect((await visit(other, "/account")).status).toBe(403);
  expect(await page(path)).toContain("End the suspension");
  await submit(operator, path, { status: "active" });
  expect((await visit(other, "/account")).status).toBe(200);
});

test.each([
  ["a plan that is none", { plan: "gold" }, 422],
  ["the plan of those without a key", { plan: "anonymous" }, 422],
  ["a state that is none", { status: "gone" }, 422],
])("An account is not given %s", async (_, fields, status) => {
  expect((await submit(operator, `/operator/accounts/${member.id}`, fields)).status).toBe(status);
});

test("Nobody suspends the account that he is signed in to", async () => {
  const path = `/operator/accounts/${operator.id}`;
  expect((await submit(operator, path, { status: "suspended" })).status).toBe(403);
  expect(await page(path)).toContain("This is your own account.");
});

test("The account of all who have no key is neither shown nor changed", async () => {
  expect((await visit(operator, "/operator/accounts/anonymous")).status).toBe(404);
  expect((await submit(operator, "/operator/accounts/anonymous", { status: "suspended" })).status).toBe(404);
});

test("Figures of all pictures are those of the sweeper's last whole walk", async () => {
  expect(await page("/operator/figures")).toContain("the first is under way");
  await runChores(apiEnv(), Date.now());
  const counted = async () => {
    const [, figure] = /<dt>Pictures<\/dt><dd>([\d,]+)<\/dd>/.exec(await page("/operator/figures")) ?? [];
    return Number(figure?.replace(",", ""));
  };
  const row = await env.DB.prepare("select count(*) as images from images").first<{ images: number }>();
  expect(await counted()).toBe(row?.images);
  await uploadImage(member.key);
  await runChores(apiEnv(), Date.now());
  expect(await counted()).toBe((row?.images ?? 0) + 1);
});
