// A copy of a deployment that lies: what it calls its pictures, what it says, and what it never stops saying.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { CopyFolder } from "../../../cli/backup/folder.ts";
import { type Answers, json, startHostile } from "../../support/hostile-server.ts";
import { runCommand } from "../../support/run-command.ts";

const root = mkdtempSync(join(tmpdir(), "edgepix-copies-"));
afterAll(() => rmSync(root, { recursive: true }));
const newFolder = () => mkdtempSync(join(root, "of-"));

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
const image = { id: "aaaaaaaa", storage: "ann", bytes: 4, sha256: "0".repeat(64), status: "ready" };
const controls = /[^\P{Cc}\n]/u;
const noStack = /\n\s+at /;

/** Answers every table with no rows, and the images with these. */
function deploymentWith(
  images: readonly object[],
  original: Answers = (_, response) => response.end("evil"),
) {
  const answers: Answers = (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://x");
    if (pathname.endsWith("/original")) return original(request, response);
    const table = searchParams.get("table");
    json(response, { object: "rows", table, rows: table === "images" ? images : [], next: null });
  };
  return startHostile(answers);
}

const exportFrom = (origin: string, cwd: string) =>
  runCommand("cli/export.ts", ["copy", "--from", origin], { cwd, env: { ADMIN_TOKEN: "secret-token" } });

test.each([
  { storage: "../..", id: "evil.txt" },
  { storage: "ann", id: "../../../evil.txt" },
  { storage: "/tmp", id: "aaaaaaaa" },
  { storage: "ann", id: "a\u0000\u001b[2J" },
  { storage: "ann", id: ".." },
])("A deployment that calls a picture $storage and $id writes nothing outside of the copy", async (names) => {
  const sha256 = hashOf("evil");
  await using server = await deploymentWith([{ ...image, ...names, sha256 }]);
  const cwd = newFolder();
  const { said, code } = await exportFrom(server.origin, cwd);
  expect(readdirSync(cwd)).toEqual(["copy"]);
  expect(readdirSync(join(cwd, "copy"))).toEqual(["rows"]);
  expect(said).toContain("no row of an image");
  expect(said).not.toMatch(controls);
  expect(said).not.toMatch(noStack);
  expect(code).toBe(2);
});

test("A copy that somebody else has made sends no file from outside of it", async () => {
  const cwd = newFolder();
  writeFileSync(join(cwd, "private.txt"), "mine");
  mkdirSync(join(cwd, "copy/rows"), { recursive: true });
  const row = { ...image, storage: "../..", id: "private.txt" };
  writeFileSync(join(cwd, "copy/rows/images.jsonl"), `${JSON.stringify(row)}\n`);
  const copy = { version: 1, origin: "x", finishedAt: "x", rows: {}, originals: { count: 1, bytes: 4 } };
  writeFileSync(join(cwd, "copy/copy.json"), JSON.stringify(copy));
  let puts = 0;
  await using server = await deploymentWith([], (_, response) => {
    puts++;
    json(response, {});
  });
  const words = ["copy", "--to", server.origin];
  const { said, code } = await runCommand("cli/restore.ts", words, { cwd, env: { ADMIN_TOKEN: "x" } });
  expect({ puts, code }).toEqual({ puts: 0, code: 2 });
  expect(said).toContain("no row of an image");
  expect(said).not.toMatch(noStack);
});

test("An original that never ends is cut off at its length, and told as damaged", async () => {
  let sent = 0;
  await using server = await deploymentWith([image], (_, response) => {
    const more = () => {
      while (!response.destroyed && sent < 64e6 && response.write(Buffer.alloc(65_536))) sent += 65_536;
      if (sent >= 64e6) response.end();
    };
    response.on("drain", more);
    more();
  });
  const cwd = newFolder();
  const { said, code } = await exportFrom(server.origin, cwd);
  expect(said).toContain("lost or damaged: aaaaaaaa");
  expect(code).toBe(1);
  expect(sent).toBeLessThan(32e6);
  expect(readdirSync(join(cwd, "copy/originals/ann"))).toEqual([]);
});

