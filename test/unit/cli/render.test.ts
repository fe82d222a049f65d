// What goes to Cloudflare: the wrangler.toml files of git with a deployment laid over them, and never an address at which nobody answers.
import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { checkConfigs } from "../../../cli/deploy/check-configs.ts";
import { parseDeployment } from "../../../cli/deploy/deployment-file.ts";
import { basePaths, baseSchema, hostsOf, type Part, partsOf, render } from "../../../cli/deploy/render.ts";

const resources = { account: "0123456789abcdef0123456789abcdef", databaseId: "a-database" };
const textOf = (part: Part) => readFileSync(basePaths[part], "utf8");

function rendered(deployment: string, texts: Partial<Record<Part, string>> = {}) {
  const parsed = { name: "photos", ...parseDeployment(deployment, "photos.toml") };
  return partsOf(parsed).map((part) => {
    const base = baseSchema.parse(parse(texts[part] ?? textOf(part)));
    return render(part, base, parsed, resources, ".wrangler/deployments/photos");
  });
}

const hosts = '[hosts]\npage = "example.com"\napi = "api.example.com"\nsrc = "src.example.com"\n';

test("hosts become routes and origins, each at the Worker that answers there", () => {
  const [src, api] = rendered(hosts);
  expect(src?.config).toMatchObject({
    routes: [{ pattern: "src.example.com", custom_domain: true }],
    vars: { PAGE_ORIGIN: "https://example.com", VARIANTS: "ladder" },
  });
  expect(api?.config).toMatchObject({
    routes: [
      { pattern: "example.com", custom_domain: true },
      { pattern: "api.example.com", custom_domain: true },
    ],
    vars: {
      API_ORIGIN: "https://api.example.com",
      SRC_ORIGIN: "https://src.example.com",
      PAGE_ORIGIN: "https://example.com",
    },
  });
});

test("on one host the API's Worker passes images on, and src has no route", () => {
  const [src, api] = rendered('[hosts]\npage = "example.com"\n');
  expect(src?.config.routes).toEqual([]);
  expect(api?.config.routes).toEqual([{ pattern: "example.com", custom_domain: true }]);
});

test("one Worker answers at every host, with the settings of both", () => {
  const [solo, ...others] = rendered(
    `shape = "solo"\n${hosts}[vars]\nSIGNUPS = "open"\n[src_vars]\nMASTERS = "off"\n`,
  );
  expect(others).toEqual([]);
  expect(solo?.config).toMatchObject({
    name: "edgepix",
    routes: ["example.com", "api.example.com", "src.example.com"].map((pattern) => ({
      pattern,
      custom_domain: true,
    })),
    vars: { SRC_ORIGIN: "https://src.example.com", SIGNUPS: "open", MASTERS: "off", VARIANTS: "ladder" },
  });
});

