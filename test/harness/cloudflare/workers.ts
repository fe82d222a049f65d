// Workers of the fake Cloudflare: scripts, versions, deployments, domains, assets.
import * as z from "zod";
import type { FakeAccount, FakeBinding, FakeDeployment, FakeVersion, FakeWorker } from "./account.ts";
import { Page, Refused, type Route } from "./answer.ts";

const metadataSchema = z.looseObject({
  bindings: z
    .array(
      z.looseObject({
        name: z.string(),
        type: z.string(),
        text: z.string().optional(),
        service: z.string().optional(),
      }),
    )
    .default([]),
  annotations: z.record(z.string(), z.string()).default({}),
  migrations: z.looseObject({ new_tag: z.string() }).optional(),
  limits: z.unknown().optional(),
});

export function workerRoutes(account: FakeAccount): readonly Route[] {
  const find = (name = "") => {
    const worker = account.workers.get(name);
    if (!worker) throw new Refused(404, 10007, "This Worker does not exist on your account.");
    return worker;
  };
  return [
    [
      "GET",
      /\/workers\/subdomain$/,
      () => {
        if (!account.subdomain) throw new Refused(404, 10007, "There is no workers.dev subdomain.");
        return { subdomain: account.subdomain };
      },
    ],
    [
      "GET",
      /\/workers\/scripts$/,
      () =>
        new Page([...account.workers].map(([id, worker]) => ({ id, migration_tag: worker.migrationTag }))),
    ],
    [
      "GET",
      /\/workers\/services\/([^/]+)$/,
      ({ caught: [name = ""] }) => {
        const { migrationTag } = find(name);
        const script = { id: name, tag: name, migration_tag: migrationTag, last_deployed_from: "wrangler" };
        return {
          id: name,
          default_environment: { environment: "production", script, script_tag: name },
          environments: [{ environment: "production", script }],
        };
      },
    ],
    [
      "GET",
      /\/workers\/scripts\/([^/]+)\/deployments$/,
      ({ caught: [name] }) => ({ deployments: find(name).deployments.map(deployment) }),
    ],
    [
      "POST",
      /\/workers\/scripts\/([^/]+)\/deployments$/,
      async ({ caught: [name], body }) => {
        const worker = find(name);
        const { versions } = z
          .object({ versions: z.array(z.object({ version_id: z.string(), percentage: z.number() })) })
          .parse(await body.json());
        if (!versions.every(({ version_id: id }) => worker.versions.some((one) => one.id === id)))
          throw new Refused(404, 10221, "Version not found");
        if (versions.reduce((sum, { percentage }) => sum + percentage, 0) !== 100)
          throw new Refused(400, 10021, "Percentages must add up to 100");
        worker.deployments.unshift(versions);
        return deployment(versions, 0);
      },
    ],
    [
      "GET",
      /\/workers\/scripts\/([^/]+)\/versions$/,
      ({ caught: [name] }) => ({ items: find(name).versions.toReversed().map(describe) }),
    ],
    [
      "GET",
      /\/workers\/scripts\/([^/]+)\/versions\/([^/]+)$/,
      ({ caught: [name, id] }) => {
        const version = find(name).versions.find((one) => one.id === id);
        if (!version) throw new Refused(404, 10221, "Version not found");
        return describe(version);
      },
    ],
    [
      "GET",
      /\/workers\/scripts\/([^/]+)\/secrets$/,
      ({ caught: [name = ""] }) => {
        find(name);
        const secrets = account.running(name)?.bindings.filter(({ type }) => type === "secret_text") ?? [];
        return new Page(secrets.map((one) => ({ name: one.name, type: one.type })));
      },
    ],
    // A secret that is set makes a version of its own, without a tag, and deploys it.
    [
      "PUT",
      /\/workers\/scripts\/([^/]+)\/secrets$/,
      async ({ caught: [name = ""], body }) => {
        const secret = z
          .object({ name: z.string(), text: z.string(), type: z.literal("secret_text") })
          .parse(await body.json());
        const worker = find(name);
        const kept = account.running(name)?.bindings.filter((one) => one.name !== secret.name) ?? [];
        const version = {
          id: account.uuid(),
          number: worker.versions.length + 1,
          annotations: { "workers/triggered_by": "secret" },
          bindings: [...kept, secret],
        };
        worker.versions.push(version);
        worker.deployments.unshift(all(version));
        return { name: secret.name, type: secret.type };
      },
    ],
    // Since versions: uploads a version, then deploys it. Before, and with new Durable Object classes: both in one.
    [
      "POST",
      /\/workers\/scripts\/([^/]+)\/versions$/,
      async ({ caught: [name = ""], body }) =>
        describe(upload(account, name, find(name), await metadataOf(body))),
    ],
    [
      "PUT",
      /\/workers\/scripts\/([^/]+)$/,
      async ({ caught: [name = ""], body }) => {
        const metadata = await metadataOf(body);
        const worker = account.workers.get(name) ?? {
          versions: [],
          deployments: [],
          migrationTag: undefined,
          isOnSubdomain: false,
          schedules: [],
        };
        const version = upload(account, name, worker, metadata);
        account.workers.set(name, worker);
        worker.deployments.unshift(all(version));
        worker.migrationTag = metadata.migrations?.new_tag ?? worker.migrationTag;
        return {
          id: name,
          tag: name,
          etag: version.id,
          deployment_id: version.id,
          startup_time_ms: 20,
          handlers: ["fetch"],
          modified_on: DATE,
        };
      },
    ],
    ["PATCH", /\/workers\/scripts\/([^/]+)\/(script-settings|settings)$/, () => ({})],
    [
      "GET",
      /\/workers\/scripts\/([^/]+)\/settings$/,
      ({ caught: [name = ""] }) => {
        find(name);
        const bindings = account.running(name)?.bindings.map(({ name: one, type }) => ({ name: one, type }));
        return { bindings: bindings ?? [], compatibility_date: "2026-11-01", usage_model: "standard" };
      },
    ],
    [
      "GET",
      /\/workers\/workers\/([^/]+)$/,
      ({ caught: [name = ""] }) => {
        const { isOnSubdomain } = find(name);
        const url = `https://${name}.${account.subdomain}.workers.dev`;
        return { id: name, name, subdomain: { enabled: isOnSubdomain, previews_enabled: false, url } };
      },
    ],
    [
      "GET",
      /\/workers\/scripts\/([^/]+)\/subdomain$/,
      ({ caught: [name] }) => ({ enabled: find(name).isOnSubdomain, previews_enabled: false }),
    ],
    [
      "POST",
      /\/workers\/scripts\/([^/]+)\/subdomain$/,
      async ({ caught: [name], body }) => {
        const { enabled } = z.looseObject({ enabled: z.boolean() }).parse(await body.json());
        find(name).isOnSubdomain = enabled;
        return { enabled, previews_enabled: false };
      },
    ],
    [
      "PUT",
      /\/workers\/scripts\/([^/]+)\/schedules$/,
      async ({ caught: [name], body }) => {
        find(name).schedules = z.array(z.unknown()).parse(await body.json());
        return { schedules: find(name).schedules };
      },
    ],
    [
      "GET",
      /\/workers\/domains$/,
      () =>
        new Page(
          [...account.domains].map(([hostname, service]) => ({
            id: hostname,
            hostname,
            service,
            environment: "production",
            zone_name: account.zoneOf(hostname)?.name,
          })),
        ),
    ],
    [
      "POST",
      /\/workers\/scripts\/([^/]+)\/domains\/changeset$/,
      async ({ caught: [name = ""], body }) => {
        const wanted = z.array(z.looseObject({ hostname: z.string() })).parse(await body.json());
        const conflicting = wanted.flatMap(({ hostname }) => {
          const zone = account.zoneOf(hostname);
          return zone?.records.has(hostname) ? [{ id: hostname, hostname }] : [];
        });
        const updated = wanted.filter(({ hostname }) => (account.domains.get(hostname) ?? name) !== name);
        return { added: wanted, updated, removed: [], conflicting };
      },
    ],
    [
      "PUT",
      /\/workers\/scripts\/([^/]+)\/domains\/records$/,
      async ({ caught: [name = ""], body }) => {
        const { origins } = z
          .looseObject({ origins: z.array(z.looseObject({ hostname: z.string() })) })
          .parse(await body.json());
        for (const { hostname } of origins) {
          if (!account.zoneOf(hostname)) throw new Refused(400, 10072, `Could not find zone for ${hostname}`);
          account.domains.set(hostname, name);
        }
        return null;
      },
    ],
    ["POST", /\/workers\/scripts\/([^/]+)\/assets-upload-session$/, () => ({ jwt: "assets", buckets: [] })],
  ];
}

