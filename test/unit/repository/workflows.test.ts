// The workflows that GitHub runs are well-formed, do what the repository can do, and hold no more rights than they need.
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { found, read } from "../../support/docs.ts";

const variables = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const stepSchema = z.union([
  z.strictObject({ uses: z.string(), name: z.string().optional(), with: variables.optional() }),
  z.strictObject({ run: z.string(), name: z.string().optional(), env: variables.optional() }),
]);
const workflowSchema = z.strictObject({
  name: z.string(),
  on: z.strictObject({
    push: z.strictObject({ branches: z.array(z.string()) }).optional(),
    pull_request: z.null().optional(),
    schedule: z.array(z.strictObject({ cron: z.string().regex(/^\d+ \d+ \* \* \*$/) })).optional(),
    workflow_dispatch: z.null().optional(),
  }),
  permissions: z.strictObject({ contents: z.literal("read") }),
  concurrency: z.strictObject({ group: z.string(), "cancel-in-progress": z.boolean().optional() }),
  jobs: z.record(
    z.string(),
    z.strictObject({
      if: z.string().optional(),
      "runs-on": z.literal("ubuntu-latest"),
      "timeout-minutes": z.number().max(360),
      env: variables.optional(),
      steps: z.array(stepSchema),
    }),
  ),
});

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read("package.json")));
const workflows = globSync(".github/workflows/*").map((path) => {
  const text = readFileSync(path, "utf8");
  const workflow = workflowSchema.parse(parse(text));
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
  return { path, text, steps, runs: steps.flatMap((step) => ("run" in step ? [step.run] : [])) };
});

test("the workflows are found", () => expect(workflows).toHaveLength(2));

describe.each(workflows)("$path", ({ text, steps, runs }) => {
  test("runs commands that package.json has", () => {
    const named = runs.flatMap((run) => found(run, /npm run ([\w:-]+)/g));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test("runs what a shell can read", () => {
    for (const run of runs) {
      const { status, stderr } = spawnSync("bash", ["-n"], { input: run, encoding: "utf8" });
      expect(status, stderr).toBe(0);
    }
  });

  test("takes actions of GitHub alone, each by its version", () => {
    const used = steps.flatMap((step) => ("uses" in step ? [step.uses] : []));
    expect(used.filter((name) => !/^actions\/[a-z-]+@v\d+$/.test(name))).toEqual([]);
  });

  test("puts no text from outside into a command", () => {
    expect(runs.filter((run) => run.includes("${{"))).toEqual([]);
  });

  test("has the secrets and variables that docs/backup.md tells of, and no other", () => {
    const used = new Set(found(text, /\b(?:secrets|vars)\.([A-Z_]+)/g));
    const told = found(read("docs/backup.md"), /^\| `([A-Z_]+)` \|/gm);
    expect([...used].filter((name) => !told.includes(name))).toEqual([]);
  });
});

test("every secret and variable that docs/backup.md tells of is one that the copy takes", () => {
  const told = found(read("docs/backup.md"), /^\| `([A-Z_]+)` \|/gm);
  expect(told.length).toBeGreaterThan(5);
  const copy = readFileSync(".github/workflows/nightly-copy.yml", "utf8");
  expect(told.filter((name) => !copy.includes(`.${name}`))).toEqual([]);
});

test.each([
  [0, "sent up"],
  [1, "sent up"],
  [2, "left as it is"],
])(
  "where the export ends with %s, the copy of last night is %s, and the night ends with that",
  (code, what) => {
    const script = workflows.flatMap(({ runs }) => runs).find((run) => run.includes("npm run export")) ?? "";
    const stand = `npm() { return ${code}; }\naws() { echo "$@"; }\n`;
    const { status, stdout } = spawnSync("bash", ["-e"], {
      input: stand + script,
      env: { ...process.env, BUCKET: "mine", API: "https://api.example.com" },
      encoding: "utf8",
    });
    expect(status).toBe(code);
    expect(stdout).toBe(what === "sent up" ? "s3 sync copy s3://mine/copy --only-show-errors\n" : "");
  },
);

test("CI does what .ci/run does, in its order", () => {
  const [ci] = workflows.filter(({ path }) => path.endsWith("/ci.yml"));
  const ofScript = found(readFileSync(".ci/run", "utf8"), /^(npm (?:ci|test|run [^<\n]*?)) *<\/dev\/null/gm);
  expect(ofScript.length).toBeGreaterThan(4);
  expect(ci?.runs).toEqual(ofScript);
});
