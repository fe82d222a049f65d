// What members do with their account: another name, another address, everything as a list, and the end of it.
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { runChores } from "../../workers/api/upkeep/chores.ts";
import { apiEnv, authorization, call } from "../support/api.ts";
import { failingAt } from "../support/failing.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { Mailbox } from "../support/mailbox.ts";
import { makeMember, signInAs, submit, type TestMember, visit } from "../support/members.ts";
import { recordQueries, stepsOf } from "../support/recorded-queries.ts";
import { freshAddress, mailing, otherThan } from "../support/signing-in.ts";
import { makeImages, uploadImage } from "../support/uploads.ts";

const mailbox = new Mailbox();
const bindings = mailing(mailbox);
const rowOf = (id: string) =>
  env.DB.prepare("select name, email, operator, deleting_at from accounts where id = ?").bind(id).first();
const countOf = (table: string, id: string) =>
  env.DB.prepare(`select count(*) as n from ${table} where account_id = ?`).bind(id).first("n");

test("A member takes another name, and no empty or endless one", async () => {
  const member = await makeMember();
  expect((await submit(member, "/account/name", { name: " Ann B. " })).status).toBe(303);
  for (const name of ["", "  ", "\u200b", "x".repeat(101)])
    expect((await submit(member, "/account/name", { name })).status).toBe(422);
  expect(await rowOf(member.id)).toMatchObject({ name: "Ann B." });
  await submit(member, "/account/name", { name: '<script>"' });
  expect(await (await visit(member, "/account")).text()).not.toContain("<script>");
});

test("An account that nobody can sign in to again says so, until it has an address", async () => {
  const warning = /You can&#39;t sign in again yet|You can't sign in again yet/;
  const claimed = await makeMember({ email: null, operator: true });
  const withMail = await (await visit(claimed, "/account", bindings)).text();
  expect(withMail).toMatch(warning);
  expect(withMail).toContain("your e-mail address or a passkey");
  const reached = await makeMember({ email: "reached@example.com" });
  expect(await (await visit(reached, "/account", bindings)).text()).not.toMatch(warning);
});

describe("Another address", () => {
  async function ask(member: TestMember, email: string) {
    const address = { "CF-Connecting-IP": freshAddress() };
    const answer = await submit(member, "/account/email", { email }, address, bindings);
    const browser = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    return { answer, there: { ...member, cookie: `${member.cookie}; ${browser}` } };
  }
  const give = (there: TestMember, email: string, code: string) =>
    submit(there, "/account/email/code", { email, code }, {}, bindings);

  test("counts when its code was typed, and the old one is told", async () => {
    const member = await makeMember({ email: "old@example.com" });
    const { answer, there } = await ask(member, "New@Example.com");
    expect(answer.status).toBe(200);
    const code = mailbox.codeFor("new@example.com");
    expect((await give(there, "new@example.com", otherThan(code))).status).toBe(422);
    expect(await rowOf(member.id)).toMatchObject({ email: "old@example.com" });
    expect((await give(there, "new@example.com", code)).status).toBe(303);
    expect(await rowOf(member.id)).toMatchObject({ email: "new@example.com" });
    expect(mailbox.letters.at(-1)).toMatchObject({
      to: "old@example.com",
      subject: expect.stringContaining("changed"),
    });
  });

  test("that is somebody else's stays theirs", async () => {
    const other = await makeMember({ email: "taken@example.com" });
    const member = await makeMember();
    const { there } = await ask(member, "taken@example.com");
    const answer = await give(there, "taken@example.com", mailbox.codeFor("taken@example.com"));
    expect(answer.status).toBe(409);
    expect(await rowOf(other.id)).toMatchObject({ email: "taken@example.com" });
    expect(await rowOf(member.id)).toMatchObject({ email: null });
  });

  test("takes no code that was sent for another account, for another address, or to sign in", async () => {
    const [one, two] = [await makeMember(), await makeMember()];
    const { there } = await ask(one, "code@example.com");
    const code = mailbox.codeFor("code@example.com");
    const browser = there.cookie.split("; ")[1] ?? "";
    const swapped = { ...two, cookie: `${two.cookie}; ${browser}` };
    expect((await give(swapped, "code@example.com", code)).status).toBe(422);
    expect((await give(there, "else@example.com", code)).status).toBe(403);
    expect([await rowOf(one.id), await rowOf(two.id)]).toMatchObject([{ email: null }, { email: null }]);
  });
});

const exportSchema = z.object({
  object: z.literal("export"),
  account: z.object({ id: z.string(), email: z.string().nullable() }),
  images: z.array(
    z.object({ id: z.string(), url: z.url(), sha256: z.string().length(64), caption: z.string().nullable() }),
  ),
  count: z.number(),
});

