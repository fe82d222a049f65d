// The two Workers under attack, each alone in a workerd whose V8 is capped.

import { join } from "node:path";
import { moduleField } from "../../workerd-modules.ts";
import { MOST_WASM_BYTES } from "../measure.ts";
import type { Deployed } from "./deployed.ts";
import { embed, rateLimitModule, type StoragePorts } from "./storage-config.ts";

/** What V8 may have, whatever a Worker asks for; the process itself is capped too, see limited-process.ts. */
export const v8Flags = [
  // Megabytes of JS objects. Buffers and WASM memories lie outside of it.
  "--max-old-space-size=64",
  "--max-semi-space-size=4",
  `--wasm-max-mem-pages=${MOST_WASM_BYTES / 65_536}`,
] as const;

export interface Ports extends StoragePorts {
  readonly src: number;
  readonly api: number;
  readonly outside: number;
}

/** A host that no client names: under it the processes speak RPC to each other, as a service binding does. */
const rpc = `capnpConnectHost = "edgepix"`;

const external = (name: string, port: number, http = "") =>
  `(name = "${name}", external = (address = "127.0.0.1:${port}", http = (${http})))`;

const database = `(name = "DB", wrapped = (
        moduleName = "cloudflare-internal:d1-api", innerBindings = [(name = "fetcher", service = "d1")],
      ))`;

function modulesOf(deployed: Deployed, folder: string): string {
  const at = (name: string) => embed(folder, join(deployed.folder, name));
  const imported = deployed.imported.map(
    (name) => `(name = "./${name}", ${moduleField(name)} = ${at(name)})`,
  );
  return [`(name = "index.js", esModule = ${at("index.js")})`, ...imported].join(", ");
}

const rateLimit = (name: string, limit: number) => `(name = "${name}", wrapped = (
        moduleName = "cloudflare-internal:ratelimit:module",
        innerBindings = [(name = "fetcher", service = "rateLimit"), (name = "limit", json = "${limit}"), (name = "period", json = "60")],
      ))`;

const config = (parts: string) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  v8Flags = [${v8Flags.map((flag) => `"${flag}"`).join(", ")}],${parts}
);
`;

export const srcConfig = (deployed: Deployed, folder: string, ports: Ports) =>
  config(`
  services = [
    (name = "src", worker = (
      modules = [${modulesOf(deployed, folder)}],
      compatibilityDate = "2026-11-01",
      cacheApiOutbound = "cache",
      durableObjectNamespaces = [(className = "AnonymousBudget", uniqueKey = "budget", enableSql = true)],
      durableObjectStorage = (localDisk = "budgets"),
      bindings = [${database}, (name = "ORIGINALS", r2Bucket = "r2"), ${rateLimit("RENDERS", 300)}, ${rateLimit("ODD_RENDERS", 40)},
      (name = "VARIANTS", text = "any"),
      (name = "ANONYMOUS_BUDGET", durableObjectNamespace = "AnonymousBudget"),
      (name = "ANONYMOUS_CPU_SECONDS_PER_HOUR", text = "1000")],
    )),
    (name = "budgets", disk = (path = "${join(folder, "budgets")}", writable = true)),
    ${external("d1", ports.d1)}, ${external("r2", ports.r2)},
    ${external("rateLimit", ports.rateLimit)}, ${external("cache", ports.cache)},
  ],
  extensions = [(modules = [
    (name = "cloudflare-internal:ratelimit:module", esModule = ${rateLimitModule(folder)}, internal = true),
  ])],
  sockets = [(name = "http", address = "127.0.0.1:${ports.src}", http = (${rpc}), service = "src")],`);

/** `folder` holds the config and the ledgers; everything that the API fetches goes to our made-up internet. */
export const apiConfig = (deployed: Deployed, folder: string, ports: Ports) =>
  config(`
  services = [
    (name = "api", worker = (
      modules = [${modulesOf(deployed, folder)}],
      compatibilityDate = "2026-11-01",
      globalOutbound = "outside",
      durableObjectNamespaces = [(className = "Ledger", uniqueKey = "ledger", enableSql = true)],
      durableObjectStorage = (localDisk = "ledgers"),
      bindings = [
        ${database}, (name = "ORIGINALS", r2Bucket = "r2"), (name = "SRC", service = "src"),
        (name = "LEDGER", durableObjectNamespace = "Ledger"),
        (name = "KEY_REQUESTS_PER_MINUTE", text = "1000000000"),
        (name = "ADMIN_TOKEN", text = "a-token-of-the-attack"),
      ],
    )),
    (name = "ledgers", disk = (path = "${join(folder, "ledgers")}", writable = true)),
    ${external("d1", ports.d1)}, ${external("r2", ports.r2)}, ${external("src", ports.src, rpc)},
    ${external("outside", ports.outside, "style = proxy")},
  ],
  sockets = [(name = "http", address = "127.0.0.1:${ports.api}", http = (), service = "api")],`);
