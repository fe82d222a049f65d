// The folder that the project will lie in: new or empty, and ours to write to.
import { mkdir, readdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { shown } from "../../cli/refused.ts";
import { Stop } from "../../cli/stop.ts";

const another = "Name another folder: npm create edgepix another-name";

/** Makes it where it is not there. Throws a `Stop` where it holds anything, or can't be had. */
export async function claimFolder(folder: string): Promise<void> {
  try {
    await make(folder);
    const there = await readdir(folder);
    if (there.length === 0) return;
    const some = there.slice(0, 3).map(shown).join(", ");
    throw new Stop(
      `${shown(folder)} is not empty: ${some}${there.length > 3 ? ", …" : ""}. Nothing was written.`,
      another,
    );
  } catch (problem) {
    throw problem instanceof Stop ? problem : stopOf(problem, folder);
  }
}

/** With the folders above it. `mkdir`'s own `recursive` never ends where a file system takes no folders, as below /proc. */
async function make(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (problem) {
    const code = codeOf(problem);
    const above = dirname(folder);
    if (code === "EEXIST" && (await stat(folder)).isDirectory()) return;
    if (code !== "ENOENT" || above === folder) throw problem;
    await make(above);
    await mkdir(folder);
  }
}

const codeOf = (problem: unknown): string =>
  problem instanceof Error && "code" in problem ? String(problem.code) : "";

const reasons: Readonly<Record<string, readonly [why: string, wayOut: string]>> = {
  EEXIST: ["a file of that name is there", another],
  ENOTDIR: ["a part of that path is a file", another],
  ENOENT: ["no folder can be made there", another],
  EACCES: ["you may not write there", "Go to a folder of your own first, or name one."],
  EPERM: ["you may not write there", "Go to a folder of your own first, or name one."],
  EROFS: ["nothing can be written there", "Go to a folder on another disk first."],
  ENOSPC: [
    "the disk is full",
    "It takes some 800 MB with all that npm installs. Make room, then the same command again.",
  ],
  EDQUOT: ["your share of the disk is full", "Make room, then the same command again."],
  ENAMETOOLONG: ["the name is too long", another],
  EINVAL: ["that is no name for a folder here", another],
  EMFILE: ["too many files are open", "Close something, then the same command again."],
};

/** In words, whatever the file system said. */
export function stopOf(problem: unknown, folder: string): Stop {
  const code = codeOf(problem);
  const said = problem instanceof Error ? problem.message : String(problem);
  const [why, wayOut] = reasons[code] ?? [said, another];
  return new Stop(`It can't lie in ${shown(folder)}: ${shown(why)}. Nothing was written.`, wayOut, {
    cause: problem,
  });
}
