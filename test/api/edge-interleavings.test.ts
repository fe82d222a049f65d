// A deleted picture must not come back from a cache. Views and renders that are under way, deletions, blocks, refused purges and the cron meet in every
// order; both entrypoints of src, the outbox, the bucket and the database are real, the edge is the fake of what can't run here.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { deleteImages } from "../../workers/api/images/delete-images.ts";
import { moderateImage } from "../../workers/api/images/moderation.ts";
import { runChores } from "../../workers/api/upkeep/chores.ts";
import { finishingWith } from "../../workers/api/upkeep/finishing.ts";
import { keptRenderKey, masterKey } from "../../workers/shared/object-keys.ts";
import { ENGINE } from "../../workers/src/door/version.ts";
import Src, { Variants } from "../../workers/src/index.ts";
import { seededRandom } from "../harness/seeded-random.ts";
import { makeAccount } from "../support/accounts.ts";
import { apiEnv } from "../support/api.ts";
import { FakeEdge, type Fill } from "../support/edge/fake-edge.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { makeImages } from "../support/uploads.ts";

const IMAGES = 400;
/** A longer walk by hand: `VITE_STEPS=100000 npx vitest run --project api test/api/edge-interleavings.test.ts --testTimeout 3600000`. */
const STEPS = Number(import.meta.env.VITE_STEPS ?? 10_000);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** The longest that a render may take, its wait and its stream included; the second purge counts on it. */
const LONGEST_FILL = 170 * SECOND;

interface Pictured {
  readonly id: string;
  readonly urls: readonly string[];
  state: "ready" | "blocked" | "deleted";
  fills: (Fill & { readonly endsAt: number })[];
  /** Renders to be kept, and masters, on their way into the bucket. */
  writes: { readonly key: string; readonly endsAt: number }[];
}

const random = seededRandom(11);
const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
const edge = new FakeEdge();
const account = await makeAccount();
const original = await fixtureBytes("coffee.jpg");
const ids = await makeImages(account, IMAGES);
await Promise.all(ids.map((id) => env.ORIGINALS.put(`${account.storage}/${id}`, original)));
const pictures: readonly Pictured[] = ids.map((id) => ({
  id,
  urls: ["", "?size=l", "?w=9000", "?nonsense=1", "?w=32"].map(
    (query) => `https://src.test/${account.storage}/${id}.jpg${query}`,
  ),
  state: "ready",
  fills: [],
  writes: [],
}));

/** Behind the front door nothing is ever purged. */
const behind = new FakeEdge();
const limit = async () => ({ success: true });
const srcEnv = { ...env, MASTERS: "on", VARIANTS: "any", PAGE_ORIGIN: "", RENDERS: { limit } };
const variants = {
  async fetch(url: string, { headers }: RequestInit) {
    const held = behind.hit(url);
    if (held) return held;
    const entrypoint: Variants = Reflect.construct(Variants, [behind.context(), srcEnv]);
    const response = await entrypoint.fetch(new Request(url, { headers: new Headers(headers) }));
    await behind.keep({ url, response: response.clone() });
    return response;
  },
};

function front(): Src {
  // The loopback to our own entrypoints is a function with methods.
  const exports = { Variants: Object.assign(() => variants, variants) };
  const context = Object.defineProperty(edge.context(), "exports", { value: exports });
  return Reflect.construct(Src, [context, srcEnv]);
}
const SRC = {
  purge: (ids: readonly string[]) => front().purge(ids),
  engine: async () => ENGINE,
  // Nothing here is looked at: who is unblocked owes a look for ever.
  look: async () => ({ outcome: "later" }),
};
const bindings = apiEnv({ SRC });
const startedAt = Date.now();
const finishing = () => ({ ...finishingWith(bindings), accountId: account.id, now: startedAt + edge.now });

/** Whether nothing more is to be purged for this image. */
async function isSettled({ id }: Pictured): Promise<boolean> {
  const left = env.DB.prepare("select 1 from outbox where image_id = ? and kind <> 'delete'").bind(id);
  return (await left.first()) === null;
}

