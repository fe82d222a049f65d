// Who is signed in is asked of D1 once a page, however many routers its address belongs to.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { addressOf, everyRoute } from "../support/every-route.ts";
import { replacing } from "../support/failing.ts";
import { makeMember, submit, visit } from "../support/members.ts";

const operator = await makeMember({ operator: true });

const pages = [...everyRoute.values()].filter(({ path }) => !path.startsWith("/v1/"));
const addresses = (method: string) => [
  ...new Set(pages.filter((page) => page.method === method).map((page) => addressOf(page, "zzzzzzzz"))),
];

/** How often sessions were looked for while `ask` was answered. */
async function looksOf(ask: (bindings: { readonly DB: D1Database }) => Promise<Response>): Promise<number> {
  let looks = 0;
  const DB = replacing(env.DB, "prepare", (prepare, [query]) => {
    if (typeof query === "string" && /^select .*from "sessions" inner join/.test(query)) looks++;
    return prepare(query);
  });
  const answer = await ask({ DB });
  await answer.arrayBuffer();
  return looks;
}

test("a page that shows who is signed in has looked", async () => {
  expect(await looksOf((bindings) => visit(operator, "/account", bindings))).toBe(1);
});

test.each(addresses("GET"))("%s", async (address) => {
  expect(await looksOf((bindings) => visit(operator, address, bindings))).toBeLessThanOrEqual(1);
});

test.each(addresses("POST").filter((address) => address !== "/sign-out"))("%s, sent", async (address) => {
  const member = await makeMember({ operator: true });
  const looks = await looksOf((bindings) => submit(member, address, {}, {}, bindings));
  expect(looks).toBeLessThanOrEqual(1);
});
