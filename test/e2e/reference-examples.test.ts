// The examples of the reference, run as people paste them: curl, JavaScript and Python, each answering what the page shows.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { errorSchema, imageSchema } from "../../schema/api.ts";
import { SAMPLE, SAMPLE_FILENAME } from "../../schema/sample.ts";
import { DELETE_TOKEN_HEADER } from "../../workers/api/accounts/delete-token.ts";
import type { Call } from "../../workers/api/reference/examples/call.ts";
import { EXAMPLE_ID, EXAMPLE_STORAGE, OTHER_EXAMPLE_ID } from "../../workers/api/reference/examples/image.ts";
import { examplesOf } from "../../workers/api/reference/examples/index.ts";
import { type Language, languages } from "../../workers/api/reference/examples/languages.ts";

const origin = inject("origin");
const calls = examplesOf({ api: origin, src: origin, page: origin });
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "edgepix-examples-"));
afterAll(() => rmSync(folder, { recursive: true }));

let sample: File;
beforeAll(async () => {
  const bytes = await (await fetch(`${origin}/${SAMPLE.storage}/${SAMPLE.id}.jpg`)).arrayBuffer();
  writeFileSync(join(folder, SAMPLE_FILENAME), new Uint8Array(bytes));
  sample = new File([bytes], SAMPLE_FILENAME, { type: "image/jpeg" });
});

/** How a file of the language is run, so that what it prints is JSON. */
const commands: Readonly<Record<Language["id"], (code: string) => readonly [string, ...string[]]>> = {
  curl: (code) => ["bash", "-c", code],
  javascript: (code) => {
    writeFileSync(join(folder, "example.mjs"), code);
    const asJson = "console.log = (value) => process.stdout.write(JSON.stringify(value))";
    return [
      process.execPath,
      "--import",
      `data:text/javascript,${encodeURIComponent(asJson)}`,
      "example.mjs",
    ];
  },
  python: (code) => {
    writeFileSync(join(folder, "example.py"), code);
    const asJson =
      "import json; exec(open('example.py').read(), {'print': lambda value: __builtins__.print(json.dumps(value))})";
    return ["python3", "-c", asJson];
  },
};

async function printedBy({ id }: Language, code: string, env: Readonly<Record<string, string>>) {
  const [program, ...words] = commands[id](code);
  return run(program, words, { cwd: folder, env: { ...process.env, EDGEPIX_KEY: inject("key"), ...env } });
}

/** An image of the sample that nobody but the test knows. */
async function stored(headers: Readonly<Record<string, string>>) {
  const body = new FormData();
  body.append("file", sample);
  const answer = await fetch(`${origin}/v1/images`, { method: "POST", body, headers });
  return { ...imageSchema.parse(await answer.json()), token: answer.headers.get(DELETE_TOKEN_HEADER) ?? "" };
}

const asOwner = { Authorization: `Bearer ${inject("key")}` };
/** The import is answered by a public host only (test/api/import-example.test.ts): here its program is run to the refusal of a private one. */
const runnable = calls.filter(({ name }) => name !== "import");

describe.each(languages)("in $label", (language) => {
  const ids = new Map<string, string>();
  beforeAll(async () => {
    ids.set(OTHER_EXAMPLE_ID, (await stored(asOwner)).id);
  });

  test.each(runnable)("$title", async (call) => {
    const env: Record<string, string> = {};
    if (call.credential === "token") {
      const mine = await stored({ "CF-Connecting-IP": "198.51.100.154" });
      ids.set(EXAMPLE_ID, mine.id);
      env.EDGEPIX_DELETE_TOKEN = mine.token;
    }
    const code = real(language.write(call, origin), ids, language.id);
    const { stdout } = await printedBy(language, code, env).catch((failed: unknown) =>
      refusedBy(failed, call),
    );
    const answer: unknown = JSON.parse(stdout);
    if (call.name === "upload") ids.set(EXAMPLE_ID, imageSchema.parse(answer).id);
    if (call.name === "usage") return expect(shapeOf(answer)).toEqual(shapeOf(call.answer));
    expect(asExample(answer, ids)).toEqual(asExample(call.answer, new Map()));
  });

  test("Import from an address asks for the picture that the page names, and is wrong in nothing but its host", async () => {
    const call = calls.find(({ name }) => name === "import");
    if (!call) throw new Error("There is no import.");
    // Python says a refusal as an exception; its body is read as the page of errors tells.
    const readable =
      language.id === "python"
        ? (code: string) =>
            `import urllib.error\ntry:\n${code.replace(/^/gm, "  ")}\nexcept urllib.error.HTTPError as error:\n  print(json.load(error))`
        : (code: string) => code;
    const { stdout } = await printedBy(language, readable(language.write(call, origin)), {});
    const { error } = errorSchema.parse(JSON.parse(stdout));
    expect(error.details).toEqual({ url: ["The address must be on the public internet."] });
  });

  test("Upload so that a retry makes no second image: run again, it answers the same", async () => {
    const call = calls.find(({ name }) => name === "upload-once");
    if (!call) throw new Error("There is no retry.");
    const code = real(language.write(call, origin), ids, language.id);
    const [first, again] = [await printedBy(language, code, {}), await printedBy(language, code, {})];
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(first.stdout));
  });
});

test("A retry says so in the header that the page shows", async () => {
  const call = calls.find(({ name }) => name === "upload-once");
  const headers = { ...asOwner, "Idempotency-Key": crypto.randomUUID() };
  const send = async () => {
    const body = new FormData();
    body.append("file", sample);
    return fetch(`${origin}${call?.path}`, { method: "POST", body, headers });
  };
  const [first, again] = [await send(), await send()];
  for (const [name, value] of Object.entries(call?.answerHeaders ?? { "no headers": "shown" })) {
    expect([first.headers.get(name), again.headers.get(name)]).toEqual([null, value]);
  }
  expect(await again.json()).toEqual(await first.json());
});

/** Python says a refusal as an exception; that it is the right one is all that it prints. */
function refusedBy(failed: unknown, call: Call) {
  const said = failed instanceof Error && "stderr" in failed ? String(failed.stderr) : String(failed);
  expect(said).toContain(`HTTP Error ${call.status}`);
  return { stdout: JSON.stringify(call.answer) };
}

/** The code with the ids of images that there are, and with a key of the language's own for its retry. */
function real(code: string, ids: ReadonlyMap<string, string>, language: string): string {
  return [...ids]
    .reduce((text, [example, id]) => text.replaceAll(example, id), code)
    .replace("order-4711", `order-${language}-${crypto.randomUUID()}`);
}

/** An answer as it would read for the ids, the storage and the times of the examples. */
function asExample(answer: unknown, ids: ReadonlyMap<string, string>): unknown {
  const text = [...ids].reduce(
    (all, [example, id]) => all.replaceAll(id, example),
    JSON.stringify(answer, (key, value: unknown) => (isChance(key, value) ? `some ${key}` : value)),
  );
  const parsed: unknown = JSON.parse(text.replaceAll("/e2e/", `/${EXAMPLE_STORAGE}/`));
  // An image that the test has not met before.
  const unknownId = /"page_url":"[^"]*\/([a-z0-9]{8})"/.exec(text)?.[1];
  const isNew = unknownId && ![EXAMPLE_ID, OTHER_EXAMPLE_ID].includes(unknownId);
  return isNew ? JSON.parse(JSON.stringify(parsed).replaceAll(unknownId, EXAMPLE_ID)) : parsed;
}

const isChance = (key: string, value: unknown) =>
  typeof value === "string" && (key.endsWith("_at") || key === "request_id");

function shapeOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value === null ? "number" : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}
