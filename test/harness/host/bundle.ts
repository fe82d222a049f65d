// Bundles a Worker for a raw workerd: one script and its WASM modules, as files that a config can embed.

import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { copyFile, mkdtemp, readFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { build, type Plugin } from "esbuild";

export interface Bundle {
  readonly folder: string;
  /** File names inside the folder. */
  readonly script: string;
  readonly modules: readonly { readonly name: string; readonly file: string }[];
}

/** `first` is run before anything that the entry imports. The bundle is this process's own, and goes when it ends. */
export async function bundleWorker(entry: string, first: string): Promise<Bundle> {
  const folder = await mkdtemp(join(tmpdir(), "edgepix-worker-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const modules = new Map<string, string>();
  const script = "worker.js";
  await build({
    entryPoints: [entry],
    inject: [first],
    outfile: join(folder, script),
    bundle: true,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    logLevel: "error",
    plugins: [wasmModules(folder, modules), nodeModules],
  });
  return { folder, script, modules: Array.from(modules, ([name, file]) => ({ name, file })) };
}

/** Leaves `import wasm from "….wasm"` as it is, under a name that the config can map to the file. */
function wasmModules(folder: string, modules: Map<string, string>): Plugin {
  return {
    name: "wasm-modules",
    setup({ onResolve, resolve }) {
      onResolve({ filter: /\.wasm(\?module)?$/ }, async ({ path, resolveDir, kind, pluginData }) => {
        if (pluginData === "resolved") return undefined;
        const { path: file } = await resolve(path.replace("?module", ""), {
          resolveDir,
          kind,
          pluginData: "resolved",
        });
        const bytes = await readFile(file).catch((cause: unknown) => {
          throw new Error(`${path} is not there: run npm run build:kernel`, { cause });
        });
        const tag = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
        const copy = `${tag}-${basename(file)}`;
        const name = `./${copy}`;
        await copyFile(file, join(folder, copy));
        modules.set(name, copy);
        return { path: name, external: true };
      });
    },
  };
}

/** Emscripten asks for `require("fs")`; the platform has it as `import "node:fs"` only. */
const nodeModules: Plugin = {
  name: "node-modules",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[a-z_/]+$/ }, ({ path, kind }) => {
      if (!builtinModules.includes(path)) return undefined;
      return kind === "require-call"
        ? { path, namespace: "required" }
        : { path: `node:${path}`, external: true };
    });
    onLoad({ filter: /.*/, namespace: "required" }, ({ path }) => ({
      contents: `export * from "node:${path}"; export { default } from "node:${path}";`,
    }));
  },
};
