// Writes the project's files: all of them or none, and never over one that is there.
import { chmod, constants, copyFile, mkdir, rm, rmdir, symlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { stopOf } from "./target.ts";
import { storedAs, type TemplateFile } from "./template.ts";

interface Writing {
  /** Where the package keeps them. */
  readonly template: string;
  /** Empty, and there. */
  readonly folder: string;
  readonly files: readonly TemplateFile[];
}

/** Throws a `Stop` after taking back what it wrote. */
export async function writeTemplate({ template, folder, files }: Writing): Promise<void> {
  const written: string[] = [];
  const folders = new Set<string>();
  try {
    for (const file of files) {
      const to = join(folder, file.path);
      for (let at = dirname(to); at.length > folder.length && !folders.has(at); at = dirname(at))
        folders.add(at);
      await mkdir(dirname(to), { recursive: true });
      await writeOne(template, to, file);
      written.push(to);
    }
  } catch (problem) {
    for (const path of written) await rm(path, { force: true });
    // The deepest first; one in which something else lies stays.
    for (const path of [...folders].sort((a, b) => b.length - a.length))
      await rmdir(path).catch(() => undefined);
    throw stopOf(problem, folder);
  }
}

async function writeOne(template: string, to: string, { path, link, isExecutable }: TemplateFile) {
  if (link === undefined) {
    await copyFile(join(template, storedAs(path)), to, constants.COPYFILE_EXCL);
    await chmod(to, isExecutable ? 0o755 : 0o644);
    return;
  }
  await symlink(link, to).catch(async (problem: NodeJS.ErrnoException) => {
    // Windows lets few people make links: a copy does as well.
    if (problem.code !== "EPERM") throw problem;
    const target = resolve("/", dirname(path), link).slice(resolve("/").length).replaceAll("\\", "/");
    await copyFile(join(template, storedAs(target)), to, constants.COPYFILE_EXCL);
  });
}
