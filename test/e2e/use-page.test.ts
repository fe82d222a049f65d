// What docs/use.md shows must work as written: every call of its example, and every image URL of its table, on the sample photo.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { beforeAll, expect, inject, test } from "vitest";
import { errorSchema, imageSchema } from "../../schema/api.ts";
import { uploadOverHttp } from "./upload-over-http.ts";

const page = readFileSync("docs/use.md", "utf8");
const example = page.slice(page.indexOf("## The API by example"), page.indexOf("## Image URLs by example"));
const table = page.slice(page.indexOf("## Image URLs by example"));
const rows = table.split("\n").filter((line) => line.startsWith("| ") && line.includes("`"));
const spellings = rows.flatMap((row) => [...row.matchAll(/`([?.][^`]+)`/g)].map((match) => match[1] ?? ""));

let url: string;
beforeAll(async () => {
  ({ url } = await uploadOverHttp(inject("origin"), "photo.jpg", { key: inject("key") }));
});

test.each(spellings)("%s answers a picture", async (spelling) => {
  const address = spelling.startsWith(".") ? url.replace(/\.\w+$/, spelling) : url + spelling;
  const answer = await fetch(address);
  await answer.arrayBuffer();
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toMatch(/^image\//);
});

const run = promisify(execFile);
/** What the one curl of a line answers; the id that the page names is this one. */
async function answerOf(
  line: string,
  id: string,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const quiet = line.replace("curl ", "curl -sS -w '\\n%{http_code}' ").replaceAll("k3f9x0qa", id);
  const names = `API=${inject("origin")}/v1\nAUTH="Authorization: Bearer ${inject("key")}"`;
  const { stdout } = await run("bash", ["-c", `${names}\n${quiet}`], { cwd: "test/fixtures" });
  const [body = "", status] = stdout.split(/\n(?=\d+$)/);
  return { status: Number(status), body: JSON.parse(body) };
}

test("each curl of the example does what it says, one after the other", async () => {
  const lines = example
    .split("\n")
    .filter((line) => line.startsWith("curl ") && !line.includes("example.com"));
  expect(lines).toHaveLength(7);
  const [first = "", ...others] = lines;
  const uploaded = await answerOf(first, "");
  const image = imageSchema.parse(uploaded.body);
  expect([uploaded.status, image.caption, image.labels]).toEqual([201, "The harbour", { trip: "north" }]);
  const answers: { readonly status: number; readonly body: unknown }[] = [];
  for (const line of others) answers.push(await answerOf(line, image.id));
  const [raw, kept, look, list, changed, deleted] = answers;
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 200, 200, 200, 200]);
  expect(raw?.body).toMatchObject({ caption: "The harbour" });
  expect(kept?.body).toMatchObject({ hidden_metadata: "keep" });
  expect(look?.body).toMatchObject({ id: image.id });
  expect(list?.body).toMatchObject({
    data: expect.arrayContaining([expect.objectContaining({ id: image.id })]),
  });
  expect(changed?.body).toMatchObject({ caption: "Six in the morning" });
  expect(deleted?.body).toMatchObject({ id: image.id, deleted: true });
});

test("the answers that the page shows have the fields, and the values, of real ones", async () => {
  const [shown = "", refused = ""] = [...example.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) => json);
  const origin = inject("origin");
  const real = await uploadOverHttp(origin, "photo.jpg", { key: inject("key") });
  for (const field of [
    "filename",
    "format",
    "width",
    "height",
    "bytes",
    "transformable",
    "status",
    "public",
  ] as const)
    expect(shown).toContain(`"${field}": ${JSON.stringify(real[field])}`);
  expect(shown).toContain(`"width": ${real.sizes.small?.width}, "height": ${real.sizes.small?.height}`);
  const answer = await fetch(`${origin}/v1/images`, {
    method: "POST",
    headers: { Authorization: `Bearer ${inject("key")}`, "Content-Type": "application/json" },
    body: "{}",
  });
  const { error } = errorSchema.parse(await answer.json());
  const told: Record<string, unknown> = JSON.parse(refused).error;
  expect(Object.keys(told).sort()).toEqual(Object.keys(error).sort());
  expect(told.type).toBe(error.type);
  expect(told.code).toBe(error.code);
});
