// Generates clients of the API as their users do, compiles what calls them, and makes it run.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const run = promisify(execFile);

/** Where the generators are installed; what is generated must lie below, to find the packages that it imports. */
const home = "test/generated-clients";
const packages = (name: string) => join(process.cwd(), home, "node_modules", name);

const olderTypeScript = pathToFileURL(join(home, "older-typescript.mjs")).href;

export interface GeneratedClients {
  readonly folder: string;
  /** The compiler's complaints about everything in the folder; "" where there are none. */
  compile(): Promise<string>;
  /** What `file` exports, its imports bundled. */
  load(file: string): Promise<unknown>;
  remove(): Promise<void>;
}

/** Runs three generators on the document, and puts `uses` beside what they make: file names and TypeScript. */
export async function generateClients(
  document: string,
  uses: Readonly<Record<string, string>>,
): Promise<GeneratedClients> {
  const folder = await mkdtemp(join(process.cwd(), home, ".generated-"));
  const spec = join(folder, "openapi.json");
  const orval = { api: { input: spec, output: { target: join(folder, "orval.ts"), client: "fetch" } } };
  await writeFile(spec, document);
  await writeFile(join(folder, "orval.config.mjs"), `export default ${JSON.stringify(orval)};`);
  for (const [name, text] of Object.entries(uses)) await writeFile(join(folder, name), text);
  await Promise.all([
    node(packages("openapi-typescript/bin/cli.js"), [spec, "-o", join(folder, "openapi-typescript.d.ts")]),
    node(packages("orval/dist/bin/orval.mjs"), ["--config", join(folder, "orval.config.mjs")]),
    node("node_modules/@hey-api/openapi-ts/bin/run.js", ["-i", spec, "-o", join(folder, "hey-api")]),
  ]);
  return {
    folder,
    compile: () => compile(Object.keys(uses).map((name) => join(folder, name))),
    load: (name) => load(join(folder, name)),
    remove: () => rm(folder, { recursive: true }),
  };
}

function node(program: string, args: readonly string[]) {
  // Through the environment: some generators start a process of their own.
  const env = { ...process.env, DO_NOT_TRACK: "1", NODE_OPTIONS: `--import=${olderTypeScript}` };
  return run(process.execPath, [program, ...args], { env });
}

async function compile(files: readonly string[]): Promise<string> {
  const flags = ["--ignoreConfig", "--noEmit", "--strict", "--skipLibCheck", "--target", "es2022"];
  const modules = ["--module", "preserve", "--lib", "es2022,dom,dom.iterable"];
  const result = await node("node_modules/typescript/bin/tsc", [...flags, ...modules, ...files]).catch(
    (failed: { readonly stdout: string }) => failed,
  );
  return result.stdout;
}

async function load(file: string): Promise<unknown> {
  const outfile = file.replace(/\.ts$/, ".bundle.mjs");
  await build({ entryPoints: [file], bundle: true, platform: "node", format: "esm", outfile });
  return import(pathToFileURL(outfile).href);
}
