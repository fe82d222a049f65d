// What an import meets: answers that are none, files without an end, and neighbours on the same machine.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Answers, json, startHostile } from "../../support/hostile-server.ts";
import { runCommand } from "../../support/run-command.ts";

const root = mkdtempSync(join(tmpdir(), "edgepix-imports-"));
afterAll(() => rmSync(root, { recursive: true }));

/** Takes the question whether it takes uploads, and leaves the rest to the test. */
const deployment = (upload: Answers) =>
  startHostile((request, response) => {
    const isQuestion = request.method === "POST" && !request.headers["idempotency-key"];
    request.on("end", () => (isQuestion ? json(response, {}, 422) : upload(request, response))).resume();
  });

async function bring(origin: string, ...words: readonly string[]) {
  const cwd = mkdtempSync(join(root, "of-"));
  writeFileSync(join(cwd, "list.txt"), `${words[0]}\n`);
  const said = await runCommand("cli/import.ts", ["list.txt", "--to", origin, ...words.slice(1)], {
    cwd,
    env: { EDGEPIX_KEY: "secret-key" },
  });
  return { ...said, cwd };
}

test("A picture that was taken with an answer that can't be read is asked for again, and the import goes on", async () => {
  let asked = 0;
  await using server = await deployment((_, response) => {
    const image = { id: "aaaaaaaa", url: "https://x/ann/aaaaaaaa.png", filename: "a.png" };
    json(response, asked++ === 0 ? "rubbish\u001b[2J" : image, 201);
  });
  const { said, code } = await bring(server.origin, "https://example.com/a.png");
  expect(said).toContain("1 brought");
  expect({ asked, code }).toEqual({ asked: 2, code: 0 });
});

test("A file without an end is not read into memory: it is told, and nothing of it sent", async () => {
  let [sent, uploads] = [0, 0];
  await using stranger = await startHostile((_, response) => {
    const more = () => {
      while (!response.destroyed && sent < 300e6 && response.write(Buffer.alloc(1e6))) sent += 1e6;
      if (sent >= 300e6) response.end();
    };
    response.on("drain", more);
    more();
  });
  await using server = await deployment((_, response) => {
    uploads++;
    json(response, {}, 422);
  });
  const { said, code } = await bring(server.origin, `${stranger.origin}/a.png`, "--download");
  expect(said).toContain("unreadable");
  expect({ uploads, code }).toEqual({ uploads: 0, code: 1 });
  expect(sent).toBeLessThan(200e6);
});

test("What an import writes down, addresses of private pictures among it, is for its owner alone", async () => {
  await using server = await deployment((_, response) =>
    json(response, { error: { code: "no\u001b[2J", message: "No\u001b[2J" } }, 422),
  );
  const { cwd, said } = await bring(server.origin, "https://example.com/a.png");
  for (const name of ["import-list.txt.jsonl", "import-list.txt.jsonl.failed.csv"])
    expect(statSync(join(cwd, name)).mode & 0o077, name).toBe(0);
  expect(said + readFileSync(join(cwd, "import-list.txt.jsonl"), "utf8")).not.toMatch(
    /[^\P{Cc}\n]|secret-key/u,
  );
});
