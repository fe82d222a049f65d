// Wrangler without its builds: asks the fake Cloudflare for the same as the installed one does, and remembers what it was told to do.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";
import type { Wrangler, WranglerRun } from "../../../cli/wrangler.ts";
import type { FakeCloudflare } from "./server.ts";

const configSchema = z.looseObject({
  name: z.string(),
  vars: z.record(z.string(), z.string()).default({}),
  limits: z.looseObject({}).optional(),
  routes: z.array(z.object({ pattern: z.string() })).default([]),
  d1_databases: z.array(z.looseObject({ database_id: z.string(), migrations_dir: z.string() })),
  durable_objects: z.looseObject({ bindings: z.array(z.looseObject({ name: z.string() })) }),
  migrations: z.array(z.looseObject({ tag: z.string() })).default([]),
  services: z.array(z.looseObject({ binding: z.string(), service: z.string() })).default([]),
});
type Config = z.infer<typeof configSchema>;

const ok = (stdout = ""): WranglerRun => ({ isOk: true, stdout, said: stdout });

export interface QuickWrangler extends Wrangler {
  /** Each call's words, but for those that name a file or a release. */
  readonly runs: string[];
}

export function quickWrangler({ url, account }: FakeCloudflare): QuickWrangler {
  const runs: string[] = [];
  const [token = ""] = account.tokens;

  async function ask(method: string, path: string, body?: object): Promise<void> {
    const answer = await fetch(`${url}/accounts/${account.id}${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}` },
      ...(body && { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
  }

  async function migrate({ d1_databases: [database] }: Config, path: string): Promise<void> {
    const folder = join(dirname(path), database?.migrations_dir ?? "");
    const run = (sql: string) => ask("POST", `/d1/database/${database?.database_id}/query`, { sql });
    await run("create table if not exists d1_migrations (id integer primary key, name text unique)");
    const sqlite = account.databases.get(database?.database_id ?? "")?.sqlite;
    const applied = new Set(
      sqlite
        ?.prepare("select name from d1_migrations")
        .all()
        .map(({ name }) => name),
    );
    for (const file of readdirSync(folder)
      .filter((one) => one.endsWith(".sql") && !applied.has(one))
      .sort())
      await run(
        `${readFileSync(join(folder, file), "utf8")};\ninsert into d1_migrations (name) values ('${file}');`,
      );
  }

  /** `isLive`: as a deployment; else as a version that nobody is sent to. */
  async function send(
    config: Config,
    option: (name: string) => string | undefined,
    isLive = true,
  ): Promise<void> {
    const secretsFile = option("--secrets-file");
    const secrets = secretsFile
      ? z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(secretsFile, "utf8")))
      : {};
    const bindings = [
      ...Object.entries(config.vars).map(([name, text]) => ({ name, type: "plain_text", text })),
      ...Object.entries(secrets).map(([name, text]) => ({ name, type: "secret_text", text })),
      ...config.durable_objects.bindings.map(({ name }) => ({ name, type: "durable_object_namespace" })),
      ...config.services.map(({ binding, service }) => ({ name: binding, type: "service", service })),
    ];
    const annotations = { "workers/tag": option("--tag"), "workers/message": option("--message") };
    const form = new FormData();
    const migrations = isLive && config.migrations.length > 0 && { new_tag: config.migrations.at(-1)?.tag };
    const metadata = { bindings, annotations, limits: config.limits, ...(migrations && { migrations }) };
    form.set("metadata", JSON.stringify(metadata));
    if (!isLive) return ask("POST", `/workers/scripts/${config.name}/versions`, form);
    await ask("PUT", `/workers/scripts/${config.name}`, form);
    const origins = config.routes.map(({ pattern }) => ({ hostname: pattern }));
    if (origins.length > 0) await ask("PUT", `/workers/scripts/${config.name}/domains/records`, { origins });
  }

  return {
    runs,
    async run(words) {
      const option = (name: string) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined);
      const path = option("-c") ?? "";
      const config = path ? configSchema.parse(JSON.parse(readFileSync(path, "utf8"))) : undefined;
      runs.push(
        [
          ...words.filter((word) => !/^-|[/]|T\d|^edgepix /.test(word)),
          ...(config ? [config.name] : []),
        ].join(" "),
      );
      try {
        if (words[0] === "auth") return ok(JSON.stringify({ type: "api_token", token }));
        if (words.includes("--dry-run")) return ok();
        if (words[0] === "d1" && config) await migrate(config, path);
        else if (words[0] === "deploy" && config) await send(config, option);
        else if (words[0] === "versions" && words[1] === "upload" && config)
          await send(config, option, false);
        else if (words[0] === "versions" && words[1] === "deploy" && config)
          await ask("POST", `/workers/scripts/${config.name}/deployments`, {
            versions: words.flatMap((word) => {
              const [, version_id, percentage] = /^([0-9a-f-]{36})@(\d+)$/.exec(word) ?? [];
              return version_id ? [{ version_id, percentage: Number(percentage) }] : [];
            }),
          });
        else if (words[0] === "rollback")
          await ask("POST", `/workers/scripts/${option("--name")}/deployments`, {
            versions: [{ version_id: words[1], percentage: 100 }],
          });
        else throw new Error(`Nothing here knows: wrangler ${words.join(" ")}`);
        return ok();
      } catch (problem) {
        return { isOk: false, stdout: "", said: String(problem) };
      }
    },
  };
}
