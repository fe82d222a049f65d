// D1 is down: people read so in words, with the number under which the log has it, and never JSON.
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { replacing } from "../support/failing.ts";
import { Mailbox } from "../support/mailbox.ts";
import { makeMember, submit, visit } from "../support/members.ts";
import { askForCode, mailing, sendCode } from "../support/signing-in.ts";

const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
afterEach(() => said.mockClear());

const member = await makeMember({ operator: true });
const DB = replacing(env.DB, "prepare", (prepare, args) =>
  replacing(Object(prepare(...args)), "bind", () => {
    throw new Error("D1 is down in this test");
  }),
);
const down = { DB, SETUP_TOKEN: "a-setup-token-of-a-test" };

test.each([
  "/",
  "/zzzzzzzz",
  "/zzzzzzzz/report",
  "/account",
  "/account/deletion",
  "/gallery",
  "/keys",
  "/usage",
  "/operator",
  "/setup",
  "/sign-in",
  "/sign-out",
])("%s says in words that it is our fault, with the request's id", async (path) => {
  const answer = await visit(member, path, down);
  expect(answer.status).toBe(500);
  expect(answer.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
  const id = answer.headers.get("X-Request-Id") ?? "none";
  expect(await answer.text()).toContain(id);
  expect(said).toHaveBeenCalledOnce();
  expect(String(said.mock.calls)).toContain(id);
});

test("A form that fails on D1 says so, too, and tells nothing of the insides", async () => {
  const answer = await submit(member, "/account/name", { name: "Ann" }, {}, down);
  expect(answer.status).toBe(500);
  const page = await answer.text();
  expect(page).toContain(answer.headers.get("X-Request-Id"));
  expect(page).not.toContain("D1");
});

test("The log has the statement that failed, and none of the words that went with it", async () => {
  const mailbox = new Mailbox();
  const bindings = mailing(mailbox);
  const waiting = await askForCode("in-no-log@example.com", bindings);
  await sendCode(waiting, mailbox.codeFor(waiting.email), { ...bindings, DB });
  await submit(member, "/account/name", { name: "x" }, {}, down);
  const log = String(said.mock.calls);
  expect(log).toContain("Failed query: select");
  expect(log).toContain("D1 is down in this test");
  expect(log).toMatch(/at .*sign-in\.tsx/);
  expect(log).not.toContain("in-no-log@example.com");
  expect(log).not.toContain("params");
});
