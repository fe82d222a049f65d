// What CHANGELOG.md tells its readers that the release which runs did not have.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** As many as one reads before going on. */
const MOST = 10;

/** The changelog of a commit; undefined where this checkout does not know it, or is none. */
export type ChangelogAt = (commit: string) => string | undefined;

const changelogOfGit: ChangelogAt = (commit) => {
  try {
    return execFileSync("git", ["show", `${commit}:CHANGELOG.md`], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return undefined;
  }
};

/** Each point on a line of its own, as text: links without where they lead. */
const pointsOf = (changelog: string): string[] =>
  changelog
    .split(/^(?=- |#)/m)
    .filter((part) => part.startsWith("- "))
    .map((part) =>
      part
        .slice(2)
        .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
        .replace(/\s+/g, " ")
        .trim(),
    );

/** What was told before a version's own section, newest first: what a checkout without its history can tell. */
const sectionsAfter = (version: string, changelog: string) =>
  changelog.split(new RegExp(`^## ${version.replaceAll(".", "\\.")}\\b.*`, "m"))[0] ?? "";

/**
 * The points of `changelog` that are new to a release, by the message that it went up with: `edgepix 0.1.0 1a2b3c4, tables 0008`. None where
 * that names neither a commit that git knows nor a version.
 */
export function newPoints(message: string, changelog: string, at: ChangelogAt = changelogOfGit): string[] {
  const [, version = "", commit] = /^edgepix (\d+\.\d+\.\d+)(?: ([0-9a-f]{7,40}))?,/.exec(message) ?? [];
  const before = commit && at(commit);
  if (before !== undefined && before !== "") {
    const known = new Set(pointsOf(before));
    return pointsOf(changelog).filter((point) => !known.has(point));
  }
  return version ? pointsOf(sectionsAfter(version, changelog)) : [];
}

/** In words for the terminal; undefined where there is nothing new to tell. */
export function newsSince(message: string, at?: ChangelogAt): string | undefined {
  const points = newPoints(message, readFileSync("CHANGELOG.md", "utf8"), at);
  if (points.length === 0) return undefined;
  const more = points.length - MOST;
  return [
    `New since what runs now (${message}):`,
    ...points.slice(0, MOST).map((point) => `- ${point}`),
    ...(more > 0 ? [`- and ${more} more in CHANGELOG.md`] : []),
  ].join("\n");
}
