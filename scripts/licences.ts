// The licences of what is inside the two Workers: found by bundling them as a deployment does, and reading each package's own files.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { z } from "zod";

const entries = ["workers/api/index.ts", "workers/src/index.ts"];
const packageSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  homepage: z.string().optional(),
});

/** What packages carry inside their WebAssembly, which no file of theirs lists. */
const inside: Readonly<Record<string, string>> = {
  "@cf-wasm/photon": "photon-rs (Apache-2.0) with Rust crates under MIT or Apache-2.0",
  "@jsquash/avif":
    "libavif (BSD-2-Clause, © 2019 Joe Drago), libaom (BSD-2-Clause, © 2016 Alliance for Open Media, with its patent licence 1.0)",
  "@jsquash/webp": "libwebp (BSD-3-Clause, © 2010 Google Inc.)",
  "libheif-js": "libheif and libde265 (both LGPL-3.0)",
};

/** Texts that many packages share, or that must go with theirs. */
const wholeTexts = {
  "Apache-2.0": "licences/Apache-2.0.txt",
  "LGPL-3.0": "licences/LGPL-3.0.txt",
} as const;

interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/** The page `docs/licences.md`. Throws for a package without a licence. */
export async function licencesPage(): Promise<string> {
  const packages = (await bundledPackages()).map(read);
  const rows = packages.map(
    ({ name, version, license }) => `| ${name} | ${version} | ${license} | ${inside[name] ?? ""} |`,
  );
  const texts = packages.filter(({ license }) => !(license in wholeTexts)).map(textOf);
  return `${[introduction, ["| package | version | licence | carries |", "| --- | --- | --- | --- |", ...rows].join("\n"), ...texts].join("\n\n")}\n`;
}

const introduction = `<!-- Written by \`npm run docs:licences\`: change scripts/licences.ts instead. -->

# Licences

edgepix is under the [MIT licence](../LICENSE). The bundles that \`npm run deploy\` uploads hold the packages below, under their own.

**libheif-js is under the LGPL 3.0.** It is used as its authors publish it, unchanged, as a WebAssembly file and a module of their own in the src Worker:
\`npm ci\` installs it, and you may put another version of it in its place in \`package.json\` and deploy again. Its source is at
https://github.com/strukturag/libheif and https://github.com/strukturag/libde265. The texts: [LGPL 3.0](licences/LGPL-3.0.txt), and the
[GPL 3.0](licences/GPL-3.0.txt) that it builds on. Who hands on a bundle hands on this page and these texts.

Packages under [Apache 2.0](licences/Apache-2.0.txt) share its text. Our own WebAssembly is compiled from \`workers/src/kernel/assembly\`, with parts of
AssemblyScript's standard library (Apache-2.0).`;

function textOf({ name, license, text }: Bundled): string {
  return `## ${name} (${license})\n\n\`\`\`text\n${text.trim()}\n\`\`\``;
}

/** Folders in node_modules, in order. */
async function bundledPackages(): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: entries,
    bundle: true,
    write: false,
    outdir: "unwritten",
    format: "esm",
    metafile: true,
    logLevel: "silent",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*", "fs", "path"],
    loader: {
      ".wasm": "empty",
      ".sql": "empty",
      ".css": "empty",
      ".bin": "empty",
      ".txt": "empty",
      ".md": "empty",
    },
  });
  const folders = Object.keys(metafile.inputs).flatMap((path) => {
    const at = path.lastIndexOf("node_modules/");
    const [scope = "", name = ""] = path.slice(at + "node_modules/".length).split("/");
    const folder = scope.startsWith("@") ? `${scope}/${name}` : scope;
    return at < 0 ? [] : [path.slice(0, at + "node_modules/".length) + folder];
  });
  return [...new Set(folders)].sort();
}

function read(folder: string): Bundled {
  const { name, version, license } = packageSchema.parse(
    JSON.parse(readFileSync(join(folder, "package.json"), "utf8")),
  );
  const file = readdirSync(folder).find((one) => /^(licen[sc]e|copying)/i.test(one));
  const path = file && join(folder, file);
  if ((!path || !existsSync(path)) && !(license in wholeTexts)) {
    return { name, version, license, text: `${license}, as its package says; it comes without a text.` };
  }
  return { name, version, license, text: path ? readFileSync(path, "utf8") : "" };
}
