// The arrows between the rooms, as the README draws them: schema <- shared <- api, schema <- shared <- src.
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

interface Room {
  readonly holds: RegExp;
  readonly neverImports: RegExp;
  readonly advice: string;
}

/** A file belongs to the first room that holds it. */
const rooms: readonly Room[] = [
  {
    holds: /^schema\//,
    neverImports: /^(?!schema\/|zod|drizzle-orm)/,
    advice: "schema is data only: what both Workers do belongs in workers/shared",
  },
  {
    holds: /^workers\/shared\//,
    neverImports: /^workers\/(?!shared\/)|^test\/|^@?hono/,
    advice: "shared knows neither Worker: pass in what it needs, and leave Hono to workers/api",
  },
  {
    holds: /^workers\/api\/services\//,
    neverImports: /^workers\/(src|api\/(index|routes|middleware|pages)\b)|^test\/|^@?hono/,
    advice: "services never see HTTP: what reads the request or writes the answer is a route",
  },
  {
    holds: /^workers\/api\/pages\//,
    neverImports: /^workers\/(?!shared\/|api\/pages\/)|^test\//,
    advice: "pages turn props into HTML: fetch in a service, hand over in a route",
  },
  {
    holds: /^workers\/api\//,
    neverImports: /^workers\/src\/|^test\//,
    advice: "api asks src over its service binding only: what both need belongs in workers/shared",
  },
  {
    holds: /^workers\/src\/(steps|codecs)\//,
    neverImports:
      /^workers\/(api\/|src\/(index|plan|original|cache|respond|pipeline)\b)|^test\/|^@?hono|^cloudflare:/,
    advice: "steps and codecs see pixels and the kernel: choices belong in plan, I/O in original and respond",
  },
  {
    holds: /^workers\/src\//,
    neverImports: /^workers\/api\/|^test\/|^@?hono/,
    advice: "src knows nothing of the API: what both need belongs in workers/shared",
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
    const strays = importsOf(file).filter((target) => room?.neverImports.test(target) ?? true);
    return strays.map((target) => `${file} imports ${target}: ${room?.advice ?? "it lies in no room"}`);
  });
  expect(wrong).toEqual([]);
});

test("only codecs and the kernel hold WebAssembly", () => {
  const holders = files.filter((file) => importsOf(file).some((target) => target.endsWith(".wasm")));
  expect(holders.filter((file) => !/^workers\/src\/(codecs|kernel)\//.test(file))).toEqual([]);
});
