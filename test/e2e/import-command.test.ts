// `npm run import` against both Workers: killed again and again, each picture is there once.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import sharp from "sharp";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import * as z from "zod";
import type { Ended } from "../../cli/ended.ts";
import { imageSchema } from "../../schema/api.ts";
import { seededRandom } from "../harness/seeded-random.ts";
import { runCommand } from "../support/run-command.ts";

const origin = inject("origin");
const [mine, other] = inject("members")
  .slice(8, 10)
  .map((member) => member.key);
const key = mine ?? "";
const folder = mkdtempSync(join(tmpdir(), "edgepix-import-"));
const FILES = 120;

beforeAll(async () => {
  for (let index = 0; index < FILES; index++) {
    // No two are alike.
    const pixel = { r: index, g: 200 - index, b: 7, alpha: 1 } as const;
    const png = await sharp({ create: { width: 8, height: 6, channels: 4, background: pixel } })
      .png()
      .toBuffer();
    put(`many/${index % 3 === 0 ? "." : `folder ${index % 3}`}/${index}.png`, png);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

function put(name: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), bytes);
}

const importing = (words: readonly string[], { to = origin, killAfterMs = 0 } = {}): Promise<Ended> =>
  runCommand("cli/import.ts", [...words, "--to", to], {
    cwd: folder,
    env: { EDGEPIX_KEY: key },
    killAfterMs,
  });

const listSchema = z.object({
  data: z.array(imageSchema),
  pagination: z.object({ has_more: z.boolean(), next_cursor: z.string().nullable() }),
});

async function imported(said: string) {
  const label = /label import=(\w+)/.exec(said)?.[1] ?? "none";
  const images: z.infer<typeof imageSchema>[] = [];
  for (let cursor = ""; ; ) {
    const query = new URLSearchParams({ "label[import]": label, limit: "100", ...(cursor && { cursor }) });
    const answer = await fetch(`${origin}/v1/images?${query}`, {
      headers: { Authorization: `Bearer ${key}` },
    });
    const { data, pagination } = listSchema.parse(await answer.json());
    images.push(...data);
    if (!pagination.next_cursor) return images;
    cursor = pagination.next_cursor;
  }
}

test("A folder whose import is killed again and again is there in the end, each file once", async () => {
  const random = seededRandom(7);
  let kills = 0;
  let last: Ended = { code: null, stdout: "", said: "" };
  for (let run = 0; run < 30 && last.code === null; run++) {
    last = await importing(["many"], { killAfterMs: run < 6 ? 700 + 1_500 * random() : 0 });
    if (last.code === null) kills++;
  }
  expect(last.said).toContain("were there already");
  expect(last.code).toBe(0);
  expect(kills).toBeGreaterThan(1);
  const images = await imported(last.said);
  const names = images.map(({ metadata }) => metadata.source).sort();
  expect(new Set(names).size).toBe(FILES);
  expect(images).toHaveLength(FILES);
  const one = images.find(({ filename }) => filename === "40.png");
  expect(one).toMatchObject({
    width: 8,
    height: 6,
    labels: { folder: "folder 1" },
    metadata: { source: "folder 1/40.png" },
  });
});

test("What is no picture is told and written down, and the rest is there", async () => {
  put("mixed/good.png", readFileSync(join(folder, "many/0.png")));
  put("mixed/bad.png", "no picture at all");
  const { code, said } = await importing(["mixed"]);
  expect(said).toContain("1 brought, 1 not taken.");
  expect(code).toBe(1);
  expect(readFileSync(join(folder, "import-mixed.jsonl.failed.csv"), "utf8")).toMatch(
    /^name,code,message\n"bad.png","validation_error",/,
  );
  expect((await importing(["mixed"])).said).toContain("0 brought, 1 were there already, 1 not taken.");
});

/** Between the command and the product: `spoil` may answer in its place, or lose an answer that was given. */
async function startShakyLine(spoil: (count: number) => Response | "lose" | undefined) {
  let count = 0;
  const server = createServer(async (request, response) => {
    const spoilt = spoil(++count);
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers))
      if (!/^(host|connection|transfer-encoding)$/.test(name)) headers.set(name, String(value));
    const body = await buffer(request);
    const given =
      spoilt instanceof Response
        ? spoilt
        : await fetch(`${origin}${request.url}`, { method: request.method ?? "GET", headers, body });
    if (spoilt === "lose") return void response.destroy();
    response.writeHead(given.status, {
      "Content-Type": "application/json",
      "Retry-After": given.headers.get("Retry-After") ?? "",
    });
    response.end(Buffer.from(await given.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    to: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    count: () => count,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

test("Through a line that breaks and a server that is busy, everything arrives once", async () => {
  const busy = '{"error":{"type":"rate_limit_error","code":"rate_limited","message":"Slow down."}}';
  for (const name of ["3", "6", "9", "12"])
    put(`shaky/${name}.png`, readFileSync(join(folder, `many/${name}.png`)));
  const line = await startShakyLine((count) => {
    // The first one is the question whether the key is good.
    if (count === 2) return new Response(busy, { status: 429, headers: { "Retry-After": "1" } });
    if (count === 4) return new Response("<h1>Bad gateway</h1>", { status: 502 });
    return count === 6 ? "lose" : undefined;
  });
  const { code, said } = await importing(["shaky", "--at-once", "1"], line);
  await line.stop();
  expect(said).toContain("4 brought.");
  expect(code).toBe(0);
  expect(await imported(said)).toHaveLength(4);
  expect(line.count()).toBe(1 + 4 + 3);
});

test("Pictures of another account come with their words, labels and secrets", async () => {
  const body = new FormData();
  body.set("file", new File([Uint8Array.from(readFileSync(join(folder, "many/15.png")))], "harbour.png"));
  for (const [field, value] of Object.entries({
    caption: "Boats",
    public: "false",
    labels: '{"trip":"rome"}',
    metadata: '{"camera":"X100"}',
  }))
    body.set(field, value);
  const answer = await fetch(`${origin}/v1/images`, {
    method: "POST",
    body,
    headers: { Authorization: `Bearer ${other}` },
  });
  expect(answer.status).toBe(201);
  const { id } = imageSchema.parse(await answer.json());
  const words = [
    origin,
    "--from",
    "img.pro",
    "--source-key",
    other ?? "",
    "--download",
    "--journal",
    "account.jsonl",
  ];
  const { code, said } = await importing([...words, "--dry-run"]);
  expect(code).toBe(0);
  expect(said).toContain("Nothing was brought");
  const real = await importing(words);
  expect(real.code, real.said).toBe(0);
  const found = (await imported(real.said)).find(({ metadata }) => metadata.source === id);
  expect(found).toMatchObject({
    ...{ filename: "harbour.png", caption: "Boats", public: false },
    ...{ labels: { trip: "rome" }, metadata: { camera: "X100" } },
  });
});

test("A wrong key, a deployment that is not there and a journal of another import are told before anything is sent", async () => {
  expect(await importing(["mixed", "--key", "img_live_no", "--journal", "k.jsonl"])).toMatchObject({
    code: 2,
    said: expect.stringContaining("takes no uploads with this key"),
  });
  const nowhere = await importing(["mixed", "--journal", "n.jsonl"], { to: "http://127.0.0.1:9" });
  expect(nowhere).toMatchObject({ code: 2, said: expect.stringContaining("does not answer") });
  const journal = await importing(["many", "--journal", "import-mixed.jsonl"]);
  expect(journal).toMatchObject({
    code: 2,
    said: expect.stringContaining("is the journal of an import of mixed"),
  });
  const empty = await importing(["nothing-there"]);
  expect(empty).toMatchObject({ code: 2, said: expect.stringContaining("There is no nothing-there.") });
});
