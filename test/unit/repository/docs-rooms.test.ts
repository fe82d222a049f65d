// A map names every room: a new folder, or a new picture, wants its line.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const made = new Set(["node_modules", "build", ".wrangler", ".git", ".ci", "dist"]);
const rooms = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !made.has(entry.name) && !entry.name.startsWith("."))
    .map(({ name }) => name);

test.each([
  ["CONTRIBUTING.md", "."],
  ["CONTRIBUTING.md", "workers"],
  ["CONTRIBUTING.md", "workers/api"],
  ["CONTRIBUTING.md", "workers/src"],
  ["docs/architecture.md", "workers/api"],
  ["docs/architecture.md", "workers/src"],
  ["workers/formats/README.md", "workers/formats"],
  ["workers/src/kernel/README.md", "workers/src/kernel/assembly"],
  ["test/harness/README.md", "test/harness"],
  ["bench/README.md", "bench"],
])("%s names each folder of %s", (map, folder) => {
  const text = readFileSync(map, "utf8");
  expect(rooms(folder).length).toBeGreaterThan(2);
  expect(rooms(folder).filter((name) => !new RegExp(`(^|[\\s\`/])${name}/`, "m").test(text))).toEqual([]);
});

test("test/fixtures/README.md says of each picture what it is", () => {
  const text = readFileSync("test/fixtures/README.md", "utf8");
  const pictures = readdirSync("test/fixtures").filter((name) => name !== "README.md");
  const told = [...text.matchAll(/^\| ([^|]*\.\w+) +\|/gm)].flatMap(([, names = ""]) =>
    names.trim().split(", "),
  );
  expect(told.sort()).toEqual(pictures.sort());
});
