// Wrangler only warns of what it does not know in a configuration: its own schema, with nothing unknown allowed, finds it here.
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { prettifyError } from "zod";
import { checkConfigs, wranglerSchema } from "../../../cli/deploy/check-configs.ts";
import { parseDeployment, toml } from "../../../cli/deploy/deployment-file.ts";
import { basePaths, baseSchema, type Part, partsOf, render } from "../../../cli/deploy/render.ts";

const configOf = (part: Part) => toml(readFileSync(basePaths[part], "utf8"), basePaths[part]);

const configs = globSync(["wrangler.toml", "{workers,bench}/*/wrangler.toml"]);

test("the configurations are found", () => {
  expect(configs).toEqual(expect.arrayContaining(Object.values(basePaths)));
});

test.each(configs)("%s is as wrangler's schema says", (path) => {
  const { error } = wranglerSchema().safeParse(toml(readFileSync(path, "utf8"), path));
  expect(error && prettifyError(error)).toBeUndefined();
});

test.each(["pair", "solo"] as const)("deployments/example.toml as a %s is what wrangler takes", (shape) => {
  const text = readFileSync("deployments/example.toml", "utf8").replace('"pair"\n', `"${shape}"\n`);
  const deployment = { name: "example", ...parseDeployment(text, "example") };
  expect(deployment.shape).toBe(shape);
  const resources = { account: "0".repeat(32), databaseId: "00000000-0000-4000-8000-000000000000" };
  const rendered = partsOf(deployment).map((part) =>
    render(part, baseSchema.parse(configOf(part)), deployment, resources, ".wrangler/deployments/example"),
  );
  expect(() => checkConfigs(rendered)).not.toThrow();
});

test("a key in the wrong section is found", () => {
  const text = readFileSync(basePaths.api, "utf8").replace(
    "[observability]",
    '[observability]\nroutes = ["a"]',
  );
  expect(wranglerSchema().safeParse(toml(text, "wrangler.toml")).success).toBe(false);
});
