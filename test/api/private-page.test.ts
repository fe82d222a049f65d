// The page of a private picture: its owner sees it, everybody else a 404 that tells nothing.
import { expect, test } from "vitest";
import { makeMember, visit } from "../support/members.ts";
import { recordQueries } from "../support/recorded-queries.ts";
import { uploadImage } from "../support/uploads.ts";

const owner = await makeMember();
const secret = await uploadImage(owner.key, { public: "false", caption: "secret plans" });
const open = await uploadImage(owner.key, { caption: "open" });

test("The owner of a private picture sees its page, kept by no cache and found by no search engine", async () => {
  const page = await visit(owner, `/${secret.id}`);
  expect(page.status).toBe(200);
  expect(page.headers.get("Cache-Control")).toBe("private, no-store");
  expect(page.headers.get("X-Robots-Tag")).toBe("noindex");
  expect(await page.text()).toContain("secret plans");
});

test("Strangers, signed in or not, find the same nothing as at an address that never was", async () => {
  for (const who of [null, await makeMember()]) {
    const [secrets, nothing] = [await visit(who, `/${secret.id}`), await visit(who, "/zzzzzzzz")];
    expect([secrets.status, nothing.status]).toEqual([404, 404]);
    expect(await secrets.text()).toBe((await nothing.text()).replaceAll("zzzzzzzz", secret.id));
  }
});

test("A suspended owner sees nothing of it", async () => {
  const member = await makeMember();
  const { id } = await uploadImage(member.key, { public: "false" });
  expect((await visit(member, `/${id}`)).status).toBe(200);
  const { env } = await import("cloudflare:workers");
  await env.DB.prepare("update accounts set status = 'suspended' where id = ?").bind(member.id).run();
  expect((await visit(member, `/${id}`)).status).toBe(404);
});

test("A public picture's page asks D1 once, whoever comes", async () => {
  const { DB, queries } = recordQueries();
  await visit(owner, `/${open.id}`, { DB });
  expect(queries.size).toBe(1);
});
