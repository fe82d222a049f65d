// A process that dies between any two of its steps: the alarm and the cron finish what it began, or take it back.
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { type Image, imageSchema } from "../../schema/api.ts";
import { runChores } from "../../workers/api/upkeep/chores.ts";
import { makeAccount, type TestAccount } from "../support/accounts.ts";
import { apiEnv, authorization, call } from "../support/api.ts";
import { dyingAfter } from "../support/dying.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf, nothing } from "../support/leftovers.ts";
import { openSessions, recordSessions } from "../support/recorded-sessions.ts";
import { callJson, uploadImage } from "../support/uploads.ts";

vi.spyOn(console, "error").mockImplementation(() => undefined);

const HOURS = 3_600_000;
const small = await fixtureBytes("coffee.jpg");

/** A JPEG of two parts: bytes behind the picture's end are kept as they are. */
const large = new Uint8Array(6_000_000);
large.set(small);

interface Life {
  readonly env: ApiEnv;
  readonly purged: readonly string[];
  readonly isDead: () => boolean;
}

/** Bindings that work for so many calls, and what src was asked to forget over them. */
function lifeOf(calls: number): Life {
  const purged: string[] = [];
  const SRC = {
    purge: async (ids: readonly string[]) => {
      purged.push(...ids);
      return true;
    },
  };
  const { DB, ORIGINALS, LEDGER } = env;
  const { bindings, isDead } = dyingAfter(calls, { DB, ORIGINALS, LEDGER, SRC });
  const { DB: db, ORIGINALS: originals, LEDGER: ledger, SRC: src } = bindings;
  return { env: apiEnv({ DB: db, ORIGINALS: originals, LEDGER: ledger, SRC: src }), purged, isDead };
}

/** Runs the same work with one more call to live each time, until it lives to its end. */
async function forEveryDeath(story: (life: Life) => Promise<void>, from = 0): Promise<number> {
  for (let calls = from; ; calls++) {
    const life = lifeOf(calls);
    await story(life);
    if (!life.isDead()) return calls;
  }
}

/** Lets time pass: holds run out, reservations and the outbox come due. */
async function recover({ id }: TestAccount): Promise<readonly string[]> {
  const ledger = env.LEDGER.getByName(`account:${id}`);
  await runInDurableObject(ledger, (_, state) => {
    state.storage.sql.exec("update reservations set due_at = 0");
  });
  await runDurableObjectAlarm(ledger);
  const { env: alive, purged } = lifeOf(Number.POSITIVE_INFINITY);
  // Twice: what is purged is purged once more when no older render can be under way.
  for (const hours of [2, 3]) await runChores(alive, Date.now() + hours * HOURS);
  expect((await env.DB.prepare("select * from outbox").all()).results).toEqual([]);
  return purged;
}

function freeKeys({ id }: TestAccount): Promise<unknown> {
  return runInDurableObject(env.LEDGER.getByName(`account:${id}`), (_, state) =>
    state.storage.sql.exec("update idempotency set held_until = 0 where held_until is not null").toArray(),
  );
}

function send({ key }: TestAccount, body: Uint8Array<ArrayBuffer>, bindings: object = {}) {
  const headers = { ...authorization(key), "Content-Type": "image/jpeg", "Idempotency-Key": "k" };
  return call("/v1/images", { method: "POST", body, headers }, { ...bindings });
}

const wholeOf = (bytes: number, objects: readonly string[]) => ({
  ...{ objects, rows: 1, reservations: 0, uploadsCounted: 1, bytesCounted: bytes },
});

test.each([
  ["a small file", small, 0],
  // Until its first part it is like a small one.
  ["a file in parts", large, 5],
])("An upload of %s that dies at any step ends as one whole image or as nothing", async (_, body, from) => {
  const lived = await forEveryDeath(async (life) => {
    const account = await makeAccount();
    const sessions = await recordSessions(account);
    await send(account, body, life.env);
    await recover(account);
    expect(await openSessions(sessions)).toEqual([]);
    expect(sessions.length).toBeLessThanOrEqual(body === large ? 1 : 0);
    const left = await leftoversOf(account);
    expect(left.objects).toHaveLength(left.rows);
    expect([nothing, wholeOf(body.length, left.objects)]).toContainEqual(left);
  }, from);
  expect(lived).toBeGreaterThan(6);
});

