// Forms of members count only when a page of ours sent them.
import { expect, test } from "vitest";
import { call, ORIGIN } from "../support/api.ts";
import { makeMember, signInAs, submit, visit } from "../support/members.ts";

const PATH = "/account/sessions/end-others";
const member = await makeMember();
const stranger = await makeMember();
const body = `form_token=${member.formToken}`;
const plain = { Cookie: member.cookie, "Content-Type": "application/x-www-form-urlencoded" };

test.each([
  ["of another site", { Origin: "https://evil.example" }],
  ["of no site that can be named", { Origin: "null" }],
  ["of our host over http", { Origin: ORIGIN.replace("https", "http") }],
  ["of a host that begins as ours does", { Origin: `${ORIGIN}.evil.example` }],
  ["of nowhere", {}],
  ["of nowhere, from another site", { "Sec-Fetch-Site": "cross-site" }],
  ["of nowhere, from a neighbour", { "Sec-Fetch-Site": "same-site" }],
])("A form %s is refused, whatever it carries", async (_, headers) => {
  const other = await signInAs(member);
  const answer = await call(PATH, { method: "POST", headers: { ...plain, ...headers }, body });
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain("not sent from a page of ours");
  expect((await visit(other, "/account")).status).toBe(200);
});

test.each([
  ["no token", ""],
  ["an empty token", "form_token="],
  ["somebody else's token", `form_token=${stranger.formToken}`],
  ["the session's own secret", `form_token=${member.secret}`],
])("A form with %s is refused", async (_, fields) => {
  const headers = { ...plain, Origin: ORIGIN };
  expect((await call(PATH, { method: "POST", headers, body: fields })).status).toBe(403);
});

test("The token of another session of the same account is not this one's", async () => {
  const { formToken } = await signInAs(member);
  expect((await submit({ ...member, formToken }, PATH)).status).toBe(403);
});

test.each([
  ["from our origin", { Origin: ORIGIN }],
  ["from the origin that PAGE_ORIGIN names", { Origin: "https://pages.example" }],
  ["that tells no origin, and that it comes from here", { "Sec-Fetch-Site": "same-origin" }],
])("A form %s counts", async (_, headers) => {
  const bindings = { PAGE_ORIGIN: "https://pages.example" };
  const answer = await call(PATH, { method: "POST", headers: { ...plain, ...headers }, body }, bindings);
  expect(answer.status).toBe(303);
});

test("Scripts send the token in a header", async () => {
  const headers = { Cookie: member.cookie, Origin: ORIGIN, "Edgepix-Form-Token": member.formToken };
  expect((await call(PATH, { method: "POST", headers })).status).toBe(303);
});

test("A form that is too long is refused", async () => {
  expect((await submit(member, PATH, { words: "x".repeat(500_000) })).status).toBe(400);
});