const steps: Readonly<Record<string, (picture: Pictured) => Promise<void>>> = {
  async view(picture) {
    const url = pick(picture.urls) ?? "";
    const held = edge.hit(url);
    if (!held) {
      const fill = await edge.ask(url, (request) => front().fetch(request));
      expect(fill.response.status).toBe(picture.state === "ready" ? 200 : 404);
      picture.fills.push({ ...fill, endsAt: edge.now + random() * LONGEST_FILL });
    } else if (held.status === 200 && picture.state !== "ready") {
      expect(await isSettled(picture), `${url} is ${picture.state} and was served after its purge`).toBe(
        false,
      );
    }
  },
  /** What is long to make is written when it is there: an image that was ready when it was begun may be gone by then. */
  async make(picture) {
    if (picture.state !== "ready") return;
    const owner = { storage: account.storage, id: picture.id };
    const key = random() < 0.5 ? masterKey(owner, ENGINE) : keptRenderKey(owner, ENGINE, "0".repeat(32));
    picture.writes.push({ key, endsAt: edge.now + random() * LONGEST_FILL });
  },
  async keep(picture) {
    const [fill, ...rest] = picture.fills;
    picture.fills = rest;
    if (fill) await edge.keep(fill);
  },
  async block(picture) {
    if (picture.state === "deleted") return;
    const status = picture.state === "ready" ? "blocked" : "ready";
    const { purge } = await moderateImage(picture.id, { status }, finishing());
    picture.state = status;
    if (purge === "done") for (const url of picture.urls) expect(edge.hit(url)).toBeUndefined();
  },
  async delete(picture) {
    if (random() < 0.7 || picture.state === "deleted") return;
    const gone = [picture, ...(random() < 0.1 ? pictures.slice(0, 30) : [])];
    const purge = await deleteImages(
      gone.map(({ id }) => id),
      finishing(),
    );
    for (const one of gone) one.state = "deleted";
    if (purge === "done") for (const url of picture.urls) expect(edge.hit(url)).toBeUndefined();
  },
  async wait() {
    await passTime(random() * 20 * SECOND);
  },
};

/** What is under way ends in time, and the cron runs by the minute. */
async function passTime(milliseconds: number): Promise<void> {
  const minute = Math.floor(edge.now / MINUTE);
  edge.now += milliseconds;
  for (const picture of pictures) {
    const ended = picture.fills.filter(({ endsAt }) => endsAt <= edge.now);
    picture.fills = picture.fills.filter(({ endsAt }) => endsAt > edge.now);
    for (const fill of ended) await edge.keep(fill);
    const written = picture.writes.filter(({ endsAt }) => endsAt <= edge.now);
    picture.writes = picture.writes.filter(({ endsAt }) => endsAt > edge.now);
    for (const { key } of written) await env.ORIGINALS.put(key, "made");
  }
  if (Math.floor(edge.now / MINUTE) > minute) await runChores(bindings, startedAt + edge.now);
}

test(`In ${STEPS} steps of every order no deleted or blocked picture is served once its purge is done, and each is purged`, async () => {
  const names = ["view", "view", "view", "make", "keep", "block", "delete", "wait"];
  for (let step = 0; step < STEPS; step++) {
    const picture = pick(pictures);
    if (picture) await steps[pick(names) ?? "view"]?.(picture);
  }
  for (let minute = 0; minute < 30; minute++) await passTime(MINUTE);
  const { results } = await env.DB.prepare("select kind from outbox").all();
  expect(results).toEqual([]);
  for (const picture of pictures.filter(({ state }) => state !== "ready"))
    for (const url of picture.urls) expect(edge.hit(url)?.status ?? 404, url).toBe(404);
  const left = new Set<string>();
  for (const { id, state } of pictures) {
    const { objects } = await env.ORIGINALS.list({ prefix: `${account.storage}/${id}` });
    const made = objects.filter(({ key }) => key.includes(`${id}/`));
    if (made.length > 0) left.add(state);
    if (state !== "ready")
      expect(
        made.map(({ key }) => key),
        `${id} is ${state}`,
      ).toEqual([]);
    if (state === "deleted") expect(objects, id).toEqual([]);
  }
  expect([...left]).toEqual(["ready"]);
  // The walk has met what it is about.
  expect(edge.refusedPurges).toBeGreaterThan(10);
  expect(behind.keptUrls.length).toBeGreaterThan(IMAGES / 10);
  expect(edge.hits).toBeGreaterThan(STEPS / 30);
  expect(pictures.filter(({ state }) => state === "deleted").length).toBeGreaterThan(IMAGES / 10);
  expect(pictures.filter(({ state }) => state === "ready").length).toBeGreaterThan(IMAGES / 10);
}, 600_000);
