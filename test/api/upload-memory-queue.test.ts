// What uploads under way may hold together: who waits, who is turned away, and who is not held up.
import { afterEach, expect, test } from "vitest";
import { errorSchema } from "../../schema/api.ts";
import { type Stay, UploadMemory, uploadMemory } from "../../workers/api/upload/memory.ts";
import { type MemoryLimits, memoryLimits } from "../../workers/api/upload/memory-limits.ts";
import { ApiError } from "../../workers/shared/api-error.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";

const limits: MemoryLimits = {
  smallBytes: 100,
  largeBytes: 400,
  smallUploadBytes: 40,
  leastBytes: 10,
  maxWaiting: 3,
  lostMilliseconds: 10_000,
};
const NO_WAIT = 0;

const outcome = async (holding: Promise<void>) => {
  try {
    await holding;
    return "held";
  } catch (error) {
    return error instanceof ApiError ? error.code : String(error);
  }
};
const guests = (room: UploadMemory, count: number, wait = NO_WAIT) =>
  Array.from({ length: count }, (_, index) =>
    room.enter({ caller: `caller ${index}`, share: 0.5, waitMilliseconds: wait }),
  );

test("Small uploads fill their room to the last byte, and the next is turned away", async () => {
  const room = new UploadMemory(limits);
  const [one, other, third, fourth] = guests(room, 4);
  expect(await outcome(one?.hold("part", 30) ?? Promise.reject())).toBe("held");
  expect(await outcome(other?.hold("part", 30) ?? Promise.reject())).toBe("held");
  expect(await outcome(third?.hold("part", 10) ?? Promise.reject())).toBe("held");
  expect(await outcome(fourth?.hold("part", 0) ?? Promise.reject())).toBe("overloaded");
  third?.leave();
  expect(await outcome(fourth?.hold("part", 10) ?? Promise.reject())).toBe("held");
});

test("Large uploads have a room of their own, and small ones pass them", async () => {
  const room = new UploadMemory(limits);
  const [one, other, third, small] = guests(room, 4);
  expect(await outcome(one?.hold("part", 190) ?? Promise.reject())).toBe("held");
  expect(await outcome(other?.hold("part", 190) ?? Promise.reject())).toBe("held");
  expect(await outcome(third?.hold("part", 31) ?? Promise.reject())).toBe("overloaded");
  expect(await outcome(small?.hold("part", 30) ?? Promise.reject())).toBe("held");
});

test("A caller gets at most a share of a room, so that one can't shut out the others", async () => {
  const room = new UploadMemory(limits);
  const own = [0, 1, 2].map(() => room.enter({ caller: "greedy", share: 0.5, waitMilliseconds: NO_WAIT }));
  expect(await Promise.all(own.map((stay) => outcome(stay.hold("part", 90))))).toEqual([
    "held",
    "held",
    "overloaded",
  ]);
  expect(
    await outcome(room.enter({ caller: "other", share: 0.5, waitMilliseconds: NO_WAIT }).hold("part", 190)),
  ).toBe("held");
});

test("One alone may hold more than the room has for many", async () => {
  const room = new UploadMemory(limits);
  const [one, other] = guests(room, 2);
  expect(await outcome(one?.hold("drawing", 1_000) ?? Promise.reject())).toBe("held");
  expect(await outcome(other?.hold("part", 100) ?? Promise.reject())).toBe("overloaded");
  await one?.hold("drawing", 0);
  expect(await outcome(other?.hold("part", 100) ?? Promise.reject())).toBe("held");
});

test("Who waits gets the room that becomes free, in order; who waits only for their own is passed", async () => {
  const room = new UploadMemory(limits);
  const [one, other, third] = guests(room, 3, 5_000);
  await one?.hold("part", 190);
  await other?.hold("part", 190);
  const order: string[] = [];
  const waiting = (name: string, stay: Stay | undefined, bytes: number) =>
    stay?.hold("part", bytes).then(() => order.push(name));
  const again = waiting(
    "again",
    room.enter({ caller: "caller 0", share: 0.5, waitMilliseconds: 5_000 }),
    190,
  );
  const large = waiting("large", third, 190);
  const later = waiting("later", room.enter({ caller: "late", share: 0.5, waitMilliseconds: 5_000 }), 31);
  await scheduler.wait(100);
  expect(order).toEqual([]);
  other?.leave();
  await large;
  expect(order).toEqual(["large"]);
  third?.leave();
  await later;
  one?.leave();
  await again;
  expect(order).toEqual(["large", "later", "again"]);
});

