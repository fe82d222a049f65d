// What a visitor reads first is true, short, and leads to every page.
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { linksOf, read } from "../../support/docs.ts";

const readme = readFileSync("README.md", "utf8");

/** A job of docs/benchmarks.md, in the README's words. */
const jobs = {
  "jpeg12-853-jpeg": "photo of 12 megapixels, 853 wide, as JPEG",
  "jpeg12-853-webp": "the same as WebP",
  "jpeg12-853-avif": "the same as AVIF",
  "jpeg108-853-jpeg": "photo of 108 megapixels, 853 wide, as JPEG",
  "png12-800-webp": "PNG of 12 megapixels, 800 wide, as WebP",
  "webp12-853-webp": "WebP of 12 megapixels, 853 wide, as WebP",
};

test.each(Object.entries(jobs))("the figures of %s are those of docs/benchmarks.md", (job, words) => {
  const row = read("docs/benchmarks.md")
    .split("\n")
    .find((line) => line.startsWith(`| \`${job}\``));
  const [, , sharp, edgepix, , , peak = ""] = row?.split("|").map((cell) => cell.trim()) ?? [];
  expect(readme).toContain(`| ${words} | ${edgepix} | ${sharp} | ${peak.replace(/ \(.*\)$/, "")} |`);
});

test("the README is read in a minute or two, and what is deep lies in docs", () => {
  expect(readme.split("\n").length).toBeLessThan(150);
});

test("every page of docs is in the index", () => {
  const linked = new Set(linksOf("docs/README.md").map((href) => href.split("#")[0]));
  const pages = globSync("docs/*.md").map((path) => path.slice("docs/".length));
  expect(pages.filter((page) => page !== "README.md" && !linked.has(page))).toEqual([]);
});
