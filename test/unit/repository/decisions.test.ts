// A decision that no longer holds says so on its third line, and names the one that took its place.
import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";

const decisions = globSync("docs/decisions/[0-9]*.md")
  .sort()
  .map((path) => {
    const text = readFileSync(path, "utf8");
    const [title = "", , date = ""] = text.split("\n");
    return { name: basename(path), number: basename(path).slice(0, 4), title, date, text };
  });

/** Of the first paragraphs: which others this one takes the place of, wholly or in part. */
const takesThePlaceOf = ({ text }: { readonly text: string }) =>
  [...text.matchAll(/\b(?:supersedes|changes the figures of)\b[^\n]*/gi)].flatMap(([sentence]) =>
    [...sentence.matchAll(/(?<![\d/])\d{4}(?=\b(?!-\d))/g)].map(([number]) => number),
  );
const marked = decisions.flatMap((newer) => takesThePlaceOf(newer).map((older) => ({ newer, older })));

test("each decision has a number of its own, which its title names, and a date", () => {
  expect(new Set(decisions.map(({ number }) => number)).size).toBe(decisions.length);
  const wrong = decisions.filter(
    ({ number, title, date }) => !title.startsWith(`# ${number} `) || !/^20\d\d-\d\d-\d\d\b/.test(date),
  );
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

test("what another decision takes the place of says so", () => {
  expect(marked.length).toBeGreaterThan(5);
  const silent = marked.filter(
    ({ newer, older }) =>
      !decisions.some(({ number, date }) => number === older && date.includes(newer.number)),
  );
  expect(silent.map(({ newer, older }) => `${older} by ${newer.number}`)).toEqual([]);
});
