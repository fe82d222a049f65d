// `npm run bench:move`: many pictures move in by `npm run import`, are copied by `npm run export` and brought into an empty deployment by
// `npm run restore`, every command killed again and again at random; then each is there once, the new place says what the old one says, and
// `npm run verify` finds as many faults as were planted.
//
//   --files N   how many pictures (default 25000)
//   --kills N   how often each command is killed (default 12)
//   --seed N    when (default 1)

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { adminToken, startEmpty, startProduct } from "../../test/harness/product/start.ts";
import { seededRandom } from "../../test/harness/seeded-random.ts";
import { brought, equalPlaces } from "./compare.ts";
import { makeFiles } from "./files.ts";
import { killedAtRandom } from "./killed.ts";

const { values: asked } = parseArgs({
  options: {
    files: { type: "string", default: "25000" },
    kills: { type: "string", default: "12" },
    seed: { type: "string", default: "1" },
  },
});
const files = Number(asked.files);
const kills = Number(asked.kills);
const random = seededRandom(Number(asked.seed));
const folder = mkdtempSync(join(tmpdir(), "edgepix-move-"));
const say = (line: string) => console.log(line);

const [old, empty] = [await startProduct(), await startEmpty()];
try {
  const key = old.keys[0];
  const bytes = await makeFiles(join(folder, "pictures"), files);
  say(`${files} pictures of ${(bytes / files).toFixed(0)} bytes on average, in folders of 500`);

  const run = (script: string, words: readonly string[], longest: number) =>
    killedAtRandom({
      script,
      words,
      cwd: folder,
      env: { EDGEPIX_KEY: key, ADMIN_TOKEN: adminToken },
      kills,
      longest,
      random,
    });
  const aFile = (seconds: number) =>
    `${seconds.toFixed(0)} s in all, ${((seconds * 1_000) / files).toFixed(1)} ms a picture`;

  const imported = await run("cli/import.ts", ["pictures", "--to", old.origin, "--at-once", "8"], 40_000);
  const there = await brought(old.origin, key);
  hold(
    there.images === files && there.sources === files,
    `each of ${files} is there once: ${JSON.stringify(there)}`,
  );
  say(`import: killed ${imported.kills} times; each picture is there once; ${aFile(imported.seconds)}`);

  const copied = await run("cli/export.ts", ["copy", "--from", old.origin], 15_000);
  say(`export: killed ${copied.kills} times; ${aFile(copied.seconds)}`);
  const restored = await run("cli/restore.ts", ["copy", "--to", empty.origin], 15_000);
  say(`restore: killed ${restored.kills} times; ${aFile(restored.seconds)}`);

  const compared = await equalPlaces(old.origin, empty.origin, key, random);
  hold(
    compared.differences.length === 0,
    `both places say the same: ${compared.differences.slice(0, 3).join("; ")}`,
  );
  say(`both places: ${compared.objects} objects and ${compared.originals} originals are equal`);

  // What was made within the last hour is not examined.
  for (const table of ["images", "image_labels"])
    await empty.DB.exec(`update ${table} set created_at = created_at - 7200000;`);
  const fine = await run("cli/verify.ts", ["--at", empty.origin, "--deep"], 0);
  hold(fine.last.said.includes(`${files} images examined. All agrees.`), fine.last.said.slice(-300));
  say(`verify --deep: all agrees; ${aFile(fine.seconds)}`);

  const planted = Math.min(500, files);
  await empty.DB.exec(
    `delete from image_labels where image_id in (select id from images order by id limit ${planted});`,
  );
  const mended = await run("cli/verify.ts", ["--at", empty.origin, "--fix"], 0);
  hold(mended.last.said.includes(`${planted} mended`), mended.last.said.slice(-300));
  const after = await run("cli/verify.ts", ["--at", empty.origin], 0);
  hold(after.last.said.includes("All agrees."), after.last.said.slice(-300));
  say(
    `verify --fix: found and mended ${planted} of ${planted} pictures whose labels were lost; then all agrees`,
  );
} finally {
  await Promise.all([old.close(), empty.close()]);
  rmSync(folder, { recursive: true });
}

function hold(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(`does not hold: ${what}`);
}
