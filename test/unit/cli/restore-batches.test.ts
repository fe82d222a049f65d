// What `npm run restore` sends at once: pictures with much metadata made a body that the deployment refused, and their copy could not be restored.
import { expect, test } from "vitest";
import { batches } from "../../../cli/backup/batches.ts";
import { type CopiedRow, MAX_RESTORED_BYTES, MAX_RESTORED_ROWS } from "../../../schema/backup.ts";

async function sizesOf(rows: readonly CopiedRow[]) {
  const all: (readonly CopiedRow[])[] = [];
  for await (const batch of batches(rows)) all.push(batch);
  expect(all.flat()).toEqual(rows);
  return all.map((batch) => batch.length);
}

test("Small rows go as many together as a deployment takes", async () => {
  const rows = Array.from({ length: 2 * MAX_RESTORED_ROWS + 1 }, (_, id) => ({ id }));
  expect(await sizesOf(rows)).toEqual([MAX_RESTORED_ROWS, MAX_RESTORED_ROWS, 1]);
});

test("Pictures with as much metadata as there may be go in bodies that a deployment takes", async () => {
  // 50 values of 2,000 characters, three bytes each.
  const row = { metadata: "図".repeat(100_000) };
  const fits = Math.floor(MAX_RESTORED_BYTES / Buffer.byteLength(JSON.stringify(row)));
  expect(await sizesOf(Array.from({ length: 2 * fits + 1 }, () => row))).toEqual([fits, fits, 1]);
  expect(await sizesOf([{ metadata: "図".repeat(MAX_RESTORED_BYTES) }, row])).toEqual([1, 1]);
});
