import { availableParallelism } from "node:os";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";
// Makes what the Workers import and is not in the repository.
import "./workers/src/render/codecs/wasm/build.js";
import { ClosingLine } from "./test/support/closing-line.ts";

// Generous: machines are small and shared, and a test that hangs is found all the same.
const timeouts = { testTimeout: 60_000, hookTimeout: 120_000 };

const migrations = await readD1Migrations("schema/migrations");

/** As wrangler takes it: `changelog.txt` is a link to a file that Vite finds behind it, and would read as code. */
const changelogAsText = {
  name: "changelog-as-text",
  enforce: "pre" as const,
  transform: (text: string, id: string) =>
    id.endsWith("/CHANGELOG.md") ? `export default ${JSON.stringify(text)};` : undefined,
};

export default defineConfig({
  test: {
    // By itself vitest leaves one core free, and on two cores runs everything in a row.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    reporters: ["default", new ClosingLine()],
    projects: [
      { test: { ...timeouts, name: "unit", include: ["test/unit/**/*.test.ts"] } },
      {
        assetsInclude: ["**/*.heic", "**/*.tiff"],
        plugins: [
          changelogAsText,
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: { MIGRATIONS: migrations },
              // As a deployment binds one that holds pictures already.
              r2Buckets: ["ADOPT"],
              // The api tests meet src only where a test says so; both together are tested in e2e.
              serviceBindings: { SRC: () => new Response("src is not running here", { status: 501 }) },
            },
          }),
        ],
        test: {
          ...timeouts,
          name: "api",
          include: ["test/api/**/*.test.ts"],
          setupFiles: ["test/support/apply-migrations.ts"],
        },
      },
      {
        assetsInclude: ["**/*.heic", "**/*.tiff"],
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./workers/src/wrangler.toml" },
            miniflare: { bindings: { MIGRATIONS: migrations } },
          }),
        ],
        test: {
          ...timeouts,
          name: "src",
          include: ["test/src/**/*.test.ts"],
          setupFiles: ["test/support/apply-migrations.ts"],
        },
      },
      {
        test: {
          ...timeouts,
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: ["test/support/start-workers.ts"],
          fileParallelism: false,
        },
      },
    ],
  },
});
