// `npm run export`, `restore` and `verify` against both Workers: a deployment is copied, brought into an empty one, and is the same there.
import { mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ended } from "../../cli/ended.ts";
import { usageSchema } from "../../schema/api.ts";
import { adminToken, startEmpty, startProduct } from "../harness/product/start.ts";
import { runCommand } from "../support/run-command.ts";
import { uploadOverHttp } from "./upload-over-http.ts";

const folder = mkdtempSync(join(tmpdir(), "edgepix-backup-"));
const env = { ADMIN_TOKEN: adminToken };
const IMAGES = 12;
let old: Awaited<ReturnType<typeof startProduct>>;
let empty: Awaited<ReturnType<typeof startEmpty>>;

beforeAll(async () => {
  [old, empty] = [await startProduct(), await startEmpty()];
  for (let index = 0; index < IMAGES; index++) {
    const fields = {
      caption: `Picture ${index}`,
      labels: JSON.stringify({ trip: index % 2 ? "rome" : "oslo" }),
    };
    await uploadOverHttp(old.origin, index % 3 ? "coffee.jpg" : "logo.png", { key: old.keys[0], fields });
  }
  // One without an account: it counts in the common pool.
  await uploadOverHttp(old.origin, "gray.jpg");
});
afterAll(async () => {
  await Promise.all([old.close(), empty.close()]);
  rmSync(folder, { recursive: true });
});

const command = (name: string, words: readonly string[], killAfterMs = 0): Promise<Ended> =>
  runCommand(`cli/${name}.ts`, words, { env, killAfterMs });

const seenAt = async (origin: string, path: string) =>
  (await fetch(origin + path, { headers: { Authorization: `Bearer ${old.keys[0]}` } })).json();

/** Addresses begin with the host, which is another one. */
const withoutHost = (answer: unknown, origin: string) =>
  JSON.parse(JSON.stringify(answer).replaceAll(origin, ""));

test("A copy is whole, and another run of it fetches nothing twice", async () => {
  const first = await command("export", [folder, "--from", old.origin]);
  expect(first.said).toContain(`${IMAGES + 1} originals fetched, 0 were there already.`);
  expect(first.code).toBe(0);
  const again = await command("export", [folder, "--from", old.origin]);
  expect(again.said).toContain(`0 originals fetched, ${IMAGES + 1} were there already.`);
  const originals = readdirSync(join(folder, "originals"), { recursive: true, withFileTypes: true });
  expect(originals.filter((file) => file.isFile())).toHaveLength(IMAGES + 1);
  const [one] = originals.filter((file) => file.isFile());
  unlinkSync(join(one?.parentPath ?? "", one?.name ?? ""));
  expect((await command("export", [folder, "--from", old.origin])).said).toContain("1 originals fetched");
});

test("An interrupted restore goes on, and everything is as it was: objects, words, labels, counts and pictures", async () => {
  let last: Ended = { code: null, stdout: "", said: "" };
  for (let run = 0; run < 20 && last.code === null; run++)
    last = await command(
      "restore",
      [folder, "--to", empty.origin, "--at-once", "1"],
      run < 3 ? 450 + 150 * run : 0,
    );
  expect(last.said).toContain(`${IMAGES + 1} images`);
  expect(last.code).toBe(0);

  for (const path of ["/v1/images?limit=100", "/v1/images?label[trip]=rome", "/v1/images?q=picture+1"])
    expect(withoutHost(await seenAt(empty.origin, path), empty.origin)).toEqual(
      withoutHost(await seenAt(old.origin, path), old.origin),
    );
  const totals = async (origin: string) => usageSchema.parse(await seenAt(origin, "/v1/usage"));
  expect(await totals(empty.origin)).toEqual(await totals(old.origin));

  const { data } = (await seenAt(old.origin, "/v1/images?limit=1")) as { data: { url: string }[] };
  const path = new URL(data[0]?.url ?? "").pathname;
  for (const query of ["", "?w=40"]) {
    const [there, here] = await Promise.all(
      [old.origin, empty.origin].map((origin) => fetch(`${origin}${path}${query}`)),
    );
    expect(here?.status).toBe(200);
    expect(await here?.bytes()).toEqual(await there?.bytes());
  }
});

test("Everything agrees in the new place; what does not is told, and mended where it can be", async () => {
  await empty.DB.exec("update images set created_at = created_at - 7200000;");
  await empty.DB.exec("update image_labels set created_at = created_at - 7200000;");
  const fine = await command("verify", ["--at", empty.origin, "--deep"]);
  expect(fine).toMatchObject({
    code: 0,
    said: expect.stringContaining(`${IMAGES + 1} images examined. All agrees.`),
  });
  await empty.DB.exec("delete from image_labels where value = 'oslo';");
  const found = await command("verify", ["--at", empty.origin]);
  expect(found.said).toContain("6 x its labels can't be found by filters, 0 mended");
  expect(found.code).toBe(1);
  expect(await command("verify", ["--at", empty.origin, "--fix"])).toMatchObject({
    code: 0,
    said: expect.stringContaining("6 mended"),
  });
  expect((await command("verify", ["--at", empty.origin])).said).toContain("All agrees.");
});

test("A deployment that is not empty, a folder that is no copy and a wrong token are told before anything is done", async () => {
  const other = mkdtempSync(join(tmpdir(), "edgepix-no-copy-"));
  expect(await command("restore", [other, "--to", empty.origin])).toMatchObject({
    code: 2,
    said: expect.stringContaining("holds no whole copy"),
  });
  expect(await command("restore", [folder, "--to", old.origin])).toMatchObject({
    code: 2,
    said: expect.stringContaining("is not empty"),
  });
  const wrong = await runCommand("cli/export.ts", [other, "--from", old.origin], {
    env: { ADMIN_TOKEN: "another-token-than-theirs" },
  });
  expect(wrong).toMatchObject({ code: 2, said: expect.stringContaining("has another ADMIN_TOKEN") });
  const none = await runCommand("cli/verify.ts", ["--at", old.origin], { env: { ADMIN_TOKEN: "" } });
  expect(none).toMatchObject({ code: 2, said: expect.stringContaining("Set ADMIN_TOKEN") });
  rmSync(other, { recursive: true });
  expect(readFileSync(join(folder, "copy.json"), "utf8")).toContain(`"images": ${IMAGES + 1}`);
});
