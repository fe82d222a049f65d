// What monitors ask: whether the Worker runs, and whether what it stands on answers. Cheap for us, and nothing to learn or to burn for strangers.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { healthSchema, readinessSchema } from "../../schema/health.ts";
import { Watch } from "../../workers/shared/health.ts";
import { call } from "../support/api.ts";

// The isolate remembers what it saw for ten seconds: each test begins a minute later.
let clock = Date.now();
beforeEach(() => {
  clock += 60_000;
  vi.useFakeTimers({ toFake: ["Date"], now: clock });
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function readiness(bindings: Readonly<Record<string, unknown>> = {}, init: RequestInit = {}) {
  const answer = await call("/readyz", init, bindings);
  return { answer, ...readinessSchema.parse(await answer.json()) };
}

test("GET /healthz answers while everything else is gone, and is kept by nobody", async () => {
  const gone = { DB: undefined, ORIGINALS: undefined, LEDGER: undefined, SRC: undefined };
  const answer = await call("/healthz", {}, gone);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
  expect(healthSchema.parse(await answer.json()).status).toBe("ok");
});

test("it tells which version of the Worker answers, and null where the platform does not say", async () => {
  const told = await call(
    "/healthz",
    {},
    { VERSION: { id: "a-b-c", tag: "2026-11-26T12-00-00Z", timestamp: "" } },
  );
  expect(await told.json()).toMatchObject({ version: { id: "a-b-c", release: "2026-11-26T12-00-00Z" } });
  const untagged = await call("/healthz", {}, { VERSION: { id: "a-b-c", tag: "", timestamp: "" } });
  expect(await untagged.json()).toMatchObject({ version: { id: "a-b-c", release: null } });
  const none = await call("/healthz", {}, { VERSION: undefined });
  expect(await none.json()).toMatchObject({ version: null });
});

test("GET /readyz is ready where D1, R2, a ledger and src answer", async () => {
  const { answer, status, checks } = await readiness();
  expect([answer.status, status]).toEqual([200, "ready"]);
  expect(checks).toEqual({ d1: "ok", r2: "ok", ledger: "ok", src: "ok" });
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
});

const throwing = () => {
  throw new Error("secret-of-the-platform");
};

test.each([
  ["d1", { DB: { prepare: throwing } }],
  ["r2", { ORIGINALS: { head: throwing } }],
  ["ledger", { LEDGER: { getByName: throwing } }],
  ["src", { SRC: { engine: throwing } }],
])("where %s fails it is not ready, says which part, and not why", async (part, bindings) => {
  const { answer, status, checks } = await readiness(bindings);
  expect([answer.status, status]).toEqual([503, "not_ready"]);
  expect(Object.entries(checks).filter(([, word]) => word !== "ok")).toEqual([[part, "failing"]]);
  expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
  expect(JSON.stringify(checks)).not.toContain("secret");
});

test("a database that was never migrated is not ready", async () => {
  const { status, checks } = await readiness({
    DB: { prepare: () => env.DB.prepare("select 1 from no_such_table") },
  });
  expect([status, checks.d1]).toEqual(["not_ready", "failing"]);
});

test("what never answers is slow, and holds up none of the others", async () => {
  const { answer, checks } = await readiness({ SRC: { engine: () => new Promise(() => undefined) } });
  expect(answer.status).toBe(503);
  expect(checks).toEqual({ d1: "ok", r2: "ok", ledger: "ok", src: "slow" });
});

test("a flood of strangers makes the isolate look once", async () => {
  let looks = 0;
  const SRC = { engine: async () => ++looks };
  const answers = await Promise.all(Array.from({ length: 50 }, () => readiness({ SRC })));
  for (let time = 0; time < 50; time++) answers.push(await readiness({ SRC }));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => "ready"));
  expect(looks).toBe(1);
  clock += 10_001;
  vi.setSystemTime(clock);
  await readiness({ SRC });
  expect(looks).toBe(2);
});

test("who comes while another looks waits for that look, and no longer than it", async () => {
  vi.useRealTimers();
  const watch = new Watch();
  let looks = 0;
  // Never ends, as where the platform ends the request.
  const cut = { d1: () => new Promise(() => void looks++) };
  const lost = watch.look(cut, () => undefined);
  const found = await watch.look({ d1: async () => ++looks }, () => undefined);
  expect([found.d1, (await lost).d1]).toEqual(["slow", "slow"]);
  expect(looks).toBe(1);
});

test("nothing that a caller sends changes the answer, and other methods are refused", async () => {
  const { status } = await readiness(
    {},
    { headers: { Authorization: "Bearer nonsense", Cookie: "session=x" } },
  );
  expect(status).toBe("ready");
  const head = await call("/readyz", { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  const posted = await call("/readyz", { method: "POST", body: "x" });
  expect([posted.status, posted.headers.get("Allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
});
