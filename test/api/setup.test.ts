// A fresh deployment is claimed once, by whoever holds its token.
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { call, ORIGIN } from "../support/api.ts";
import { cookieOf } from "../support/members.ts";
import { freshAddress } from "../support/signing-in.ts";

const tokens = { first: "first-setup-token-0001", second: "second-setup-token-0002" };
const claim = (
  token: string,
  set: string,
  { address = freshAddress(), origin = ORIGIN, name = "Olga" } = {},
) =>
  call(
    "/setup",
    {
      method: "POST",
      headers: { Origin: origin, "CF-Connecting-IP": address },
      body: new URLSearchParams({ token, name }),
    },
    { SETUP_TOKEN: set },
  );
const operators = async () =>
  (
    await env.DB.prepare(
      "select name, plan, email, operator from accounts where operator = 1 order by name",
    ).all()
  ).results;

test("Without a token, or with one that is too short, the page says in words that there is nothing to claim", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  for (const SETUP_TOKEN of [undefined, "", "short"]) {
    const page = await call("/setup?token=short", {}, { SETUP_TOKEN });
    expect(page.status).toBe(404);
    expect(await page.text()).toContain("There is nothing to set up here");
    expect((await claim("short", SETUP_TOKEN ?? "")).status).toBe(404);
  }
  expect(await operators()).toEqual([]);
  said.mockRestore();
});

test("A wrong token claims nothing, and neither does the right one from another site", async () => {
  for (const token of ["", "first", `${tokens.first}x`, tokens.first.toUpperCase()]) {
    const answer = await claim(token, tokens.first);
    expect([answer.status, cookieOf(answer)]).toEqual([403, undefined]);
    expect(await answer.text()).not.toContain(tokens.first);
  }
  expect((await claim(tokens.first, tokens.first, { origin: "https://evil.example" })).status).toBe(403);
  expect(await operators()).toEqual([]);
});

test("One address tries ten tokens an hour, and then not even the right one", async () => {
  const address = freshAddress();
  const statuses = [];
  for (let time = 0; time < 11; time++)
    statuses.push((await claim("guess", tokens.first, { address })).status);
  expect(statuses).toEqual([...Array(10).fill(403), 429]);
  const late = await claim(tokens.first, tokens.first, { address });
  expect(late.status).toBe(429);
  expect(late.headers.get("Retry-After")).toMatch(/^\d+$/);
});

test("Of many claims at once one makes the operator's account and is let in", async () => {
  expect((await call(`/setup?token=${tokens.first}`, {}, { SETUP_TOKEN: tokens.first })).status).toBe(200);
  const answers = await Promise.all(Array.from({ length: 8 }, () => claim(tokens.first, tokens.first)));
  expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array(7).fill(409)]);
  expect(await operators()).toEqual([{ name: "Olga", plan: "unlimited", email: null, operator: 1 }]);
  const cookies = answers.map((answer) => cookieOf(answer)).filter((cookie) => cookie !== undefined);
  expect(cookies).toHaveLength(1);
  const headers = { Cookie: cookies[0]?.split(";")[0] ?? "" };
  const page = await call("/account", { headers });
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("Olga");
});

test("A used token claims nothing later, even when its account is gone", async () => {
  expect((await claim(tokens.first, tokens.first)).status).toBe(409);
  await env.DB.prepare("delete from accounts where operator = 1").run();
  expect((await claim(tokens.first, tokens.first)).status).toBe(409);
  const page = await call("/setup", {}, { SETUP_TOKEN: tokens.first });
  expect(page.status).toBe(409);
  expect(await page.text()).toContain("The setup token was used already");
  expect(await operators()).toEqual([]);
});

test("Another token, which only the deployment's owner can set, makes another operator", async () => {
  expect((await claim(tokens.second, tokens.second, { name: "" })).status).toBe(303);
  expect(await operators()).toMatchObject([{ name: "Operator" }]);
  const { results } = await env.DB.prepare("select * from claims").all();
  expect(results).toHaveLength(2);
  expect(JSON.stringify(results)).not.toContain("setup-token");
});
