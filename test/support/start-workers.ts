// Before the end-to-end tests: both built Workers on one origin, with empty storage that dies with them.
import type { TestProject } from "vitest/node";
import { createTestHarness } from "wrangler";

declare module "vitest" {
  interface ProvidedContext {
    /** Where both Workers answer, without a slash at the end. */
    origin: string;
    /** An API key with both abilities. */
    key: string;
  }
}

export default async function startWorkers(project: TestProject) {
  const workers = createTestHarness({
    workers: [{ configPath: "wrangler.toml" }, { configPath: "workers/src/wrangler.toml" }],
  });
  const { url } = await workers.listen();
  await workers.getWorker("edgepix").applyD1Migrations("DB");
  project.provide("origin", url.origin);
  return () => workers.close();
}
