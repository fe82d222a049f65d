// Methods that a page does not take, and addresses below pages where nothing is: refused in words, whoever asks, never a 500.
import { expect, test } from "vitest";
import { call, ORIGIN } from "../support/api.ts";
import { addressOf, everyRoute } from "../support/every-route.ts";
import { makeMember } from "../support/members.ts";

const pages = [...everyRoute.values()].filter(({ path }) => !path.startsWith("/v1/"));
const addresses = [...new Set(pages.map((route) => addressOf(route, "zzzzzzzz")))];
const member = await makeMember();
const operator = await makeMember({ operator: true });
const ending = await makeMember({ deletingAt: 1 });
const callers = { nobody: {}, ...{ member, operator, ending } };

test.each(addresses)("%s refuses other methods, and tells which it takes", async (address) => {
  for (const [who, { cookie = "" }] of Object.entries<{ readonly cookie?: string }>(callers)) {
    const send = (method: string) =>
      call(address, { method, headers: { Cookie: cookie, Origin: ORIGIN }, redirect: "manual" });
    for (const method of ["PUT", "PROPFIND"]) {
      const answer = await send(method);
      expect.soft([answer.status, answer.headers.has("Allow")], `${method}, ${who}`).toEqual([405, true]);
    }
    const told = await send("OPTIONS");
    expect.soft([told.status, told.headers.has("Allow")], `OPTIONS, ${who}`).toEqual([204, true]);
    expect.soft((await send("HEAD")).status, `HEAD, ${who}`).toBeLessThan(500);
  }
});

test.each([
  "/gallery/a/b",
  "/gallery/upload/x",
  "/gallery//",
  "/account/x",
  "/account//",
  "/keys/x",
  "/usage/x",
  "/operator/accounts/a/b",
  "/operator/invitations/x",
  "/account/passkeys/x",
])("%s is nothing, whoever asks and however", async (address) => {
  for (const { cookie = "" } of Object.values<{ readonly cookie?: string }>(callers))
    for (const method of ["GET", "POST", "DELETE"]) {
      const answer = await call(ORIGIN + address, { method, headers: { Cookie: cookie, Origin: ORIGIN } });
      expect.soft(answer.status, method).toBe(404);
    }
});