test("Nobody but who made a copy may read it", async () => {
  const bytes = "picture!";
  const sha256 = hashOf(bytes);
  await using server = await deploymentWith([{ ...image, bytes: bytes.length, sha256 }], (_, response) =>
    response.end(bytes),
  );
  const cwd = newFolder();
  expect((await exportFrom(server.origin, cwd)).code).toBe(0);
  const modes = ["", "rows", "rows/images.jsonl", "originals/ann", "originals/ann/aaaaaaaa", "copy.json"].map(
    (path) => (statSync(join(cwd, "copy", path)).mode & 0o077).toString(8),
  );
  expect(new Set(modes)).toEqual(new Set(["0"]));
  expect(readFileSync(join(cwd, "copy/originals/ann/aaaaaaaa"), "utf8")).toBe(bytes);
});

test("A caption with a line separator of Unicode comes back as it was", async () => {
  const folder = new CopyFolder(join(newFolder(), "copy"));
  const row = { ...image, caption: "one\u2028two\u2029three\u0085four\rfive\nsix" };
  await folder.writeRows(
    "images",
    (async function* () {
      yield row;
      yield image;
    })(),
  );
  expect(await Array.fromAsync(folder.rows("images"))).toEqual([row, image]);
});

test.each([
  [
    "a refusal with control characters",
    403,
    { error: { code: "x\u001b[2J", message: "No\u001b]0;x\u0007\r\nway" } },
  ],
  ["what is no answer of ours", 200, { "\u001b[2J": 1 }],
  ["a list that leads back to where it was", 200, { object: "rows", table: "accounts", rows: [], next: "" }],
  ["a damaged row", 200, { object: "rows", table: "accounts", rows: [["\u001b[2J"]], next: null }],
])("Where a deployment answers %s, each command ends with a sentence", async (_, status, answer) => {
  await using server = await startHostile((_request, response) => json(response, answer, status));
  const cwd = newFolder();
  mkdirSync(join(cwd, "copy"));
  const copy = { version: 1, origin: "x", finishedAt: "x", rows: {}, originals: { count: 0, bytes: 0 } };
  writeFileSync(join(cwd, "copy/copy.json"), JSON.stringify(copy));
  const runs = [
    ["cli/export.ts", "other", "--from", server.origin],
    ["cli/restore.ts", "copy", "--to", server.origin],
    ["cli/verify.ts", "--at", server.origin],
    ["cli/adopt.ts", "own", "--to", server.origin],
  ] as const;
  for (const [script, ...words] of runs) {
    const { said, code } = await runCommand(script, words, { cwd, env: { ADMIN_TOKEN: "secret-token" } });
    expect(said, script).not.toMatch(controls);
    expect(said, script).not.toMatch(noStack);
    expect(said, script).not.toContain("secret-token");
    expect(code, script).toBe(2);
  }
});

test("A deployment that leads to another host is not followed: what is sent is for the one that was named", async () => {
  const met: string[] = [];
  await using other = await startHostile((request, response) => {
    met.push(request.method ?? "");
    json(response, {});
  });
  await using server = await startHostile((request, response) =>
    response.writeHead(307, { Location: `${other.origin}${request.url}` }).end(),
  );
  const { said, code } = await exportFrom(server.origin, newFolder());
  expect(said).toContain(`leads to ${other.origin}`);
  const words = ["picture.png", "--to", server.origin, "--key", "k"];
  const cwd = newFolder();
  writeFileSync(join(cwd, "list.txt"), "https://example.com/a.png\n");
  const brought = await runCommand("cli/import.ts", ["list.txt", ...words.slice(1)], { cwd });
  expect(brought.said).toContain(`leads to ${other.origin}`);
  expect({ code, codeOfImport: brought.code, met }).toEqual({ code: 2, codeOfImport: 2, met: [] });
  expect(existsSync(join(cwd, "import-list.txt.jsonl.failed.csv"))).toBe(false);
});

test("A copy that is damaged is told in a sentence", async () => {
  const cwd = newFolder();
  mkdirSync(join(cwd, "copy"));
  writeFileSync(join(cwd, "copy/copy.json"), "{");
  const { said, code } = await runCommand("cli/restore.ts", ["copy"], { cwd, env: { ADMIN_TOKEN: "x" } });
  expect(said).toContain("copy/copy.json is damaged");
  expect(said).not.toMatch(noStack);
  expect(code).toBe(2);
});
