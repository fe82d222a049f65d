// What pages lead members to: one way to each place, and their own plan marked among all.
import { expect, test } from "vitest";
import { call } from "../support/api.ts";
import { makeMember, visit } from "../support/members.ts";

const linksTo = (page: string, path: string) => page.split(`href="${path}"`).length - 1;

test("the plan of whoever is signed in is marked on /plans, and nobody's for a stranger", async () => {
  const stranger = await (await call("/plans")).text();
  expect(stranger).not.toContain("your plan");
  expect(stranger).toContain('href="/sign-in"');
  const page = await (await visit(await makeMember({ plan: "pro" }), "/plans")).text();
  expect(page.split("your plan")).toHaveLength(2);
  expect(page).toMatch(/<th scope="row">Pro<small>your plan/);
});

test.each(["/account", "/gallery", "/keys", "/usage"])("%s leads to each tab once", async (path) => {
  const page = await (await visit(await makeMember(), path)).text();
  for (const tab of ["/gallery", "/keys", "/usage", "/account"])
    expect([tab, linksTo(page, tab)]).toEqual([tab, 1]);
  expect(linksTo(page, "/operator")).toBe(0);
  expect(page).toContain(`<a href="${path}" aria-current="page">`);
});

test.each(["/account", "/operator", "/operator/accounts", "/operator/invitations", "/operator/figures"])(
  "an operator finds all tabs on %s",
  async (path) => {
    const page = await (await visit(await makeMember({ operator: true }), path)).text();
    for (const tab of ["/gallery", "/keys", "/usage", "/account"])
      expect([tab, linksTo(page, tab)]).toEqual([tab, 1]);
    expect(page).toMatch(/<a href="\/operator"[^>]*>Operator</);
  },
);
