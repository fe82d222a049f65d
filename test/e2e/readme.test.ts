// What the README shows must work as written: every image URL of its table, on the sample photo.
import { readFileSync } from "node:fs";
import { beforeAll, expect, inject, test } from "vitest";
import { uploadOverHttp } from "./upload-over-http.ts";

const readme = readFileSync("README.md", "utf8");
const table = readme.slice(
  readme.indexOf("## Image URLs by example"),
  readme.indexOf("## Run it on Cloudflare"),
);
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
