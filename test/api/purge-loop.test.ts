// Purges are rationed for a whole deployment: who takes each as it comes up must not keep others' pictures in the caches.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { changeImages } from "../../workers/api/images/change-images.ts";
import { moderateImage } from "../../workers/api/images/moderation.ts";
import { runChores } from "../../workers/api/upkeep/chores.ts";
import { finishingWith } from "../../workers/api/upkeep/finishing.ts";
import Src from "../../workers/src/index.ts";
import { makeAccount } from "../support/accounts.ts";
import { apiEnv } from "../support/api.ts";
import { FakeEdge } from "../support/edge/fake-edge.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { makeImages } from "../support/uploads.ts";

const SECOND = 1_000;
const edge = new FakeEdge();
const front = (): Src => Reflect.construct(Src, [edge.context(), env]);
const bindings = apiEnv({ SRC: { purge: (ids: readonly string[]) => front().purge(ids) } });
const startedAt = Date.now();
const now = () => startedAt + edge.now;
const finishing = () => ({ ...finishingWith(bindings), now: now() });

test("A blocked picture leaves the caches within minutes although a client changes its own images every second", async () => {
  const [busy, other] = [await makeAccount(), await makeAccount()];
  const [[changed = ""], [blocked = ""]] = [await makeImages(busy, 1), await makeImages(other, 1)];
  await env.ORIGINALS.put(`${other.storage}/${blocked}`, await fixtureBytes("coffee.jpg"));
  const url = `https://src.test/${other.storage}/${blocked}.jpg`;
  await edge.keep(await edge.ask(url, (request) => front().fetch(request)));
  expect(edge.hit(url)?.status).toBe(200);

  /** A second in which the client changes its image, and once a minute the cron runs. */
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      edge.now += SECOND;
      await changeImages([changed], { ttl: 86_400 }, { ...finishing(), accountId: busy.id });
      if (edge.now % (60 * SECOND) === 0) await runChores(bindings, now());
    }
  };
  await pass(90);
  const { purge } = await moderateImage(blocked, { status: "blocked" }, finishing());
  expect(purge).toBe("pending");
  await pass(180);
  expect(edge.hit(url)).toBeUndefined();
  expect(edge.refusedPurges).toBeGreaterThan(0);
});
