// `npm run adopt` against both Workers: a bucket that holds pictures, texts and nonsense; killed again and again, and by two at once.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import type { Ended } from "../../cli/ended.ts";
import { imageSchema, usageSchema } from "../../schema/api.ts";
import { hashApiKey, newApiKey } from "../../workers/api/accounts/api-key.ts";
import { adminToken, startEmpty } from "../harness/product/start.ts";
import { seededRandom } from "../harness/seeded-random.ts";
import { runCommand } from "../support/run-command.ts";
import { uploadOverHttp } from "./upload-over-http.ts";

const folder = mkdtempSync(join(tmpdir(), "edgepix-adopt-"));
const key = newApiKey();
const PICTURES = 60;
const bad = {
  "notes/read me.txt": "no picture at all",
  "empty.png": "",
  "cut.png": readFileSync("test/fixtures/logo.png").subarray(0, 20),
  "evil\n\u001b[31m=1+1.png": "<script>alert(1)</script>",
  "../../.ssh/id_rsa": "-----BEGIN OPENSSH PRIVATE KEY-----",
};
let product: Awaited<ReturnType<typeof startEmpty>>;

beforeAll(async () => {
  product = await startEmpty();
  await product.DB.exec(
    `insert into accounts (id, storage, name, plan, email, created_at) values ('ann', 'ann', 'Ann', 'unlimited', 'ann@example.com', 0);
     insert into api_keys (id, account_id, hash, name, abilities, hint, created_at) values ('k', 'ann', '${await hashApiKey(key)}', 'k', 'read,write', 'xxxx', 0);`,
  );
  for (let index = 0; index < PICTURES; index++)
    await product.ORIGINALS.put(nameOf(index), await picture(index));
  for (const [name, bytes] of Object.entries(bad)) await product.ORIGINALS.put(name, bytes);
  await product.ORIGINALS.put("albums/", "");
});
afterAll(async () => {
  await product.close();
  rmSync(folder, { recursive: true });
});

const nameOf = (index: number) => `albums/folder ${index % 3}/${index} 🏔.png`;

/** No two are alike. */
function picture(index: number): Promise<Buffer> {
  const pixel = { r: index, g: 200 - index, b: 7, alpha: 1 } as const;
  return sharp({ create: { width: 8, height: 6, channels: 4, background: pixel } })
    .png()
    .toBuffer();
}

const adopting = (words: readonly string[], killAfterMs = 0): Promise<Ended> =>
  runCommand(join("cli", "adopt.ts"), [...words, "--to", product.origin], {
    cwd: folder,
    env: { ADMIN_TOKEN: adminToken },
    killAfterMs,
  });

const authorized = { headers: { Authorization: `Bearer ${key}` } };
const listSchema = z.object({
  data: z.array(imageSchema),
  pagination: z.object({ next_cursor: z.string().nullable() }),
});
async function imagesOf(query: Readonly<Record<string, string>> = {}) {
  const url = `${product.origin}/v1/images?${new URLSearchParams({ limit: "100", ...query })}`;
  return listSchema.parse(await (await fetch(url, authorized)).json()).data;
}
const usage = async () =>
  usageSchema.parse(await (await fetch(`${product.origin}/v1/usage`, authorized)).json()).totals;

test("Without --yes it says what would become of what, writes down what would not be taken, and changes nothing", async () => {
  const before = (await product.ORIGINALS.list()).objects.map(({ key: name }) => name);
  const { code, said } = await adopting(["own"]);
  expect(said).toContain(`The bucket originals holds ${PICTURES + 5} objects to adopt`);
  expect(said).toContain("1 that stand for folders");
  expect(said).toContain(`${PICTURES} would become images of ann@example.com (ann), 5 would not.`);
  expect(said).toContain("Nothing was changed. --yes adopts them.");
  expect(code).toBe(0);
  // A name is only a name: it moves no cursor, begins no line, and is no formula.
  expect(said).not.toMatch(/[^\P{Cc}\n]/u);
  const table = readFileSync(join(folder, "adopt-originals.failed.csv"), "utf8");
  expect(table).toContain('"empty.png","would_be_refused","The file is empty."');
  expect(table.trim().split(/\n(?=")/)).toHaveLength(6);
  expect((await product.ORIGINALS.list()).objects.map(({ key: name }) => name)).toEqual(before);
  expect(await imagesOf()).toEqual([]);
});

test("Killed again and again, with an upload in the middle and two at once in the end: each picture is one image, the rest is told", async () => {
  const random = seededRandom(11);
  let kills = 0;
  for (let run = 0; run < 5; run++) {
    const { code } = await adopting(["own", "--yes", "--at-once", "2"], 500 + 500 * random());
    if (code === null) kills++;
    if (run === 1) await uploadOverHttp(product.origin, "gray.jpg", { key });
  }
  expect(kills).toBeGreaterThan(1);
  const both = await Promise.all([
    adopting(["own", "--yes"]),
    adopting(["own", "--yes", "--account", "ann@example.com"]),
  ]);
  for (const { said, code } of both) {
    expect(said).toContain("5 not taken");
    expect(code).toBe(1);
  }
  const adopted = await imagesOf({ "label[import]": "originals" });
  expect(adopted.map(({ metadata }) => metadata.source).sort()).toEqual(
    Array.from({ length: PICTURES }, (_, index) => nameOf(index)).sort(),
  );
  expect(await imagesOf()).toHaveLength(PICTURES + 1);
  expect(await usage()).toMatchObject({ images_stored: PICTURES + 1 });
  const [one] = await imagesOf({ "label[folder]": "albums/folder 1" });
  expect(one).toMatchObject({
    width: 8,
    height: 6,
    format: "png",
    filename: expect.stringMatching(/^\d+ 🏔\.png$/),
  });
  const index = Number.parseInt(one?.filename ?? "", 10);
  expect(Buffer.from(await (await fetch(one?.url ?? "")).bytes())).toEqual(await picture(index));
  // What the killed ones left half-way is settled by the ledger's alarm; nothing of it is an image.
  const again = await adopting(["own"]);
  expect(again.said).toContain(`${PICTURES} adopted before`);
});

test("Everything agrees afterwards", async () => {
  await product.DB.exec("update images set created_at = created_at - 7200000;");
  await product.DB.exec("update image_labels set created_at = created_at - 7200000;");
  const { said } = await runCommand("cli/verify.ts", ["--at", product.origin, "--deep"], {
    env: { ADMIN_TOKEN: adminToken },
  });
  expect(said).toContain("All agrees.");
});

test("What it can't begin with is told in a sentence", async () => {
  const sentences: [readonly string[], string][] = [
    [["third"], "Usage:"],
    [["own", "--at-once", "99"], "--at-once takes a number from 1 to 16."],
    [["other"], "No second bucket is bound."],
    [["own", "--account", "nobody"], "There is no account nobody."],
  ];
  for (const [words, sentence] of sentences) {
    const { said, code } = await adopting(words);
    expect(said).toContain(sentence);
    expect(said).not.toContain("    at ");
    expect(code).toBe(2);
  }
});
