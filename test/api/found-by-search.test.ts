// What search engines may keep: what is there for everybody. Of members' pages they see the way to the sign-in only.
import { expect, test } from "vitest";
import { call } from "../support/api.ts";
import { everyRoute } from "../support/every-route.ts";
import { makeMember, visit } from "../support/members.ts";

const operator = await makeMember({ operator: true });
const robotsOf = (answer: Response) => answer.headers.get("X-Robots-Tag");

const membersPages = [...everyRoute.values()]
  .filter(
    ({ method, path }) => method === "GET" && /^\/(gallery|keys|usage|tools|operator|account)\b/.test(path),
  )
  .map(({ path }) => path)
  .filter((path) => !path.includes(":") && path !== "/account/deletion" && path !== "/operator/images");

test.each(membersPages)(
  "A crawler at %s is led to the sign-in page, which asks not to be found",
  async (path) => {
    const answer = await call(path, { headers: { "User-Agent": "Googlebot/2.1" } });
    expect(answer.status).toBe(303);
    expect(await answer.text()).toBe("");
    const led = answer.headers.get("Location") ?? "";
    expect(led).toMatch(/^\/sign-in\?/);
    expect(robotsOf(await call(led))).toBe("noindex");
  },
);

test.each(membersPages)("What only its member sees at %s says nothing of search engines", async (path) => {
  const answer = await visit(operator, path);
  expect(answer.status).toBe(200);
  expect(robotsOf(answer)).toBeNull();
});

test.each(["/", "/plans", "/docs"])("%s may be found", async (path) => {
  expect(robotsOf(await call(path))).toBeNull();
});

test.each(["/sign-in", "/sign-up", "/setup", "/account/deletion", "/nothing/here"])(
  "%s asks not to be found",
  async (path) => {
    expect(robotsOf(await call(path))).toBe("noindex");
  },
);
