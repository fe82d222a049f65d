// `npm run admin` and files that nobody may upload, against a local database, as it is typed.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { wranglerCommand } from "../../../cli/wrangler.ts";

const patience = { timeout: 120_000 };
const state = mkdtempSync(join(tmpdir(), "edgepix-refused-files-"));
const env = { ...process.env, EDGEPIX_STATE: state, CI: "true", WRANGLER_SEND_METRICS: "false" };

const [SEEN, LISTED, UNKNOWN] = ["a".repeat(64), "b".repeat(64), "c".repeat(64)];

function admin(...words: readonly string[]) {
  const run = spawnSync(process.execPath, ["cli/admin.ts", ...words], { encoding: "utf8", env });
  return { status: run.status, said: `${run.stdout}${run.stderr}` };
}

/** The file that wrangler keeps the local database in: reading it takes no seconds of wrangler's. */
function rows(sql: string) {
  const folder = join(state, "v3/d1/miniflare-D1DatabaseObject");
  const name = readdirSync(folder).find((one) => /^[0-9a-f]{64}\.sqlite$/.test(one)) ?? "";
  const database = new DatabaseSync(join(folder, name));
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}
const refused = () =>
  rows("select sha256, image_id, lifted_at is null as is_refused from blocked_files order by sha256");
const image = () => rows("select status from images where id = 'picture1'");

beforeAll(() => {
  const [program, wrangler] = wranglerCommand;
  const words = ["d1", "migrations", "apply", "DB", "-c", "wrangler.toml", "--local", "--persist-to", state];
  const migrated = spawnSync(program, [wrangler, ...words], { encoding: "utf8", env });
  expect(migrated.status, `${migrated.stdout}${migrated.stderr}`).toBe(0);
  rows(
    `insert into images (id, account_id, storage, filename, format, bytes, sha256, transformable, facts, created_at)
     values ('picture1', 'anonymous', 'anon', 'a.jpg', 'jpg', 1, '${SEEN}', 1, '{}', 1)`,
  );
}, 120_000);
afterAll(() => rmSync(state, { recursive: true, force: true }));

test(
  "A blocked picture's file is refused from then on, and its unblocking does not let it in again",
  patience,
  () => {
    const { status, said } = admin("block", "picture1", "--refuse-file");
    expect(status, said).toBe(0);
    expect(image()).toEqual([{ status: "blocked" }]);
    expect(refused()).toEqual([{ sha256: SEEN, image_id: "picture1", is_refused: 1 }]);

    expect(admin("unblock", "picture1").status).toBe(0);
    expect(image()).toEqual([{ status: "ready" }]);
    expect(refused()).toEqual([{ sha256: SEEN, image_id: "picture1", is_refused: 1 }]);
  },
);

test("A file is refused by its hash, let go again, and refused anew; its row stays", patience, () => {
  const isRefused = () => refused().find(({ sha256 }) => sha256 === LISTED)?.is_refused;
  const said = ["refuse-file", "allow-file", "refuse-file"].map((command) => {
    const run = admin(command, LISTED);
    expect(run.status, run.said).toBe(0);
    expect(run.said).toContain(LISTED);
    return isRefused();
  });
  expect(said).toEqual([1, 0, 1]);
});

test("What is refused already keeps the picture that it was noted with", patience, () => {
  expect(admin("refuse-file", SEEN).status).toBe(0);
  expect(refused()).toContainEqual({ sha256: SEEN, image_id: "picture1", is_refused: 1 });
});

test.each([
  [["refuse-file", "photo.jpg"], "64 hexadecimal digits: sha256sum <file> tells it."],
  [["allow-file", "x' or '1'='1"], "64 hexadecimal digits"],
  [["allow-file", UNKNOWN], `The file ${UNKNOWN} was never refused.`],
  [["block", "nope", "--refuse-file"], "There is no image nope."],
  [["nsfw", "picture1", "--refuse-file"], "--refuse-file goes with block."],
  [["refuse-file"], "Usage:"],
])("%j is refused with a sentence, and changes nothing", patience, (words, sentence) => {
  const before = [refused(), image()];
  const { status, said } = admin(...words);
  expect([status, said.includes(sentence) || said]).toEqual([1, true]);
  expect(said).not.toMatch(/SQLITE|node:internal/);
  expect([refused(), image()]).toEqual(before);
});
