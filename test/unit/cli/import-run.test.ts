// Each picture of an import is brought once, whatever it is cut off by.
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Outcome } from "../../../cli/import/answers.ts";
import { type Entry, entryOf } from "../../../cli/import/entry.ts";
import { Journal } from "../../../cli/import/journal.ts";
import { report } from "../../../cli/import/report.ts";
import { bringAll } from "../../../cli/import/run.ts";
import { progressLine } from "../../../cli/progress.ts";

const folder = mkdtempSync(join(tmpdir(), "edgepix-import-"));
afterAll(() => rmSync(folder, { recursive: true }));

let journals = 0;
const newJournal = () => join(folder, `${journals++}.jsonl`);
const open = (path: string) => new Journal(path, { source: "pictures", origin: "https://a.example" });
const entries = ["a.jpg", "b.jpg", "c.jpg"].map((name) => entryOf({ kind: "file", path: name }, { name }));
const done = (name: string): Outcome => ({
  kind: "done",
  image: { id: name, url: `https://a.example/${name}` },
});

interface Play {
  readonly path: string;
  readonly send: (entry: Entry) => Outcome;
  readonly find?: (entry: Entry) => { id: string; url: string } | undefined;
  readonly now?: number;
  readonly isAgain?: boolean;
}

async function play({ path, send, find = () => undefined, now = 0, isAgain = false }: Play) {
  const [sent, looked]: [string[], string[]] = [[], []];
  const result = await bringAll({
    ...{ entries, journal: open(path), atOnce: 1, isAgain },
    deployment: {
      async send(entry) {
        sent.push(entry.name);
        return send(entry);
      },
      async find(entry) {
        looked.push(entry.name);
        return find(entry);
      },
    },
    show: () => undefined,
    clock: () => now,
  });
  return { ...result, sent, looked };
}

test("what is done is not sent again by the next run", async () => {
  const path = newJournal();
  expect(await play({ path, send: ({ name }) => done(name) })).toMatchObject({ done: 3, before: 0 });
  expect(await play({ path, send: ({ name }) => done(name) })).toMatchObject({
    done: 0,
    before: 3,
    sent: [],
  });
});

test("what can't be taken is not sent again, unless that is asked for; what failed by chance is", async () => {
  const path = newJournal();
  const send = ({ name }: Entry): Outcome =>
    name === "c.jpg"
      ? done(name)
      : { kind: "refused", code: name, message: "No.", isForGood: name === "a.jpg" };
  await play({ path, send });
  expect((await play({ path, send })).sent).toEqual(["b.jpg"]);
  expect((await play({ path, send, isAgain: true })).sent).toEqual(["a.jpg", "b.jpg"]);
});

test("where no other picture would be taken nothing more is sent, and the next run goes on", async () => {
  const path = newJournal();
  const full = await play({
    path,
    send: ({ name }) => (name === "b.jpg" ? { kind: "over", message: "It is full." } : done(name)),
  });
  expect(full).toMatchObject({ done: 1, over: "It is full.", sent: ["a.jpg", "b.jpg"] });
  expect((await play({ path, send: ({ name }) => done(name) })).sent).toEqual(["b.jpg", "c.jpg"]);
});

test("what was under way when a run was killed, days ago, is looked for before it is sent", async () => {
  const path = newJournal();
  const before = open(path);
  before.begin("a.jpg", 0);
  before.begin("b.jpg", 0);
  const later = await play({
    ...{ path, now: 48 * 3_600_000, send: ({ name }: Entry) => done(name) },
    find: ({ name }) => (name === "a.jpg" ? { id: "found", url: "https://a.example/found" } : undefined),
  });
  expect(later).toMatchObject({ done: 3, looked: ["a.jpg", "b.jpg"], sent: ["b.jpg", "c.jpg"] });
});

test("within a day its Idempotency-Key tells, and nothing is looked for", async () => {
  const path = newJournal();
  open(path).begin("a.jpg", 0);
  expect((await play({ path, now: 3_600_000, send: ({ name }) => done(name) })).looked).toEqual([]);
});

test("a file that was changed since it was sent is found as what it was", async () => {
  const send = ({ name }: Entry): Outcome => (name === "a.jpg" ? { kind: "sent before" } : done(name));
  const find = () => ({ id: "x", url: "https://a.example/x" });
  expect(await play({ path: newJournal(), send, find })).toMatchObject({ done: 3, looked: ["a.jpg"] });
  const none = await play({ path: newJournal(), send });
  expect(none.refused).toEqual([
    { name: "a.jpg", code: "changed", message: expect.stringContaining("Try again tomorrow") },
  ]);
});

test("a line that a kill cut off does not spoil the journal", async () => {
  const path = newJournal();
  await play({ path, send: ({ name }) => done(name) });
  appendFileSync(path, '{"done":"d.jp');
  const journal = open(path);
  journal.finish("e.jpg", { id: "e", url: "https://a.example/e" });
  const again = open(path);
  expect(["a.jpg", "d.jpg", "e.jpg"].map(again.isDone)).toEqual([true, false, true]);
  expect(again.id).toBe(journal.id);
});

test("the report counts reasons, the largest first, and lists what was not taken", () => {
  const refused = ["a", "b", "c"].map((name) => ({
    name,
    code: name === "c" ? "no_connection" : "validation_error",
    message: 'Not "a" picture.',
  }));
  const { lines, failedTable } = report(
    { done: 5, before: 2, refused },
    { entries: 11, journalPath: "j", importId: "i1" },
  );
  expect(lines[0]).toBe("5 brought, 2 were there already, 3 not taken, 1 left.");
  expect(lines[1]).toBe('  2 x validation_error: Not "a" picture. (a, …)');
  expect(failedTable).toBe(
    'name,code,message\n"a","validation_error","Not ""a"" picture."\n"b","validation_error","Not ""a"" picture."\n"c","no_connection","Not ""a"" picture."\n',
  );
});

test("progress says how many, how fast and how long still", () => {
  expect(progressLine({ all: 25_000, sent: 1_000, over: 1_250, refused: 2 }, 50)).toBe(
    "[#-------------------] 1,250 of 25,000 (5 %), 20 a second, 20 min left, 2 not taken",
  );
});
