// The store of images holds every caller to its own account, whatever ids it is handed.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { openDatabase } from "../../workers/api/database.ts";
import {
  deleteImageRow,
  deleteOwn,
  findOwnRows,
  updateImages,
} from "../../workers/api/images/store/index.ts";
import { makeAccount } from "../support/accounts.ts";
import { callJson, uploadImage } from "../support/uploads.ts";

const [owner, stranger] = [await makeAccount(), await makeAccount()];
const db = openDatabase(env.DB);

async function labelledImage() {
  const { id } = await uploadImage(owner.key);
  await callJson(owner.key, "PATCH", `/v1/images/${id}`, { labels: { trip: "north" } });
  const rows = await findOwnRows(db, [id], owner.id);
  expect(rows).toHaveLength(1);
  return { id, rows };
}

const labelsOf = async (id: string) =>
  (await env.DB.prepare("select account_id, key, value from image_labels where image_id = ?").bind(id).all())
    .results;

test("A change in a stranger's name leaves an image and its label rows as they are", async () => {
  const { id, rows } = await labelledImage();
  const update = { changes: { labels: { trip: null } }, expiresAt: null, purges: false, now: Date.now() };
  expect(await updateImages(db, rows, { ...update, accountId: stranger.id })).toEqual([]);
  expect(await labelsOf(id)).toEqual([{ account_id: owner.id, key: "trip", value: "north" }]);
  expect(await findOwnRows(db, [id], owner.id)).toEqual(rows);
  expect(await updateImages(db, rows, { ...update, accountId: owner.id })).toHaveLength(1);
  expect(await labelsOf(id)).toEqual([]);
});

test("A deletion in a stranger's name takes nothing away", async () => {
  const { id } = await labelledImage();
  expect(await deleteOwn(db, [id], stranger.id, 0)).toEqual([]);
  await deleteImageRow(db, id, stranger.id);
  expect(await findOwnRows(db, [id], owner.id)).toHaveLength(1);
  expect(await findOwnRows(db, [id], stranger.id)).toEqual([]);
});
