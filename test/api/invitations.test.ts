// Links by which an operator lets people sign up: each lets one in, for a while, as long as it is not revoked.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { Mailbox } from "../support/mailbox.ts";
import { makeMember, submit, visit } from "../support/members.ts";
import { askForCode, mailing, sendCode } from "../support/signing-in.ts";

const PATH = "/operator/invitations";
const mailbox = new Mailbox();
const bindings = mailing(mailbox, { SIGNUPS: "invite" });
const operator = await makeMember({ operator: true });

async function invited(fields: Readonly<Record<string, string>> = {}): Promise<string> {
  const answer = await submit(operator, PATH, { note: "for Ann", plan: "pro", days: "7", ...fields });
  expect(answer.status).toBe(201);
  return /\/sign-up\?invitation=(\w{43})/.exec(await answer.text())?.[1] ?? "";
}

async function signUp(email: string, invitation: string, extra = {}): Promise<Response> {
  const with_ = { ...bindings, ...extra };
  const waiting = await askForCode(email, with_, { path: "/sign-up", invitation });
  return sendCode(waiting, mailbox.codeFor(email), with_, { path: "/sign-up", invitation });
}
const planOf = (email: string) =>
  env.DB.prepare("select plan from accounts where email = ?").bind(email).first("plan");

test("An invitation lets one person in, on its plan, and is kept as a hash", async () => {
  const token = await invited();
  const { results } = await env.DB.prepare("select * from invitations").all();
  expect(JSON.stringify(results)).not.toContain(token);
  expect((await signUp("ann@example.com", token)).status).toBe(303);
  expect(await planOf("ann@example.com")).toBe("pro");
  expect(await (await visit(operator, PATH)).text()).toContain("used");
  const second = await signUp("friend@example.com", token);
  expect(second.status).toBe(403);
  expect(await second.text()).toContain("invitation is not good any more");
  expect(await planOf("friend@example.com")).toBeNull();
});

test("Two people who open one link at once don't both get in", async () => {
  const token = await invited();
  const answers = await Promise.all(["left", "right"].map((name) => signUp(`${name}@example.com`, token)));
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 403]);
});

test("Who has an account signs in and leaves the invitation to others", async () => {
  const token = await invited();
  await makeMember({ email: "known@example.com" });
  expect((await signUp("known@example.com", token)).status).toBe(303);
  expect((await signUp("fresh@example.com", token)).status).toBe(303);
  expect(await planOf("fresh@example.com")).toBe("pro");
});

test("Revoked, expired, made-up and closed: none lets anybody in", async () => {
  const revoked = await invited({ note: "to be revoked" });
  const id = await env.DB.prepare("select id from invitations where note = 'to be revoked'").first<string>(
    "id",
  );
  expect((await submit(operator, `${PATH}/revoke`, { invitation: id ?? "" })).status).toBe(303);
  const expired = await invited({ note: "old" });
  await env.DB.prepare("update invitations set expires_at = 1 where note = 'old'").run();
  const good = await invited();
  for (const [name, token, extra] of [
    ["revoked", revoked, {}],
    ["expired", expired, {}],
    ["made-up", "a".repeat(43), {}],
    ["closed", good, { SIGNUPS: "closed" }],
  ] as const) {
    expect((await signUp(`${name}@example.com`, token, extra)).status).toBe(403);
    expect(await planOf(`${name}@example.com`)).toBeNull();
  }
});

test("Only operators see invitations and make them", async () => {
  const member = await makeMember();
  expect((await visit(member, PATH)).status).toBe(404);
  expect((await submit(member, PATH, { note: "x", plan: "unlimited", days: "7" })).status).toBe(404);
  expect((await visit(null, PATH)).status).toBe(303);
  const suspended = await makeMember({ operator: true, status: "suspended" });
  expect((await visit(suspended, PATH)).status).toBe(403);
});

test.each([{ plan: "anonymous" }, { plan: "gold" }, { days: "0" }, { days: "366" }, { days: "x" }])(
  "A form with %o makes none",
  async (fields) => {
    const answer = await submit(operator, PATH, { note: "bad", plan: "free", days: "7", ...fields });
    expect(answer.status).toBe(422);
    expect(await env.DB.prepare("select count(*) as n from invitations where note = 'bad'").first("n")).toBe(
      0,
    );
  },
);
