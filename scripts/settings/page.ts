// The page docs/settings.md: everything that an operator may set, from what the code reads.
import { readFileSync } from "node:fs";
import * as z from "zod";
import { deploymentSchema, derivedVars, secretVars } from "../../cli/deploy/deployment.ts";
import { toml } from "../../cli/deploy/deployment-file.ts";
import { basePaths } from "../../cli/deploy/render.ts";
import { accepted } from "../../workers/api/settings.ts";
import { ofApi, ofCommands, ofConfigs, ofDeployment, ofSrc } from "./meanings.ts";
import { takesOf } from "./takes.ts";

type Row = readonly string[];

const code = (text: string) => (text.startsWith("`") ? text : `\`${text}\``);
const table = (head: Row, rows: readonly Row[]) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const srcConfig = z
  .looseObject({
    vars: z.record(z.string(), z.string()),
    ratelimits: z.array(
      z.looseObject({ name: z.string(), simple: z.object({ limit: z.number(), period: z.number() }) }),
    ),
    limits: z.object({ cpu_ms: z.number() }),
  })
  .parse(toml(readFileSync(basePaths.src, "utf8"), basePaths.src));

/** Where it is written down. Secrets go to Cloudflare alone, some follow from other lines. */
function placeOf(name: string): string {
  if (secretVars.includes(name)) return "a secret";
  const decidedBy = derivedVars.get(name);
  if (decidedBy) return code(decidedBy);
  return name === "DEV_SHOW_CODES" ? "`npm run dev`" : "`[vars]`";
}

function apiRows(): Row[] {
  return Object.entries(ofApi).map(([name, meaning]) => {
    const schema = accepted.get(name)?.schema ?? z.never();
    const { takes, byDefault } = takesOf(schema, "unit" in meaning ? meaning.unit : undefined);
    const unset = "unset" in meaning ? meaning.unset : "";
    return [code(name), placeOf(name), takes, byDefault ?? unset, meaning.does, code(meaning.example)];
  });
}

function srcRows(): Row[] {
  return Object.entries(srcConfig.vars).map(([name, value]) => {
    const meaning = ofSrc[name];
    if (!meaning) throw new Error(`scripts/settings/meanings.ts says nothing of ${name}.`);
    const place = code(derivedVars.get(name) ?? "[src_vars]");
    const byDefault = value === "" ? (meaning.unset ?? "") : code(value);
    return [code(name), place, meaning.takes, byDefault, meaning.does, code(meaning.example)];
  });
}

function deploymentRows(): Row[] {
  const shape: Readonly<Record<string, z.ZodType>> = deploymentSchema.shape;
  return Object.entries(ofDeployment).map(([name, meaning]) => {
    const { takes, byDefault } = takesOf(shape[name] ?? z.never());
    const unset = "unset" in meaning ? meaning.unset : "";
    return [code(name), takes, byDefault ?? unset, meaning.does, code(`${name} = ${meaning.example}`)];
  });
}

function configRows(): Row[] {
  const limits = new Map(srcConfig.ratelimits.map(({ name, simple }) => [`${name}.limit`, simple.limit]));
  limits.set("limits.cpu_ms", srcConfig.limits.cpu_ms);
  return [...limits].map(([path, value]) => {
    const does = ofConfigs[path];
    if (does === undefined) throw new Error(`scripts/settings/meanings.ts says nothing of ${path}.`);
    return [code(path), code(String(value)), does];
  });
}

function consequences(): Row[] {
  const ofBoth = [
    ...[...accepted].map(([name, { consequence }]) => [name, consequence] as const),
    ...Object.entries(ofSrc).map(([name, { otherwise }]) => [name, otherwise] as const),
  ];
  const names = Map.groupBy(ofBoth, ([, consequence]) => consequence);
  return [...names].map(([consequence, all]) => [
    [...new Set(all.map(([name]) => code(name)))].join(", "),
    consequence,
  ]);
}

export function settingsPage(): string {
  const settingHead = ["setting", "where", "takes", "unless set", "what it does", "for example"];
  return `<!-- Written by \`npm run docs:settings\`; don't edit. -->
# Every setting

All are optional. Nothing of it goes into \`wrangler.toml\`, which stays as it is in git: what you change stands in \`deployments/<name>.toml\`, and the next
\`npm run deploy\` brings it to Cloudflare. [deployments/example.toml](../deployments/example.toml) is such a file, with every line explained.

\`\`\`toml
# deployments/photos.toml
[hosts]
page = "example.com"

[vars]
SIGNUPS = "open"
ANONYMOUS_UPLOADS_PER_HOUR = 0

[src_vars]
MASTERS = "off"
\`\`\`

A secret is never in a file that git tracks. \`npm run setup\` makes those that are needed; by hand, and to change one:

\`\`\`sh
npx wrangler secret put ADMIN_TOKEN --name edgepix
\`\`\`

## The deployment's file

${table(["key", "takes", "unless set", "what it does", "for example"], deploymentRows())}

## The API Worker: pages, accounts, uploads

${table(settingHead, apiRows())}

## The Worker of the images

Where one Worker is both, these count there, too.

${table(settingHead, srcRows())}

These are numbers in \`workers/src/wrangler.toml\` (\`workers/solo/wrangler.toml\` where one Worker is both), which git tracks; few change them.

${table(["number", "as it is", "what it does"], configRows())}

## A value that makes no sense

It closes what it is for, or counts as not set; the site stays up. The log says once which var it is and why, as an error with the field \`var\`.

${table(["var", "what follows"], consequences())}

## What commands read from their environment

${table(
  ["variable", "what it is"],
  Object.entries(ofCommands).map(([name, what]) => [code(name), what]),
)}

Plans and their limits are in \`schema/plans.ts\`; [limits](limits.md) shows all of them.
`;
}
