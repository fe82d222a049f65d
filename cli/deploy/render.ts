// Lays a deployment over the wrangler.toml files: pure, one finished configuration for each Worker.
import { dirname, join, relative } from "node:path";
import * as z from "zod";
import type { Deployment } from "./deployment.ts";

/** The parts of a wrangler.toml that a deployment touches; all else passes as it is. */
export const baseSchema = z.looseObject({
  main: z.string(),
  assets: z.looseObject({ directory: z.string() }).optional(),
  d1_databases: z.array(z.looseObject({ migrations_dir: z.string() })).length(1),
  r2_buckets: z.array(z.looseObject({})).length(1),
  services: z.array(z.looseObject({ binding: z.string() })).default([]),
  vars: z.record(z.string(), z.unknown()).default({}),
  limits: z.looseObject({}).optional(),
  routes: z.array(z.unknown()).optional(),
});
type Base = z.infer<typeof baseSchema>;

export type Part = "src" | "api" | "solo";

/** Where the wrangler.toml of each part lies. */
export const basePaths: Readonly<Record<Part, string>> = {
  src: "workers/src/wrangler.toml",
  api: "wrangler.toml",
  solo: "workers/solo/wrangler.toml",
};

/** In the order in which they go up: the API is bound to src, and asks it for what only its newest version may know. */
export const partsOf = ({ shape }: Pick<Deployment, "shape">): readonly Part[] =>
  shape === "solo" ? ["solo"] : ["src", "api"];

export const workerName = ({ names }: Pick<Deployment, "names">, part: Part) =>
  part === "src" ? names.src : names.api;

/** What was found or made in the account. */
export interface Resources {
  readonly account: string;
  readonly databaseId: string;
}

export interface Rendered {
  readonly part: Part;
  /** Of the Worker. */
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** `folder` is where the configuration will lie: its paths are written from there. */
export function render(
  part: Part,
  base: Base,
  deployment: Deployment,
  resources: Resources,
  folder: string,
): Rendered {
  const from = (path: string) => relative(folder, join(dirname(basePaths[part]), path));
  const { names, hosts, plan, send_email, analytics } = deployment;
  const name = workerName(deployment, part);
  const routes = hosts ? routesOf(part, hosts) : base.routes;
  const { limits, ...rest } = base;
  const config = {
    ...rest,
    name,
    account_id: resources.account,
    main: from(base.main),
    workers_dev: deployment.workers_dev,
    ...(base.assets && { assets: { ...base.assets, directory: from(base.assets.directory) } }),
    d1_databases: base.d1_databases.map((one) => ({
      ...one,
      database_name: names.database,
      database_id: resources.databaseId,
      migrations_dir: from(one.migrations_dir),
    })),
    r2_buckets: [
      ...base.r2_buckets.map((one) => ({ ...one, bucket_name: names.bucket })),
      ...(names.adopt && part !== "src" ? [{ binding: "ADOPT", bucket_name: names.adopt }] : []),
    ],
    services: base.services.map((one) => (one.binding === "SRC" ? { ...one, service: names.src } : one)),
    vars: { ...base.vars, ...varsOf(part, deployment) },
    ...(send_email && part !== "src" && { send_email: [{ name: "EMAIL" }] }),
    ...(analytics && { analytics_engine_datasets: [{ binding: "ANALYTICS", dataset: names.dataset }] }),
    ...(plan === "paid" && limits && { limits }),
    ...(routes && { routes }),
  };
  return { part, name, config };
}

type Hosts = NonNullable<Deployment["hosts"]>;

/** Each host once, at the Worker that answers there: where images share a host with pages, the API Worker passes them on. */
function routesOf(part: Part, { page, api, src }: Hosts) {
  const ofApi = [...new Set([page, api])];
  const ofSrc = ofApi.includes(src) ? [] : [src];
  const hosts = { api: ofApi, src: ofSrc, solo: [...ofApi, ...ofSrc] }[part];
  return hosts.map((pattern) => ({ pattern, custom_domain: true }));
}

/** Each host of a deployment, with the Worker that is to answer there. */
export function hostsOf(
  deployment: Deployment,
): readonly { readonly host: string; readonly worker: string }[] {
  const { hosts } = deployment;
  if (!hosts) return [];
  return partsOf(deployment).flatMap((part) =>
    routesOf(part, hosts).map(({ pattern }) => ({ host: pattern, worker: workerName(deployment, part) })),
  );
}

function varsOf(part: Part, { names, hosts, vars, src_vars }: Deployment): Record<string, string> {
  const origins = hosts && {
    API_ORIGIN: `https://${hosts.api}`,
    SRC_ORIGIN: `https://${hosts.src}`,
    PAGE_ORIGIN: `https://${hosts.page}`,
  };
  if (part === "src") return { ...(origins && { PAGE_ORIGIN: origins.PAGE_ORIGIN }), ...src_vars };
  const adopt = names.adopt && { ADOPT_BUCKET: names.adopt };
  return { ...origins, ...adopt, ...vars, ...(part === "solo" && src_vars) };
}
