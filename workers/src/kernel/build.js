// Compiles assembly/ into kernel.wasm, and only when a source is newer than the last build.
//
// Run by `npm run build:kernel`; everything it needs is the npm package `assemblyscript`. Flags:
//   --force   rebuild though nothing changed
//   --text    also write kernel.wat, to read what the compiler made of a hot loop

import { existsSync, readdirSync, renameSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const sources = join(here, "assembly");
const target = join(here, "kernel.wasm");
const force = process.argv.includes("--force");
const text = process.argv.includes("--text");

const newest = Math.max(
  statSync(fileURLToPath(import.meta.url)).mtimeMs,
  ...readdirSync(sources, { recursive: true }).map((name) => statSync(join(sources, name)).mtimeMs),
);

if (force || text || !existsSync(target) || statSync(target).mtimeMs < newest) await compile();

async function compile() {
  const { default: asc } = await import("assemblyscript/asc");
  // Written beside the target and renamed, so that a test run that starts meanwhile never reads half a file.
  const draft = join(here, `kernel.${process.pid}.draft.wasm`);
  const { error, stderr } = await asc.main([
    join(sources, "index.ts"),
    ...["--outFile", draft],
    ...(text ? ["--textFile", join(here, "kernel.wat")] : []),
    ...["-O3", "--converge", "--noAssert"],
    ...["--enable", "simd"],
    // No garbage collector: everything lives in memory.ts's bump allocator.
    ...["--runtime", "stub"],
    // Without this every raw pointer expression is "a conversion that may lose precision".
    ...["--disableWarning", "201"],
  ]);
  const said = stderr.toString();
  if (said) console.error(said);
  if (error) throw new Error("the kernel does not compile", { cause: error });
  renameSync(draft, target);
  console.log(`kernel.wasm: ${(statSync(target).size / 1024).toFixed(1)} KB`);
}
