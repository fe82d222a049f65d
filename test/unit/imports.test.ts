// The arrows between the rooms, as the README draws them: schema <- shared <- api, schema <- shared <- src.
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

/** Room -> rooms of ours that it may import. A longer path wins over a shorter one. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  schema: ["schema"],
  "workers/shared": ["schema", "workers/shared"],
  "workers/api": ["schema", "workers/shared", "workers/api"],
  "workers/api/services": ["schema", "workers/shared", "workers/api/services", "workers/api/ledger"],
  "workers/api/pages": ["schema", "workers/shared", "workers/api/pages"],
  "workers/src": ["schema", "workers/shared", "workers/src"],
  "workers/src/steps": ["schema", "workers/src/steps", "workers/src/kernel", "workers/src/pixels.ts"],
  "workers/src/codecs": ["schema", "workers/src/codecs", "workers/src/kernel", "workers/src/pixels.ts"],
};

const files = globSync("{schema,workers}/**/*.{ts,tsx}", { exclude: ["**/*.d.ts", "**/assembly/**"] });

function roomOf(path: string): string {
  const rooms = Object.keys(allowed).filter((room) => path.startsWith(`${room}/`));
  return rooms.sort((one, other) => other.length - one.length)[0] ?? path;
}

function importsOf(file: string): string[] {
  const found = readFileSync(file, "utf8").matchAll(/^\s*(?:import|export)\b[^"';]*["'](\.[^"']+)["']/gm);
  return [...found].map((match) => join(dirname(file), match[1] ?? ""));
}

test("imports point one way between the rooms", () => {
  const wrong = files.flatMap((file) => {
    const room = roomOf(file);
    const rooms = allowed[room] ?? [];
    return importsOf(file)
      .filter((target) => !rooms.some((one) => target === one || target.startsWith(`${one}/`)))
      .map((target) => `${file} imports ${target}, but ${room} may import only ${rooms.join(", ")}.`);
  });
  expect(wrong, "Move shared code down: schema (data), then workers/shared (both Workers)").toEqual([]);
});

test("only codecs and the kernel hold WebAssembly", () => {
  const holders = files.filter((file) => /from\s+"[^"]+\.wasm"/.test(readFileSync(file, "utf8")));
  expect(holders.filter((file) => !/^workers\/src\/(codecs|kernel)\//.test(file))).toEqual([]);
});
