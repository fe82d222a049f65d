// Purges are rationed, and deletions may come faster than the ration. What is deleted is forgotten soon all the same: the cron purges many with one call.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { deleteImages } from "../../workers/api/images/delete-images.ts";
import { finishingWith } from "../../workers/api/upkeep/finishing.ts";
import { finishDue, takeDueWork } from "../../workers/api/upkeep/outbox.ts";
import Src from "../../workers/src/index.ts";
import { makeAccount } from "../support/accounts.ts";
import { apiEnv } from "../support/api.ts";
import { FakeEdge } from "../support/edge/fake-edge.ts";
import { makeImages } from "../support/uploads.ts";

const MINUTES = 7;
const A_MINUTE = 60;
const MINUTE = 60_000;

test(`${A_MINUTE} deletions a minute, twelve times the ration, are all purged within four minutes`, async () => {
  const edge = new FakeEdge();
  const account = await makeAccount();
  const ids = await makeImages(account, MINUTES * A_MINUTE);
  const SRC = {
    purge: (ids: readonly string[]) => {
      const front: Src = Reflect.construct(Src, [edge.context(), env]);
      return front.purge(ids);
    },
  };
  const bindings = apiEnv({ SRC });
  const startedAt = Date.now();
  const deletedAt = new Map<string, number>();
  let [atOnce, longestWait, nextRun] = [0, 0, MINUTE];
  for (const id of ids) {
    const finishing = { ...finishingWith(bindings), accountId: account.id, now: startedAt + edge.now };
    const purge = await deleteImages([id], finishing);
    deletedAt.set(id, edge.now);
    if (purge === "done") atOnce++;
    const isTimeForCron = edge.now >= nextRun;
    edge.now += MINUTE / A_MINUTE;
    // A deletion has come just before, and taken the call that had come back.
    if (!isTimeForCron) continue;
    nextRun += MINUTE;
    // What the cron does of its chores.
    const now = startedAt + edge.now;
    const due = await takeDueWork(finishing.db, ["purge", "purge-again"], 5_000, now);
    await finishDue(due, finishing, now);
    const { results } = await env.DB.prepare("select image_id as id from outbox where kind = 'purge'").all<{
      id: string;
    }>();
    const waits = results.map(({ id }) => edge.now - (deletedAt.get(id) ?? 0));
    longestWait = Math.max(longestWait, ...waits);
  }
  // The burst of the beginning, and the ration's rest.
  expect(atOnce).toBeGreaterThan(20);
  expect(edge.refusedPurges).toBeGreaterThan(0);
  expect(longestWait).toBeLessThan(4 * MINUTE);
}, 120_000);