const DATE = "2026-11-26T12:00:00.000Z";

function upload(
  account: FakeAccount,
  name: string,
  worker: FakeWorker,
  metadata: z.infer<typeof metadataSchema>,
): FakeVersion {
  if (metadata.limits !== undefined && account.plan === "free")
    throw new Refused(
      400,
      100328,
      "CPU limits are not supported for the Free plan. Learn more at https://developers.cloudflare.com/workers/platform/limits/",
    );
  for (const { type, service } of metadata.bindings) {
    if (type === "service" && !account.workers.has(service ?? ""))
      throw new Refused(400, 10143, `Could not resolve service binding. Worker '${service}' not found.`);
  }
  const secrets = account.running(name)?.bindings.filter(({ type }) => type === "secret_text") ?? [];
  const own = new Set(metadata.bindings.map((one) => one.name));
  const bindings: FakeBinding[] = [...metadata.bindings, ...secrets.filter((one) => !own.has(one.name))];
  const version = {
    id: account.uuid(),
    number: worker.versions.length + 1,
    annotations: metadata.annotations,
    bindings,
  };
  worker.versions.push(version);
  return version;
}

async function metadataOf(body: Request) {
  const form = await body.formData();
  return metadataSchema.parse(JSON.parse(String(form.get("metadata"))));
}

const describe = ({ id, number, annotations, bindings }: FakeVersion) => ({
  id,
  number,
  metadata: {
    created_on: DATE,
    modified_on: DATE,
    source: "wrangler",
    author_id: "ann",
    author_email: "ann@example.com",
  },
  annotations,
  startup_time_ms: 20,
  resources: {
    bindings: bindings.map(({ name, type, text }) => ({
      name,
      type,
      ...(type === "plain_text" && { text }),
    })),
    script: { etag: id, handlers: ["fetch"] },
    script_runtime: { usage_model: "standard" },
  },
});

const all = ({ id }: FakeVersion): FakeDeployment => [{ version_id: id, percentage: 100 }];

const deployment = (versions: FakeDeployment, at: number) => ({
  id: `${versions[0]?.version_id}-${at}`,
  source: "wrangler",
  strategy: "percentage",
  author_email: "ann@example.com",
  created_on: DATE,
  annotations: {},
  versions,
});
