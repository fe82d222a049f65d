// Looks through finished configurations before anything is sent: what wrangler would only warn of, and addresses that nobody would answer.
import { readFileSync } from "node:fs";
import * as z from "zod";
import { Stop } from "../stop.ts";
import { wranglerSchemaPath } from "../wrangler.ts";
import { basePaths, type Rendered } from "./render.ts";

/** Ends with a sentence where a configuration is not as wrangler's schema says, or names an address that has no route. */
export function checkConfigs(rendered: readonly Rendered[]): void {
  const wrong = [...rendered.flatMap(againstSchema), ...deadOrigins(rendered)];
  if (wrong.length > 0) throw new Stop(`The configuration can't be deployed:\n${wrong.join("\n")}`);
}

const schemaFile = z.object({
  $schema: z.literal("http://json-schema.org/draft-07/schema#"),
  definitions: z.record(z.string(), z.custom<z.core.JSONSchema.JSONSchema>()),
});
let wranglers: z.ZodType | undefined;

/** Wrangler's own schema for its configuration files. */
export function wranglerSchema(): z.ZodType {
  if (wranglers) return wranglers;
  const { $schema, definitions } = schemaFile.parse(JSON.parse(readFileSync(wranglerSchemaPath, "utf8")));
  wranglers = z.fromJSONSchema({ $schema, definitions, $ref: "#/definitions/RawConfig" });
  return wranglers;
}

function againstSchema({ part, config }: Rendered): string[] {
  const { error } = wranglerSchema().safeParse(config);
  return (error?.issues ?? []).map((issue) => {
    if (issue.code !== "unrecognized_keys")
      return `  ${basePaths[part]}: ${issue.path.join(".")}: ${issue.message}`;
    const where = issue.path.length > 0 ? `[${issue.path.join(".")}]` : "the file";
    return `  ${basePaths[part]}: ${issue.keys.join(", ")} does not belong into ${where}. What a deployment changes belongs into deployments/<name>.toml.`;
  });
}

const answeringSchema = z.looseObject({
  workers_dev: z.boolean().optional(),
  vars: z.record(z.string(), z.unknown()).default({}),
  routes: z.array(z.union([z.string(), z.looseObject({ pattern: z.string() })])).default([]),
});

const origins = ["API_ORIGIN", "SRC_ORIGIN", "PAGE_ORIGIN"] as const;

/** Origins go into every URL that is handed out: each needs a Worker that answers there. */
function deadOrigins(rendered: readonly Rendered[]): string[] {
  const answering = rendered.map(({ part, name, config }) => {
    const { workers_dev, routes, vars } = answeringSchema.parse(config);
    const hosts = routes.map((route) => hostOf(typeof route === "string" ? route : route.pattern));
    const answers = (host: string) =>
      hosts.some((one) => (one.startsWith("*") ? host.endsWith(one.slice(1)) : host === one)) ||
      (workers_dev !== false && host.startsWith(`${name}.`) && host.endsWith(".workers.dev"));
    return { part, vars, answers };
  });
  const pages = answering.filter(({ part }) => part !== "src");
  return answering.flatMap(({ part, vars }) => {
    const given = origins.filter((name) => typeof vars[name] === "string" && vars[name] !== "");
    const missing = part === "src" || given.length === 0 ? [] : origins.filter((one) => !given.includes(one));
    const dead = given.flatMap((name) => {
      const origin = String(vars[name]);
      if (!URL.canParse(origin)) return [`  ${name} is ${origin}, which is no address.`];
      const { host } = new URL(origin);
      const who = name === "SRC_ORIGIN" ? answering : pages;
      if (who.some(({ answers }) => answers(host))) return [];
      return [
        `  ${name} is ${origin}, but no Worker answers at ${host}: every URL handed out would be dead. Put the host into [hosts] of deployments/<name>.toml.`,
      ];
    });
    return [
      ...dead,
      ...missing.map((name) => `  ${name} is not set, but ${given.join(" and ")} is: set all three or none.`),
    ];
  });
}

/** Of a route's pattern: `example.com/*` answers at example.com. */
const hostOf = (pattern: string) => pattern.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
