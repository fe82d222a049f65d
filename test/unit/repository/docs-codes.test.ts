// The docs name errors as the API answers them: each code that stands behind a status exists, and has that status.
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { errorKinds, wireCode } from "../../../schema/errors.ts";

const statuses = new Map<string, number[]>();
for (const [name, { status }] of Object.entries(errorKinds)) {
  const code = wireCode(name as keyof typeof errorKinds);
  statuses.set(code, [...(statuses.get(code) ?? []), status]);
}

const pages = ["README.md", ...globSync("docs/**/*.md")].filter((page) => !page.includes("decisions"));
const named = pages.flatMap((page) =>
  [...readFileSync(page, "utf8").matchAll(/\b([45]\d\d)\s+`([a-z]+(?:_[a-z]+)*)`/g)].map(
    ([, status, code]) => ({ page, status: Number(status), code: code ?? "" }),
  ),
);

test("every status that the docs put before a code is the one that the code is answered with", () => {
  expect(named.length).toBeGreaterThan(3);
  const wrong = named.filter(({ status, code }) => !statuses.get(code)?.includes(status));
  expect(wrong).toEqual([]);
});
