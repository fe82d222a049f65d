// The OpenAPI document: a linter finds nothing, and a client that is generated from it compiles.
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { generateApi } from "swagger-typescript-api";
import { expect, onTestFinished, test } from "vitest";
import { openApiDocument } from "../../../workers/api/reference/document.ts";

const document = openApiDocument({
  api: "https://api.edgepix.test",
  src: "https://src.edgepix.test",
  page: "https://edgepix.test",
});

test("The OpenAPI document passes the linter", async () => {
  const config = await createConfig({ extends: ["recommended-strict"] });
  const problems = await lintFromString({ source: JSON.stringify(document), config });
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual(
    [],
  );
});

test("A client that is generated from the OpenAPI document compiles against its use", {
  timeout: 60_000,
}, async () => {
  const { files } = await generateApi({ spec: document, output: false, silent: true });
  // Beside the packages, so that the compiler finds its own library files.
  const folder = await mkdtemp(join(process.cwd(), "node_modules/.generated-client-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "client.ts"), files.map(({ fileContent }) => fileContent).join("\n"));
  await writeFile(join(folder, "use.ts"), use);
  const tsc = join("node_modules/typescript/bin/tsc");
  const flags = [
    "--ignoreConfig",
    "--noEmit",
    "--strict",
    "--target",
    "es2022",
    "--module",
    "preserve",
    "--lib",
    "es2022,dom,dom.iterable",
  ];
  const run = spawnSync(process.execPath, [tsc, ...flags, join(folder, "use.ts")], { encoding: "utf8" });
  expect(run.stdout).toBe("");
});

/** What a client does, typed: a field of the contract that is missing from the document would not compile. */
const use = `
import { Api, type Image } from "./client";
const api = new Api({ baseUrl: "https://api.edgepix.test" });
export async function story(file: File): Promise<string | null> {
  const created: Image = (await api.v1.uploadImage({ file, caption: "x" })).data;
  const { data, pagination } = (await api.v1.listImages({ limit: 10, order: "desc", q: "x" })).data;
  const changed: Image = (await api.v1.changeImage(created.id, { caption: null, labels: { a: null } })).data;
  const { deleted } = (await api.v1.deleteImage(data[0]?.id ?? changed.id)).data;
  const usage = (await api.v1.getUsage()).data;
  const left: number | null = usage.limits.storage_bytes.limit;
  const small: string | undefined = created.sizes.small?.url;
  return deleted && left && small ? pagination.next_cursor : null;
}
`;
