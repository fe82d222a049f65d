// Begins a repository of git, where there is git and the folder lies in no other repository.
import { spawn } from "node:child_process";
import { type Ended, ended } from "../../cli/ended.ts";

/** What came of it, in a sentence. Never rejects: the project does without. */
export async function beginGit(folder: string, version: string): Promise<string> {
  const git = (...words: readonly string[]): Promise<Ended> =>
    ended(
      spawn("git", words, {
        cwd: folder,
        env: { ...process.env, ...notGits },
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
  try {
    const inside = await git("rev-parse", "--is-inside-work-tree");
    if (inside.code === 0) return "git: it lies in a repository already, which was left alone.";
    const begun = await git("init", "--quiet");
    if (begun.code !== 0) return `git: no repository was begun. ${firstLine(begun)}`;
    // Not the user's hooks and keys: they may ask something, and nobody answers.
    const options = ["-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null"];
    await git("add", "--all");
    const kept = await git(...options, "commit", "--quiet", "--message", `edgepix ${version}`);
    if (kept.code === 0) return "git: a new repository, with one commit.";
    return 'git: a new repository, without a commit: git does not know your name. `git commit -m "edgepix"` says how.';
  } catch {
    return "git: it is not installed. edgepix does without; `git init` begins a repository later.";
  }
}

const firstLine = ({ said }: Ended) => said.split("\n")[0] ?? "";

/** A hook of another repository may be what has started us. */
const notGits = Object.fromEntries(
  Object.keys(process.env).flatMap((name) => (name.startsWith("GIT_") ? [[name, undefined]] : [])),
);
