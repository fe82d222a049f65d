// The page of transforms says what the table that parses them says, and shows pictures that exist.
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parameterDocs } from "../../../schema/transform.ts";
import { transformsPage } from "../../../scripts/transforms-page.ts";

const written = readFileSync("docs/transforms.md", "utf8");

test("docs/transforms.md is as `npm run docs:transforms` would write it now", () => {
  expect(written).toBe(transformsPage());
});

test("docs/transforms.md tells every parameter once, with its aliases", () => {
  for (const { name, aliases = [] } of parameterDocs) {
    const names = [name, ...aliases].map((one) => `\`${one}\``).join(" ");
    expect(written.split(`\n| ${names} |`)).toHaveLength(2);
  }
});

test("docs/transforms.md shows only pictures that exist", () => {
  const shown = [...written.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path]) => path);
  expect(shown).toHaveLength(13);
  expect(shown.filter((path) => !existsSync(`docs/${path}`))).toEqual([]);
});
