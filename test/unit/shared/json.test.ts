// How deep the JSON of strangers may go.
import { expect, test } from "vitest";
import { isTooDeep, MAX_JSON_DEPTH, parseShallowJson } from "../../../workers/shared/json.ts";

const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

test("JSON is read up to its depth, and refused beyond", () => {
  expect(parseShallowJson(deep(MAX_JSON_DEPTH))).toBeInstanceOf(Array);
  expect(() => parseShallowJson(deep(MAX_JSON_DEPTH + 1))).toThrow(SyntaxError);
  expect(() => parseShallowJson('{"a":'.repeat(40))).toThrow(SyntaxError);
});

test("Brackets in strings and side by side are no depth", () => {
  expect(isTooDeep(JSON.stringify({ caption: `\\"${"[".repeat(500)}` }))).toBe(false);
  expect(isTooDeep(JSON.stringify(Array.from({ length: 500 }, () => [{}])))).toBe(false);
});
