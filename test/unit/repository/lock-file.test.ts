// `npm install` against a registry that lacks some platforms writes a lock file that `npm ci` then refuses everywhere.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() }),
  ),
});

const entrySchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      integrity: z.string().optional(),
      resolved: z.string().optional(),
      link: z.boolean().optional(),
      inBundle: z.boolean().optional(),
    }),
  ),
});

test("every package of the lock file has the hash that npm checks what it downloads against", () => {
  const { packages } = entrySchema.parse(JSON.parse(readFileSync("package-lock.json", "utf8")));
  // The project's own folders, and what comes inside another package, are downloaded by no name of their own.
  const unchecked = Object.entries(packages).flatMap(([path, { integrity, link, inBundle }]) =>
    !path.includes("node_modules/") || link || inBundle || integrity?.startsWith("sha512-") ? [] : [path],
  );
  expect(unchecked, "delete these entries and run `npm install`: it writes them with their hash").toEqual([]);
});

test("the lock file names the optional packages of every platform", () => {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync("package-lock.json", "utf8")));
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  );
  expect(missing, "take these entries back from the lock file's last version, then `npm ci`").toEqual([]);
});