describe("The export", () => {
  test("names every picture of its owner with its checksum, and none of others", async () => {
    const [member, other] = [await makeMember(), await makeMember()];
    const image = await uploadImage(member.key, { caption: "mine" });
    await uploadImage(other.key);
    const answer = await visit(member, "/account/export");
    expect(answer.headers.get("Content-Disposition")).toContain("attachment");
    expect(answer.headers.get("Cache-Control")).toBe("private, no-store");
    const told = exportSchema.parse(await answer.json());
    expect(told).toMatchObject({ count: 1, account: { id: member.id } });
    const [own] = told.images;
    expect(own).toMatchObject({ id: image.id, url: image.url, caption: "mine" });
    const original = await env.ORIGINALS.get(`${member.storage}/${image.id}`);
    const digest = await crypto.subtle.digest(
      "SHA-256",
      (await original?.arrayBuffer()) ?? new ArrayBuffer(0),
    );
    expect(own?.sha256).toBe(new Uint8Array(digest).toHex());
  });

  test("of many pictures comes in pages, whole and in order", async () => {
    const member = await makeMember();
    const ids = await makeImages(member, 502);
    const { DB, queries } = recordQueries();
    const told = exportSchema.parse(await (await visit(member, "/account/export", { DB })).json());
    expect(told.count).toBe(502);
    expect(new Set(told.images.map(({ id }) => id))).toEqual(new Set(ids));
    for (const query of queries)
      for (const step of await stepsOf(query)) expect(step).not.toMatch(/TEMP B-TREE/);
  });

  test("of nothing is an empty list", async () => {
    const told = exportSchema.parse(await (await visit(await makeMember(), "/account/export")).json());
    expect(told).toMatchObject({ images: [], count: 0 });
  });
});

describe("The end of an account", () => {
  const end = (member: TestMember, fields = { confirm: "delete" }, extra = {}) =>
    submit(member, "/account/delete", fields, {}, extra);
  const minute = (extra = {}) => runChores(apiEnv(extra), Date.now() + 120_000);

  test("needs the word", async () => {
    const member = await makeMember();
    expect((await end(member, { confirm: "yes" })).status).toBe(422);
    expect(await rowOf(member.id)).toMatchObject({ deleting_at: null });
  });

  test("stops keys and other browsers at once, and goes on by itself until nothing is left", async () => {
    const [member, bystander] = [await makeMember({ email: "end@example.com" }), await makeMember()];
    const other = await signInAs(member);
    const kept = await uploadImage(bystander.key);
    await makeImages(member, 760);
    const real = await uploadImage(member.key);
    const answer = await end(member);
    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/account/deletion"]);
    expect((await call("/v1/usage", { headers: authorization(member.key) })).status).toBe(401);
    expect((await visit(other, "/account")).status).toBe(303);
    // This browser sees how far it has come, and nothing else.
    expect((await visit(member, "/keys")).headers.get("Location")).toBe("/account/deletion");
    const progress = await visit(member, "/account/deletion");
    expect(await progress.text()).toContain("661 pictures are left.");
    await minute();
    expect(await countOf("images", member.id)).toBe(161);
    await minute();
    expect(await rowOf(member.id)).toBeNull();
    for (const table of ["images", "api_keys", "sessions", "passkeys"])
      expect(await countOf(table, member.id)).toBe(0);
    const over = await visit(member, "/account/deletion");
    expect(await over.text()).toContain("It is gone");
    await minute();
    expect(await env.ORIGINALS.head(`${member.storage}/${real.id}`)).toBeNull();
    expect((await call(`/${kept.id}`)).status).toBe(200);
    expect((await visit(bystander, "/account")).status).toBe(200);
  });

  test("stops a key that was made in the same moment, too", async () => {
    const member = await makeMember();
    await env.DB.prepare("update accounts set deleting_at = 1 where id = ?").bind(member.id).run();
    expect((await call("/v1/usage", { headers: authorization(member.key) })).status).toBe(401);
    const body = await fixtureBytes("coffee.jpg");
    const headers = { ...authorization(member.key), "Content-Type": "image/jpeg" };
    expect((await call("/v1/images", { method: "POST", headers, body })).status).toBe(401);
    await minute();
    expect(await rowOf(member.id)).toBeNull();
  });

  test("that failed on its way is taken up again", async () => {
    const member = await makeMember();
    await makeImages(member, 3);
    expect((await end(member, { confirm: "Delete" }, { DB: failingAt(env.DB, "batch") })).status).toBe(500);
    expect(await rowOf(member.id)).toMatchObject({ deleting_at: null });
    await env.DB.prepare("update accounts set deleting_at = 1 where id = ?").bind(member.id).run();
    await minute({ DB: failingAt(env.DB, "batch") });
    expect(await countOf("images", member.id)).toBe(3);
    await minute();
    expect(await rowOf(member.id)).toBeNull();
  });

  test("comes for a small account in a moment, and does not wait for a large one's", async () => {
    const [large, small, other] = [await makeMember(), await makeMember(), await makeMember()];
    await makeImages(large, 520);
    await makeImages(small, 3);
    await makeImages(other, 3);
    const due = env.DB.prepare("update accounts set deleting_at = ? where id = ?");
    await due.bind(1, large.id).run();
    await end(small);
    expect(await rowOf(small.id)).toBeNull();
    expect(await countOf("images", large.id)).toBe(520);
    await due.bind(2, other.id).run();
    await minute();
    expect(await rowOf(other.id)).toBeNull();
    expect(await countOf("images", large.id)).toBeLessThan(520);
    await minute();
    await minute();
    expect(await rowOf(large.id)).toBeNull();
  });

  test("frees its address for a new account", async () => {
    const member = await makeMember({ email: "again@example.com" });
    await end(member);
    await minute();
    expect(await rowOf((await makeMember({ email: "again@example.com" })).id)).not.toBeNull();
  });
});