test.each([
  ["after", true],
  ["before", false],
])(
  "An upload that died at any step and is sent again %s it was found dead makes one image",
  async (_, isLate) => {
    await forEveryDeath(async (life) => {
      const account = await makeAccount();
      await send(account, small, life.env);
      await freeKeys(account);
      if (isLate) await recover(account);
      expect((await send(account, small)).status).toBe(201);
      await recover(account);
      expect(await leftoversOf(account)).toEqual(wholeOf(small.length, [expect.anything()]));
    });
  },
);

const deletions = {
  "DELETE /v1/images/{id}": (account: TestAccount, id: string, life: Life) =>
    call(`/v1/images/${id}`, { method: "DELETE", headers: authorization(account.key) }, { ...life.env }),
  "DELETE /v1/images/batch": (account: TestAccount, id: string, life: Life) =>
    call(
      "/v1/images/batch",
      {
        method: "DELETE",
        body: JSON.stringify({ ids: [id] }),
        headers: { ...authorization(account.key), "Content-Type": "application/json" },
      },
      { ...life.env },
    ),
  "The cron, of an expired image,": async (_: TestAccount, id: string, life: Life) => {
    await env.DB.prepare("update images set expires_at = 1 where id = ?").bind(id).run();
    await runChores(life.env, Date.now());
    return undefined;
  },
};

test.each(Object.entries(deletions))(
  "%s that dies at any step leaves the image whole or takes it away to the last trace",
  async (name, remove) => {
    const lived = await forEveryDeath(async (life) => {
      const account = await makeAccount();
      const { id, bytes } = await uploadImage(account.key);
      const answer = await remove(account, id, life);
      const isThere = async () => (await callJson(account.key, "GET", `/v1/images/${id}`)).status === 200;
      const wasThere = await isThere();
      if (answer?.ok) expect(wasThere).toBe(false);
      const purged = [...(await recover(account)), ...life.purged];
      expect(await isThere()).toBe(wasThere);
      const left = await leftoversOf(account);
      if (wasThere) expect(left).toEqual(wholeOf(bytes, [`${account.storage}/${id}`]));
      else expect(left).toEqual({ ...nothing, uploadsCounted: 1 });
      // What ends by itself ends in caches too.
      if (!wasThere) expect(purged.includes(id)).toBe(!name.includes("expired"));
    });
    expect(lived).toBeGreaterThan(3);
  },
);

test("PATCH /v1/images/{id} that dies at any step changes everything or nothing, and what changed is purged", async () => {
  const changes = { caption: "after", labels: { trip: "oslo" }, ttl: "90d" };
  const lived = await forEveryDeath(async (life) => {
    const account = await makeAccount();
    const { id } = await uploadImage(account.key, { caption: "before", labels: '{"trip":"rome"}' });
    const headers = { ...authorization(account.key), "Content-Type": "application/json" };
    const init = { method: "PATCH", body: JSON.stringify(changes), headers };
    await call(`/v1/images/${id}`, init, { ...life.env });
    const purged = [...(await recover(account)), ...life.purged];
    const { answer } = await callJson(account.key, "GET", `/v1/images/${id}`);
    const image: Image = imageSchema.parse(answer);
    const isChanged = image.caption === "after";
    expect(image.labels).toEqual({ trip: isChanged ? "oslo" : "rome" });
    expect(image.expires_at !== null).toBe(isChanged);
    const listed = await callJson(
      account.key,
      "GET",
      `/v1/images?label[trip]=${isChanged ? "oslo" : "rome"}`,
    );
    expect(listed.answer).toMatchObject({ data: [{ id }] });
    if (isChanged) expect(purged).toContain(id);
  });
  expect(lived).toBeGreaterThan(4);
});
