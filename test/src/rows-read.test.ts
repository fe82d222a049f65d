// What looking at a picture costs in D1: it is what everybody does, so it decides how far one database reaches.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { findOriginal } from "../../workers/src/door/original.ts";
import { countRows } from "../harness/counting-database.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { storeImage } from "../support/stored-image.ts";

test("A view reads one row, however many images its account has", async () => {
  const file = await fixtureBytes("coffee.jpg");
  for (let other = 0; other < 20; other++) await storeImage(file);
  const { id } = await storeImage(file);
  const { database, rows } = countRows(env.DB);
  expect(await findOriginal(database, { storage: "7c1", id }, 0)).toMatchObject({ id });
  expect(rows).toEqual({ read: 1, written: 0 });
});
