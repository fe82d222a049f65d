// A vitest reporter that ends the run with one line that people and scripts can read: `N passed, N failed`.
import type { Reporter, SerializedError, TestModule } from "vitest/node";

export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    let passed = 0;
    // An error outside any test, and a file that could not even be loaded, count as failures too.
    let failed = unhandledErrors.length;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        if (test.result().state === "passed") passed += 1;
        if (test.result().state === "failed") failed += 1;
      }
    }
    if (passed + failed === 0) process.exitCode = 1;
    console.log(`${passed} passed, ${failed} failed`);
  }
}
