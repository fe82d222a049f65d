// What starting takes beyond an empty Worker: both Workers, their modules without their scripts, and src's WebAssembly module by module. In
// processor time, and turn by turn: the machine is not always the same.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "../../edge/section.ts";
import type { Module } from "../bundle.ts";
import { firstAnswer } from "../fresh-process.ts";

type Script = Pick<Module, "name" | "file">;

export interface Start {
  readonly what: string;
  /** Milliseconds of processor time from the start of the process to the first answer, at the median. */
  readonly wholeMs: number;
  /** What it takes more than the empty Worker of the same turn, at the median. */
  readonly ownMs: number;
}

/** The name under which a Worker's modules are measured without its script. */
export const modulesOf = (worker: string) => `${worker}, modules alone`;

export async function starts(
  workers: Readonly<Record<string, readonly Module[]>>,
  wasm: readonly Module[],
  turns: number,
): Promise<readonly Start[]> {
  const folder = mkdtempSync(join(tmpdir(), "edgepix-starts-"));
  try {
    const candidates: [string, readonly Script[]][] = [
      ...Object.entries(workers),
      ...Object.entries(workers).map(([worker, modules]): [string, readonly Script[]] => {
        const held = modules.filter(({ name }) => name.endsWith(".wasm"));
        const imports = held.map(({ name }, at) => `import m${at} from "./${name}";`);
        const all = `const module = [${held.map((_, at) => `m${at}`).join(", ")}];`;
        return [
          modulesOf(worker),
          [script(folder, [...imports, all].join("\n"), `${worker}-alone`), ...held],
        ];
      }),
      ...wasm.map((module): [string, readonly Script[]] => [
        module.name,
        [script(folder, `import module from "./${module.name}";`, module.name), module],
      ]),
    ];
    const empty = [script(folder, "const module = undefined;", "empty")];
    const times = new Map<string, { whole: number; own: number }[]>();
    for (let turn = 0; turn <= turns; turn++) {
      const { cpuMs: nothing } = await firstAnswer(empty);
      for (const [what, modules] of candidates) {
        const { cpuMs: whole } = await firstAnswer(modules);
        // The first turn brings files into memory.
        if (turn > 0) times.set(what, [...(times.get(what) ?? []), { whole, own: whole - nothing }]);
      }
    }
    return [...times].map(([what, taken]) => ({
      what,
      wholeMs: median(taken.map(({ whole }) => whole)),
      ownMs: median(taken.map(({ own }) => own)),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A Worker that does nothing but hold what `first` imports. */
function script(folder: string, first: string, name: string): Script {
  const file = join(folder, `${name}.js`);
  writeFileSync(file, `${first}\nexport default { fetch: () => new Response(typeof module) };\n`);
  return { name: "worker.js", file };
}
