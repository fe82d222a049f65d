// `npm pack` runs this first: the project as git tracks it becomes the package's template, and src/ one file.
import { execFileSync } from "node:child_process";
import { cpSync, lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { storedAs, type Template, type TemplateFile } from "./src/template.ts";

const here = import.meta.dirname;
const project = dirname(here);
const build = join(here, "build");
const template = join(build, "template");
const versionOf = (folder: string): unknown =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;

const version = versionOf(here);
if (typeof version !== "string" || version !== versionOf(project))
  throw new Error("create-edgepix and edgepix have different versions: they go out together.");

const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: project, encoding: "utf8" });
rmSync(build, { recursive: true, force: true });
const files = tracked
  .split("\0")
  .filter((path) => path !== "")
  .map((path): TemplateFile => {
    const from = join(project, path);
    const found = lstatSync(from);
    if (found.isSymbolicLink()) return { path, link: readlinkSync(from) };
    const to = join(template, storedAs(path));
    mkdirSync(dirname(to), { recursive: true });
    cpSync(from, to);
    return found.mode & 0o100 ? { path, isExecutable: true } : { path };
  });
writeFileSync(join(build, "template.json"), JSON.stringify({ version, files } satisfies Template));
for (const name of ["LICENSE", "NOTICE"]) cpSync(join(project, name), join(build, name));
buildSync({
  entryPoints: [join(here, "src/create.ts")],
  outfile: join(build, "create.js"),
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
});
