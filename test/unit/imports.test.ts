// The arrows between the rooms, as the README draws them: schema <- shared <- api, schema <- shared <- src.
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

interface Room {
  readonly holds: RegExp;
  readonly mayImport: RegExp;
  readonly advice: string;
}

/** The first room that holds a file is the file's own. */
const rooms: readonly Room[] = [
  {
    holds: /^schema\//,
    mayImport: /^schema\/|^(zod|drizzle-orm)\b/,
    advice: "schema is data only: what does I/O or arithmetic for both Workers belongs in workers/shared",
  },
  {
    holds: /^workers\/shared\//,
    mayImport: /^(schema|workers\/shared)\/|^(?!hono|@hono|workers\/|test\/)[a-z@]/,
    advice: "shared knows neither Worker: pass in what it needs, and leave Hono to workers/api",
  },
  {
    holds: /^workers\/api\/services\//,
    mayImport:
      /^(schema|workers\/shared|workers\/api\/(services|ledger))\/|^workers\/api\/(?!index)[\w-]+\.ts$|^(?!hono|@hono|workers\/|test\/)[a-z@]/,
    advice:
      "services tell stories and never see HTTP: what reads the request or writes the answer is a route",
  },
  {
    holds: /^workers\/api\/pages\//,
    mayImport: /^(schema|workers\/shared|workers\/api\/pages)\/|^hono\b/,
    advice: "pages turn props into HTML: fetch in a service, hand over in a route",
  },
  {
    holds: /^workers\/api\//,
    mayImport: /^(?!workers\/src\/|test\/)/,
    advice: "api asks src over its service binding only; what both need belongs in workers/shared",
  },
  {
    holds: /^workers\/src\/(steps|codecs)\//,
    mayImport: /^schema\/|^workers\/src\/(steps|codecs|kernel|pixels)|^(?!hono|@hono|workers\/|test\/)[a-z@]/,
    advice:
      "steps and codecs see pixels, schema and the kernel: choices belong in plan, I/O in original and respond",
  },
  {
    holds: /^workers\/src\//,
    mayImport: /^(?!workers\/api\/|test\/)/,
    advice: "src knows nothing of the API; what both need belongs in workers/shared",
  },
];

/** Paths from the root for our own files, bare names for packages. */
function importsOf(file: string): string[] {
  const source = readFileSync(file, "utf8");
  const found = source.matchAll(/^(?:(?:import|export)\b[^"'=;(]*\bfrom|import)\s*["']([^"']+)["']/gm);
  return [...found].map(([, target = ""]) => (target.startsWith(".") ? join(dirname(file), target) : target));
}

const files = globSync("{schema,workers}/**/*.{ts,tsx}", { exclude: ["**/*.d.ts", "**/assembly/**"] });

test("imports point one way between the rooms", () => {
  const wrong = files.flatMap((file) => {
    const room = rooms.find(({ holds }) => holds.test(file));
    const strays = importsOf(file).filter((target) => !room?.mayImport.test(target));
    return strays.map((target) => `${file} imports ${target}: ${room?.advice ?? "it lies in no room"}`);
  });
  expect(wrong).toEqual([]);
});

test("only codecs and the kernel hold WebAssembly", () => {
  const holders = files.filter((file) => importsOf(file).some((target) => target.endsWith(".wasm")));
  expect(holders.filter((file) => !/^workers\/src\/(codecs|kernel)\//.test(file))).toEqual([]);
});