test("names reach every place that says them", () => {
  const names = '[names]\napi = "pics"\nsrc = "pics-src"\ndatabase = "pics-db"\nbucket = "pics-files"\n';
  const [src, api] = rendered(names);
  expect([src?.name, api?.name]).toEqual(["pics-src", "pics"]);
  expect(api?.config).toMatchObject({
    services: [{ binding: "SRC", service: "pics-src" }],
    d1_databases: [{ binding: "DB", database_name: "pics-db", database_id: "a-database" }],
    r2_buckets: [{ binding: "ORIGINALS", bucket_name: "pics-files" }],
  });
  expect(JSON.stringify([src, api])).not.toMatch(/"edgepix/);
});

test("points are noted by both Workers in one dataset where the deployment says so, and by none where it does not", () => {
  const both = rendered('analytics = true\n[names]\ndataset = "pics"\n');
  expect(both).toHaveLength(2);
  for (const { config } of both)
    expect(config.analytics_engine_datasets).toEqual([{ binding: "ANALYTICS", dataset: "pics" }]);
  for (const { config } of rendered("")) expect(config).not.toHaveProperty("analytics_engine_datasets");
});

test("the free plan gets no processor limit, which it refuses", () => {
  expect(rendered("")[0]?.config.limits).toEqual({ cpu_ms: 30000 });
  expect(rendered('plan = "free"')[0]?.config).not.toHaveProperty("limits");
});

test.each([
  ["a pair with hosts", hosts],
  ["a pair without hosts", ""],
  ["one Worker that notes points", 'shape = "solo"\nanalytics = true'],
  ["a pair that notes points", "analytics = true"],
  ["one Worker without hosts", 'shape = "solo"'],
  ["one Worker with hosts", `shape = "solo"\n${hosts}`],
  [
    "a pair on the free plan that sends mail",
    'plan = "free"\nsend_email = true\n[vars]\nMAIL_FROM = "a@example.com"',
  ],
])("wrangler's own schema takes %s", (_, deployment) => {
  expect(() => checkConfigs(rendered(deployment))).not.toThrow();
});

test("routes that were appended to wrangler.toml land in [observability], and are refused", () => {
  const api = `${textOf("api")}\nroutes = [{ pattern = "example.com", custom_domain = true }]\n`;
  expect(() => checkConfigs(rendered("", { api }))).toThrow(
    /wrangler\.toml: routes does not belong into \[observability\]/,
  );
});

const withVars = (vars: string, routes = "") =>
  textOf("api").replace("minify = true", `minify = true\n${routes}\n[vars]\n${vars}`);

test("an origin without a route is refused: every URL handed out would be dead", () => {
  const vars = ["API", "SRC", "PAGE"].map(
    (one) => `${one}_ORIGIN = "https://${one.toLowerCase()}.example.com"`,
  );
  const api = withVars(vars.join("\n"), 'routes = [{ pattern = "api.example.com", custom_domain = true }]');
  expect(() => checkConfigs(rendered("", { api }))).toThrow(
    /SRC_ORIGIN is https:\/\/src\.example\.com, but no Worker answers at src\.example\.com[\s\S]*PAGE_ORIGIN/,
  );
  expect(() => checkConfigs(rendered("", { api }))).not.toThrow(/API_ORIGIN is/);
});

test("one origin without the others is refused", () => {
  const api = withVars('API_ORIGIN = "https://api.example.com"', 'routes = ["api.example.com/*"]');
  expect(() => checkConfigs(rendered("", { api }))).toThrow(
    /SRC_ORIGIN is not set, but API_ORIGIN is: set all three or none/,
  );
});

test("a deployment's hosts win over what somebody wrote into wrangler.toml", () => {
  const api = withVars('API_ORIGIN = "https://old.example.com"', 'routes = ["old.example.com/*"]');
  expect(() => checkConfigs(rendered(hosts, { api }))).not.toThrow();
});

test("the hosts that are asked about are those that are routed", () => {
  const deployment = { name: "photos", ...parseDeployment(hosts, "photos.toml") };
  expect(hostsOf(deployment)).toEqual([
    { host: "src.example.com", worker: "edgepix-src" },
    { host: "example.com", worker: "edgepix" },
    { host: "api.example.com", worker: "edgepix" },
  ]);
});

test.each(["pair", "solo"])(
  "a bucket to adopt is bound to the API alone, by its name, in the shape %s",
  (shape) => {
    const configs = rendered(`shape = "${shape}"\n[names]\nadopt = "old-pictures"\n`);
    for (const { part, config } of configs) {
      const { r2_buckets: buckets, vars } = config;
      const adopt = { binding: "ADOPT", bucket_name: "old-pictures" };
      if (part === "src") expect(buckets).not.toContainEqual(adopt);
      else {
        expect(buckets).toContainEqual(adopt);
        expect(vars).toMatchObject({ ADOPT_BUCKET: "old-pictures" });
      }
    }
    checkConfigs(configs);
  },
);

test("the deployment's own bucket, and a name that the var says, are no buckets to adopt", () => {
  expect(() => rendered('[names]\nbucket = "mine"\nadopt = "mine"\n')).toThrow("the deployment's own bucket");
  expect(() => rendered('[vars]\nADOPT_BUCKET = "x"\n')).toThrow("follows from [names]");
});
