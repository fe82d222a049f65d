// D1 is down: people read so in words, with the number under which the log has it, and never JSON.
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { failingAt } from "../support/failing.ts";
import { makeMember, submit, visit } from "../support/members.ts";

const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
afterEach(() => said.mockClear());

const member = await makeMember({ operator: true });
const down = { DB: failingAt(env.DB, "prepare"), SETUP_TOKEN: "a-setup-token-of-a-test" };

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
  expect(page).not.toContain("prepare");
});
