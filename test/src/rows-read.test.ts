// What looking at a picture costs in D1: it is what everybody does, so it decides how far one database reaches.
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import Src from "../../workers/src/index.ts";
import { countRows } from "../harness/counting-database.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { storeImage } from "../support/stored-image.ts";

test.each(["GET", "HEAD"])("A %s reads one row, however many images its account has", async (method) => {
  const file = await fixtureBytes("coffee.jpg");
  for (let other = 0; other < 20; other++) await storeImage(file);
  const { path } = await storeImage(file);
  const { database, rows } = countRows(env.DB);
  const context = createExecutionContext();
  const answer = await new Src(context, { ...env, DB: database }).fetch(
    new Request(`https://src.example.com${path}`, { method }),
  );
  expect((await answer.bytes()).length).toBe(method === "GET" ? file.length : 0);
  expect(answer.status).toBe(200);
  await waitOnExecutionContext(context);
  expect(rows).toEqual({ read: 1, written: 0 });
});
