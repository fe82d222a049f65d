// The arrows between the rooms, as the README draws them: schema <- formats <- shared <- api, schema <- formats <- shared <- src.
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
    holds: /^workers\/formats\//,
    neverImports: /^(workers\/(?!formats\/)|schema\/(?!facts|hidden-metadata)|test\/|@?hono|cloudflare:)/,
    advice: "formats knows what bytes say and nothing else: hand in what it needs",
  },
  {
    holds: /^workers\/shared\//,
    neverImports: /^workers\/(?!shared\/|formats\/)|^test\/|^@?hono/,
    advice: "shared knows neither Worker: pass in what it needs, and leave Hono to workers/api",
  },
  {
    holds: /^workers\/api\/pages\//,
    neverImports: /^workers\/(?!shared\/|api\/pages\/)|^test\//,
    advice: "pages turn props into HTML: fetch in a story, hand over in a route",
  },
  {
    holds: /^workers\/api\/(images|upload|import|adopt|accounts|reports|backup|upkeep|ledger)\//,
    neverImports: /^workers\/(src|api\/(index|http|pages|reference)\b)|^test\/|^@?hono/,
    advice: "stories never see HTTP: what reads the request or writes the answer belongs in api/http",
  },
  {
    holds: /^workers\/api\//,
    neverImports: /^workers\/src\/|^test\//,
    advice: "api asks src over its service binding only: what both need belongs in workers/shared",
  },
  {
    holds: /^workers\/src\/geometry\//,
    neverImports: /^workers\/(api|src\/(?!geometry\/))|^test\/|^@?hono|^cloudflare:/,
    advice: "geometry is the ground floor of src: shapes and arithmetic only",
  },
  {
    holds: /^workers\/src\/plan\//,
    neverImports: /^workers\/(api|src\/(?!geometry\/|plan\/))|^test\/|^@?hono|^cloudflare:/,
    advice: "plan decides from facts alone: it knows no codec, no pixels, no kernel and no I/O",
  },
  {
    holds: /^workers\/src\/kernel\//,
    neverImports: /^workers\/(api|src\/(?!geometry\/|plan\/|kernel\/))|^test\/|^@?hono|^cloudflare:/,
    advice: "the kernel sees bytes and rows: what to make of them is decided in plan",
  },
  {
    holds: /^workers\/src\/metadata\//,
    neverImports: /^workers\/(api|src\/(index|variants|door|render|kernel)\b)|^test\/|^@?hono|^cloudflare:/,
    advice: "metadata is policy over formats: it sees no pixels and no request",
  },
  {
    holds: /^workers\/src\/render\/(steps|codecs|animation)\//,
    neverImports:
      /^workers\/(api\/|src\/(index|variants|door|metadata|render\/pipeline)\b)|^test\/|^@?hono|^cloudflare:/,
    advice: "steps and codecs see pixels and the kernel: choices belong in plan, I/O in door",
  },
  {
    holds: /^workers\/solo\//,
    neverImports: /^workers\/(?!(api|src)\/index\.ts$)|^test\//,
    advice: "solo only joins the two Workers: what it does belongs into one of them",
  },
  {
    holds: /^test\//,
    neverImports: /^bench\//,
    advice: "tests and benches share test/harness: move there what both use",
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

const files = globSync("{schema,workers,test}/**/*.{ts,tsx}", { exclude: ["**/*.d.ts", "**/assembly/**"] });

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
  expect(holders.filter((file) => !/^workers\/src\/(render\/codecs|kernel)\//.test(file))).toEqual([]);
});

test("only the store speaks SQL on images", () => {
  const spoken =
    /^import .*\b(images|imageLabels)\b.*schema\/tables\.ts|\b(from|into|update|join) (images|image_labels)\b/m;
  const speakers = files.filter(
    (file) => file.startsWith("workers/api/") && spoken.test(readFileSync(file, "utf8")),
  );
  const strays = speakers.filter((file) => !file.startsWith("workers/api/images/store/"));
  expect(strays, "ask workers/api/images/store, or add a question to it").toEqual([]);
  expect(speakers).not.toEqual([]);
});

test("zod comes as a namespace, from which a bundle takes what is used: by its name `z` come 50 languages, too", () => {
  const whole = /^import (type )?(z\b|\{[^}]*\bz\b[^}]*\}) from "zod"/m;
  const deployed = files.filter((file) => !file.startsWith("test/"));
  expect(deployed.filter((file) => whole.test(readFileSync(file, "utf8")))).toEqual([]);
});
