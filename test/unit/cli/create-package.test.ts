// `npm create edgepix`, from its packed tarball in an empty folder.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stopOf } from "../../../create-edgepix/src/target.ts";
import { writeTemplate } from "../../../create-edgepix/src/write.ts";
import { type Strangers, strangersArrive } from "../../support/created-project.ts";

let strangers: Strangers;
beforeAll(async () => {
  strangers = await strangersArrive();
}, 300_000);
afterAll(() => strangers.leave());

const at = (...path: readonly string[]) => join(strangers.folder, ...path);

test("The whole project comes out of it as git has it, byte by byte, modes and links too; and it builds", async () => {
  const { said, code } = await strangers.createByNpm(["photos", "--no-install"]);
  expect(said).toMatch(/edgepix \d+\.\d+\.\d+ lies in .*photos: \d{4} files\./);
  expect(said).toContain("git: a new repository");
  expect(said).toMatch(/cd photos\n +npm ci .*\n +npm run dev .*\n(.*\n)? +npm run setup /);
  expect(code).toBe(0);
  const staged = (cwd: string) =>
    execFileSync("git", ["ls-files", "--stage"], { cwd, encoding: "utf8", maxBuffer: 10_000_000 });
  const tracked = (cwd: string) => execFileSync("git", ["ls-files"], { cwd, encoding: "utf8" });
  expect(tracked(at("photos"))).toBe(tracked(process.cwd()));
  for (const line of staged(at("photos")).trim().split("\n")) {
    const [mode = "", , , path = ""] = line.split(/[ \t]/);
    if (mode === "120000") expect(existsSync(at("photos", path)), path).toBe(true);
    else expect(readFileSync(at("photos", path)).equals(readFileSync(path)), path).toBe(true);
  }
  const modes = (text: string) => text.replaceAll(/ [0-9a-f]{40} \d/g, "");
  expect(modes(staged(at("photos")))).toBe(modes(staged(process.cwd())));

  // As `npm ci` would leave it.
  symlinkSync(join(process.cwd(), "node_modules"), at("photos", "node_modules"));
  const built = await strangers.run("npm", ["run", "build:kernel"], at("photos"));
  expect(built.said).not.toContain("rror");
  const wrangler = [
    "wrangler",
    "deploy",
    "--dry-run",
    "-c",
    "workers/solo/wrangler.toml",
    "--outdir",
    at("bundle"),
  ];
  const dry = await strangers.run("npx", ["--no-install", ...wrangler], at("photos"));
  expect(dry.said).toContain("--dry-run: exiting now.");
  expect(dry.code).toBe(0);
}, 300_000);

test("Without a folder's name it is called edgepix; --yes asks nothing, and the folder may be there when it is empty", async () => {
  mkdirSync(at("edgepix"));
  const { said, code } = await strangers.create(["--yes", "--no-install", "--no-git"]);
  expect(said).not.toContain("git:");
  expect(code).toBe(0);
  expect(existsSync(at("edgepix", ".git"))).toBe(false);
  expect(existsSync(at("edgepix", "wrangler.toml"))).toBe(true);
});

test("A folder that holds anything is left as it is, and other places that can't be had are told with a way out", async () => {
  mkdirSync(at("full"));
  writeFileSync(at("full", ".hidden\u001b[31m"), "mine");
  writeFileSync(at("file"), "mine");
  const places: readonly (readonly [string, string])[] = [
    ["full", "is not empty: .hidden\\u001b[31m. Nothing was written."],
    ["file", "a file of that name is there"],
    ["file/below", "a part of that path is a file"],
    ["x".repeat(300), "the name is too long"],
    ["/proc/edgepix", "It can't lie in /proc/edgepix: no folder can be made there."],
    ["--force", "Unknown option '--force'"],
  ];
  for (const [place, sentence] of places) {
    const { said, code } = await strangers.create([place, "--no-install"]);
    expect(said).toContain(sentence);
    expect(said, place).not.toMatch(/[^\P{Cc}\n]|^ +at /mu);
    expect(code).toBe(2);
  }
  expect(readdirSync(at("full"))).toEqual([".hidden\u001b[31m"]);
  expect([readFileSync(at("full", ".hidden\u001b[31m"), "utf8"), readFileSync(at("file"), "utf8")]).toEqual([
    "mine",
    "mine",
  ]);
});

test.each([
  ["EACCES", "you may not write there", "Go to a folder of your own first"],
  ["EROFS", "nothing can be written there", "another disk"],
  ["ENOSPC", "the disk is full", "Make room"],
  ["EWHAT", "what the system says", "Name another folder"],
])("%s is told in words: %s", (code, why, wayOut) => {
  const problem = Object.assign(new Error("what the system says"), { code });
  const stop = stopOf(problem, "/somewhere/photos");
  expect(stop.message).toBe(`It can't lie in /somewhere/photos: ${why}. Nothing was written.`);
  expect(stop.advice).toContain(wayOut);
});

test("What can't be written to its end is taken back, and what came meanwhile stays", async () => {
  const folder = at("meanwhile");
  mkdirSync(join(folder, "docs"), { recursive: true });
  writeFileSync(join(folder, "docs/deploy.md"), "mine");
  const files = ["README.md", "cli/deploy/deploy.ts", "docs/costs.md", "docs/deploy.md"].map((path) => ({
    path,
  }));
  const writing = writeTemplate({ template: "create-edgepix/build/template", folder, files });
  await expect(writing).rejects.toThrow("a file of that name is there. Nothing was written.");
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(["docs", "docs/deploy.md"]);
  expect(readFileSync(join(folder, "docs/deploy.md"), "utf8")).toBe("mine");
});

test("Where npm fails the project is there, and how to go on is said", async () => {
  // Offline, and with nothing in the cache.
  const { said, code } = await strangers.create(["offline"]);
  expect(said).toContain("edgepix is there, but npm failed (exit code 1)");
  expect(said).toContain("-> When that is mended: cd offline && npm ci");
  expect(said).not.toMatch(/^ +at /m);
  expect(code).toBe(1);
  expect(existsSync(at("offline", "package.json"))).toBe(true);
});

test("Without git it does without, and within another repository it begins none", async () => {
  const programs = at("programs");
  mkdirSync(programs);
  for (const program of ["node", "npm", "sh"]) {
    const found = (process.env.PATH ?? "")
      .split(delimiter)
      .find((folder) => !folder.includes("node_modules") && existsSync(join(folder, program)));
    symlinkSync(join(found ?? "", program), join(programs, program));
  }
  const without = await strangers.create(["no-git-here", "--no-install"], { PATH: programs });
  expect(without.said).toContain("git: it is not installed.");
  expect(without.code).toBe(0);

  execFileSync("git", ["init", "--quiet", at("outer")]);
  const within = await strangers.create(["outer/inner", "--no-install"]);
  expect(within.said).toContain("git: it lies in a repository already");
  expect(existsSync(at("outer/inner/.git"))).toBe(false);
});

test("An old Node is told which one it takes", () => {
  const script = `Object.defineProperty(process.versions, "node", { value: "18.20.4" }); require("./create-edgepix/bin.cjs")`;
  const { status, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
  expect(stderr).toBe(
    "edgepix needs Node 20 or newer; this is 18.20.4.\n-> Install the current version of Node, then run the same command again.\n",
  );
  expect(status).toBe(2);
});
