// The Markdown of the repository, and what it names.
import { globSync, readFileSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";

const strange = /^(node_modules|build|\.wrangler|\.git)$/;
/** Every file and folder of ours, as a path from the top. */
export const files = globSync("**/*", { exclude: (path) => strange.test(basename(path)) });
export const pages = files.filter((path) => path.endsWith(".md"));
/** Decisions and the changelog tell of their day: what they name may have gone since. */
export const currentPages = pages.filter((page) => !page.includes("decisions/") && page !== "CHANGELOG.md");

export const read = (path: string) => readFileSync(path, "utf8");
const fence = /^```[\s\S]*?^```/gm;
export const fencesOf = (page: string): readonly string[] => read(page).match(fence) ?? [];
const proseOf = (page: string) => read(page).replace(fence, "");

export const found = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, name = ""]) => name);
export const inBackticks = (page: string) => found(proseOf(page), /`([^`\n]+)`/g);
/** Links and pictures without what lies elsewhere. */
export const linksOf = (page: string) =>
  found(proseOf(page).replace(/`[^`\n]*`/g, ""), /\]\(([^)\s]+)\)/g).filter(
    (href) => !/^(https?|mailto):/.test(href),
  );
/** As GitHub makes them of headings. */
export const anchorsOf = (page: string) =>
  found(proseOf(page), /^#{1,6} (.+)$/gm).map((heading) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replace(/\s/g, "-"),
  );

/** What is run, set or imported, no test itself: a name that only a test still spells is not there. */
export const code = files
  .filter((path) =>
    /^(workers|schema|cli|scripts|bench|test\/(support|harness)|wrangler|vitest|\.dev)/.test(path),
  )
  .filter((path) => /\.(tsx?|js|toml|sql|example)$/.test(path) && statSync(path).isFile());

/** `plan/job.ts` in a README of src names a path as well as the whole of it does, and `jpeg/segments` a file of code. */
const spellings = new Set(
  files.flatMap((path) => {
    const parts = path.split("/");
    const tails = parts.map((_, at) => parts.slice(at).join("/"));
    return [...tails, ...tails.map((tail) => tail.replace(/\.tsx?$/, ""))];
  }),
);
export const isThere = (name: string) => spellings.has(name.replace(/^(\.\.?\/)+/, "").replace(/\/$/, ""));
const rooms = new Set(files.flatMap((path) => dirname(path).split("/")));
export const namesPath = (name: string) =>
  /^[\w.][\w./-]*$/.test(name) &&
  (/\w\.(ts|tsx|js|md|toml|json|css|heic|mjs)$/.test(name) ||
    (name.includes("/") && rooms.has(name.replace(/^(\.\.?\/)+/, "").split("/")[0] ?? "")));
