// D1, R2, the rate limiter and the cache, in a workerd of their own: what they spend is not the Workers'.
//
// The simulators are miniflare's own scripts, wired as `wrangler dev` wires them, but behind sockets.

import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

const miniflare = dirname(createRequire(import.meta.url).resolve("miniflare"));

/** A file for a config that lies in `folder`: an absolute path would be looked for beside workerd's own files. */
export const embed = (folder: string, file: string) => `embed "${relative(folder, file)}"`;

const script = (folder: string, name: string) =>
  embed(folder, join(miniflare, "workers", `${name}.worker.js`));

/** Miniflare's script for the `RENDERS` binding, which runs inside the Worker that is limited. */
export const rateLimitModule = (folder: string) => script(folder, "ratelimit/ratelimit");

export interface StoragePorts {
  readonly d1: number;
  readonly r2: number;
  readonly rateLimit: number;
  readonly cache: number;
}

interface Simulator {
  readonly name: string;
  readonly entry: string;
  readonly object: string;
  readonly className: string;
}

const simulators: readonly Simulator[] = [
  { name: "d1", entry: "d1/entry", object: "d1/database", className: "D1DatabaseObject" },
  { name: "r2", entry: "shared/object-entry", object: "r2/bucket", className: "R2BucketObject" },
  {
    name: "rateLimit",
    entry: "shared/object-entry",
    object: "ratelimit/ratelimit-object",
    className: "RateLimiterObject",
  },
  // Only what is streamed needs it: each view of a row is another picture.
  { name: "cache", entry: "cache/cache-entry", object: "cache/cache", className: "CacheObject" },
];

/** `folder` holds the config and one folder for each simulator. */
export function storageConfig(folder: string, ports: StoragePorts): string {
  const sockets = Object.entries(ports).map(
    ([name, port]) => `(name = "${name}", address = "127.0.0.1:${port}", http = (), service = "${name}")`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    ${simulators.map((simulator) => services(folder, simulator)).join(",\n    ")},
  ],
  extensions = [(modules = [
    (name = "miniflare:shared", esModule = ${script(folder, "shared/index")}),
    (name = "miniflare:zod", esModule = ${script(folder, "shared/zod")}),
  ])],
  sockets = [${sockets.join(", ")}],
);
`;
}

/** As miniflare's plugins declare them: an entry, the object behind it, and its disk. */
function services(folder: string, { name, entry, object, className }: Simulator): string {
  return `(name = "${name}", worker = (
      modules = [(name = "entry.js", esModule = ${script(folder, entry)})],
      compatibilityDate = "2023-07-24",
      bindings = [
        (name = "MINIFLARE_NAMESPACE", text = "edgepix"),
        (name = "MINIFLARE_OBJECT", durableObjectNamespace = (className = "${className}", serviceName = "${name}-object")),
      ],
    )),
    (name = "${name}-disk", disk = (path = "${join(folder, name)}", writable = true)),
    (name = "${name}-object", worker = (
      modules = [(name = "object.js", esModule = ${script(folder, object)})],
      compatibilityDate = "2023-07-24",
      compatibilityFlags = ["nodejs_compat", "experimental"],
      durableObjectNamespaces = [(className = "${className}", uniqueKey = "${name}", enableSql = true)],
      durableObjectStorage = (localDisk = "${name}-disk"),
      bindings = [(name = "MINIFLARE_BLOBS", service = "${name}-disk")],
    ))`;
}
