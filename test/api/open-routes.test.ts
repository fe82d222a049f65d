// Whoever comes without a key may do little, and each of those things has a pace for his address.
import { expect, test } from "vitest";
import { errorSchema } from "../../schema/api.ts";
import { ANONYMOUS_FORMS_PER_MINUTE } from "../../schema/plans.ts";
import { call } from "../support/api.ts";
import { addressOf, everyRoute } from "../support/every-route.ts";

/** Ten an hour, told in words on their pages: their own tests count them. */
const narrower = new Set(["POST /setup", "POST /:id{[a-z0-9]{8}}/report"]);

const changing = [...everyRoute].filter(
  ([name, { method }]) => !["GET", "HEAD"].includes(method) && !narrower.has(name),
);

test.each(changing)("%s without a key is counted by address, or refused", async (_, route) => {
  const response = await call(addressOf(route, "aaaaaaaa"), {
    method: route.method,
    headers: { "CF-Connecting-IP": "203.0.113.9", "Edgepix-Delete-Token": "del_none" },
  });
  // Without a key, or without a session; and the operator's addresses are none where there is no operator.
  const isRefused = [401, 303].includes(response.status) || route.path.startsWith("/v1/admin/");
  if (!isRefused) expect(response.headers.get("RateLimit")).toMatch(/^"(minute|hour|day)";r=\d+;t=\d+$/);
});

const byForm = (address: string) =>
  call("/aaaaaaaa/delete", {
    method: "POST",
    headers: { "CF-Connecting-IP": address, "Content-Type": "application/x-www-form-urlencoded" },
    body: "token=del_none",
  });

const byToken = (address: string) =>
  call("/v1/images/aaaaaaaa", {
    method: "DELETE",
    headers: { "CF-Connecting-IP": address, "Edgepix-Delete-Token": "del_none" },
  });

test("who tries one delete token after another by the form is asked to wait, on a page", async () => {
  const statuses = new Set<number>();
  for (let time = 0; time < ANONYMOUS_FORMS_PER_MINUTE; time++)
    statuses.add((await byForm("203.0.113.10")).status);
  expect([...statuses]).not.toContain(429);
  const refused = await byForm("203.0.113.10");
  expect(refused.status).toBe(429);
  expect(refused.headers.get("Content-Type")).toContain("text/html");
  expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
  expect(await refused.text()).toContain("The picture was not deleted");
  expect((await byForm("203.0.113.11")).status).not.toBe(429);
});

test("the form and the API are one pace", async () => {
  for (let time = 0; time < ANONYMOUS_FORMS_PER_MINUTE; time++) await byForm("203.0.113.12");
  const refused = await byToken("203.0.113.12");
  expect(refused.status).toBe(429);
  const { error } = errorSchema.parse(await refused.json());
  // A key of one's own would not help: the image is nobody's.
  expect(error.action).toEqual({ type: "wait", retry_after: Number(refused.headers.get("Retry-After")) });
});
