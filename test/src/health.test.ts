// At the host of the pictures, too: whether the src Worker runs, and reaches what it stands on.
import { expect, test } from "vitest";
import { healthSchema, readinessSchema } from "../../schema/health.ts";
import { ask } from "./src-request.ts";

test("GET /healthz says that src runs", async () => {
  const answer = await ask("/healthz");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
  expect(healthSchema.parse(await answer.json()).status).toBe("ok");
});

test("GET /readyz reaches D1, R2 and the budget, and takes nothing from that", async () => {
  const answer = await ask("/readyz");
  expect([answer.status, answer.headers.get("Cache-Control")]).toEqual([200, "no-store"]);
  const { checks } = readinessSchema.parse(await answer.json());
  expect(checks).toEqual({ d1: "ok", r2: "ok", budget: "ok" });
});

test("HEAD has no body, and POST is refused as everywhere", async () => {
  const head = await ask("/readyz", { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  expect((await ask("/healthz", { method: "POST" })).status).toBe(405);
});
