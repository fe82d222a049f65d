// One project's tests, kept warm in a process of their own: a run costs what the tests cost, not what starting Vitest costs.
//
// Started by `warm-tests.ts`, with the project's name; answers every `Question` with a `Verdict`.

import { resolve } from "node:path";
import process from "node:process";
import { createVitest, type TestSpecification } from "vitest/node";
import type { Question, Verdict } from "./warm-tests.ts";

const project = process.argv[2] ?? "unit";
let failed: string | undefined;
/** Tests that have run here: of the others nobody knows yet what they reach. */
const walked = new Set<string>();
const vitest = await createVitest("test", {
  watch: false,
  project: [project],
  bail: 1,
  reporters: [
    {
      onTestCaseResult(test) {
        if (test.result().state === "failed") failed ??= `${test.module.relativeModuleId}: ${test.fullName}`;
      },
      onTestModuleEnd(module) {
        if (module.state() !== "skipped") walked.add(module.moduleId);
        if (!module.ok()) failed ??= module.relativeModuleId;
      },
    },
  ],
});
await vitest.standalone();
let lastChanged: string | undefined;

process.on("message", async (question: Question) => {
  process.send?.(await answer(question));
});
process.on("disconnect", () => process.exit());

async function answer({ stage: { tests, except, named }, changed }: Question): Promise<Verdict> {
  for (const file of [lastChanged, changed]) if (file !== undefined) vitest.invalidateFile(resolve(file));
  lastChanged = changed;
  // What failed in the last run would end this one at once.
  vitest.state.idMap.clear();
  vitest.state.filesMap.clear();
  failed = undefined;
  if (named === undefined) vitest.resetGlobalTestNamePattern();
  else vitest.setGlobalTestNamePattern(named);
  const all = await vitest.globTestSpecifications([...tests]);
  const asked = all.filter(({ moduleId }) => except === undefined || !moduleId.includes(except));
  const specifications = changed === undefined ? asked : asked.filter(mayNotice(resolve(changed)));
  if (specifications.length === 0) return { failed };
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  const isBroken = unhandledErrors.length > 0 || testModules.some((module) => !module.ok());
  return { failed: failed ?? (isBroken ? "an error outside any test" : undefined) };
}

/** Whether a test reaches the changed file. What runs in workerd reaches every file, through the Worker itself. */
function mayNotice(changed: string): (specification: TestSpecification) => boolean {
  if (project !== "unit") return () => true;
  const graph = vitest.getProjectByName(project).vite.environments.ssr.moduleGraph;
  const reached = new Set(graph.getModulesByFile(changed));
  for (const module of reached) for (const importer of module.importers) reached.add(importer);
  if (reached.size === 0) return () => true;
  const files = new Set([...reached].map(({ file }) => file));
  return ({ moduleId }) => files.has(moduleId) || !walked.has(moduleId);
}