test("Only so many may wait", async () => {
  const room = new UploadMemory(limits);
  const [one, other, ...late] = guests(room, 6, 300);
  await one?.hold("part", 190);
  await other?.hold("part", 190);
  const start = Date.now();
  const outcomes = late.map((stay) => outcome(stay.hold("part", 100)));
  expect(await outcomes.at(-1)).toBe("overloaded");
  expect(Date.now() - start).toBeLessThan(200);
  expect(await Promise.all(outcomes)).toEqual(Array(4).fill("overloaded"));
});

test("An upload that was cancelled without a word does not hold its room for ever", async () => {
  const room = new UploadMemory({ ...limits, lostMilliseconds: 200 });
  const [dead, alive] = guests(room, 2, 5_000);
  await dead?.hold("part", 390);
  const start = Date.now();
  await alive?.hold("part", 390);
  expect(Date.now() - start).toBeGreaterThanOrEqual(200);
});

const account = await makeAccount();
const jpeg = await fixtureBytes("coffee.jpg");
const large = new Uint8Array(2_000_000);
large.set(jpeg);
const upload = (body: BodyInit, bindings = {}) =>
  call(
    "/v1/images",
    { method: "POST", body, headers: { ...authorization(account.key), "Content-Type": "image/jpeg" } },
    { UPLOAD_WAIT_SECONDS: "0.1", ...bindings },
  );

const stays: Stay[] = [];
afterEach(() => {
  for (const stay of stays.splice(0)) stay.leave();
});

async function fill(bytesEach: number, count: number): Promise<void> {
  for (const stay of guests(uploadMemory, count)) {
    stays.push(stay);
    await stay.hold("part", bytesEach - memoryLimits.leastBytes);
  }
}

test("POST /v1/images answers 503 with Retry-After to a large file while large uploads fill the isolate; a small one goes through", async () => {
  await fill(memoryLimits.largeBytes / 8, 8);
  const refused = await upload(large);
  expect(refused.status).toBe(503);
  const { error } = errorSchema.parse(await refused.json());
  expect(error).toMatchObject({ code: "server_error", action: { type: "wait" } });
  expect(error.message).toContain("uploads are under way");
  expect(refused.headers.get("Retry-After")).toBe(String(error.action?.retry_after));
  expect((await upload(jpeg)).status).toBe(201);
  for (const stay of stays.splice(0)) stay.leave();
  expect((await upload(large)).status).toBe(201);
});

test("POST /v1/images answers 503 to every upload while small ones fill the isolate", async () => {
  await fill(memoryLimits.smallBytes / 16, 16);
  expect((await upload(jpeg)).status).toBe(503);
});

test("A crowd of large uploads that hang holds no more than the room, and all of it comes back", async () => {
  const hanging = () =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(large);
      },
    });
  const bindings = { UPLOAD_IDLE_SECONDS: "4" };
  const crowd = await Promise.all(
    Array.from({ length: 24 }, async (_, index) => {
      const headers = { "CF-Connecting-IP": `203.0.113.${index}`, "Content-Type": "image/jpeg" };
      const init = { method: "POST", body: hanging(), headers };
      const response = await call("/v1/images", init, { UPLOAD_WAIT_SECONDS: "0.1", ...bindings });
      return response.status;
    }),
  );
  const partBytes = 5 * 1024 * 1024 + memoryLimits.leastBytes;
  const held = Math.floor(memoryLimits.largeBytes / partBytes);
  expect(crowd.filter((status) => status === 400)).toHaveLength(held);
  expect(crowd.filter((status) => status === 503)).toHaveLength(24 - held);
  expect((await upload(large)).status).toBe(201);
});

test("While src looks at a picture that arrived, others may have the memory that it came in", async () => {
  const seen: string[] = [];
  const look = async () => {
    const [other] = guests(uploadMemory, 1);
    if (!other) throw new Error("there is one");
    stays.push(other);
    seen.push(await outcome(other.hold("part", memoryLimits.largeBytes - memoryLimits.leastBytes)));
    return { outcome: "busy" } as const;
  };
  expect((await upload(large, { SRC: { look, purge: async () => true } })).status).toBe(201);
  expect(seen).toEqual(["held"]);
});
