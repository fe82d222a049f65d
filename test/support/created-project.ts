// `npm create edgepix` as a stranger runs it: from the packed tarball, in an empty folder, by the Node and the npm of the machine.
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { type Ended, ended } from "../../cli/ended.ts";

const repository = process.cwd();
/** Without what npm puts before it for scripts of this repository: strangers have none of its programs. */
const strangersPath = (process.env.PATH ?? "")
  .split(delimiter)
  .filter((folder) => !folder.includes("node_modules"))
  .join(delimiter);

export interface Strangers {
  /** An empty one of their own. */
  readonly folder: string;
  /** As `npm create edgepix` does, once it has fetched the package. */
  createByNpm(words: readonly string[]): Promise<Ended>;
  /** The same command out of the same tarball, without npm's seconds. */
  create(words: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
  run(program: string, words: readonly string[], cwd: string): Promise<Ended>;
  leave(): void;
}

export async function strangersArrive(): Promise<Strangers> {
  const place = mkdtempSync(join(tmpdir(), "edgepix-create-"));
  const folder = mkdtempSync(join(place, "empty-"));
  const execute = promisify(execFile);
  const { stdout } = await execute("npm", ["pack", "--silent", "--pack-destination", place], {
    cwd: join(repository, "create-edgepix"),
    maxBuffer: 10_000_000,
  });
  const tarball = join(place, stdout.trim().split("\n").at(-1) ?? "");
  await execute("tar", ["-xzf", tarball, "-C", place]);
  const home = {
    HOME: place,
    GIT_CONFIG_GLOBAL: "/dev/null",
    npm_config_offline: "true",
    npm_config_cache: join(place, "cache"),
  };
  const plain = Object.fromEntries(
    Object.keys(process.env).flatMap((name) =>
      /^(npm_|INIT_CWD$|VITEST|NODE_OPTIONS$|GIT_)/.test(name) ? [[name, undefined]] : [],
    ),
  );
  const run = (
    program: string,
    words: readonly string[],
    cwd: string,
    env: Readonly<Record<string, string>> = {},
  ) =>
    ended(
      spawn(program, words, {
        cwd,
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, ...plain, PATH: strangersPath, ...home, ...env },
      }),
    );
  return {
    folder,
    createByNpm: (words) =>
      run("npm", ["exec", "--yes", `--package=${tarball}`, "--", "create-edgepix", ...words], folder),
    create: (words, env) => run("node", [join(place, "package/bin.cjs"), ...words], folder, env),
    run,
    leave: () => rmSync(place, { recursive: true, force: true }),
  };
}
