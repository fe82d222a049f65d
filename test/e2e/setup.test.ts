// `npm run setup` as it is typed: wrangler itself builds, migrates and deploys at the fake Cloudflare, and the probe looks at the product that runs here.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningProduct, startProduct } from "../harness/product/start.ts";
import { type Desk, openDesk } from "../support/cloudflare-account.ts";

let desk: Desk;
/** Not that of the other tests: they claim it. */
let product: RunningProduct;
beforeAll(async () => {
  [desk, product] = [await openDesk(), await startProduct()];
  Object.assign(process.env, {
    NODE_OPTIONS: "--import ./test/support/deployed-here.mjs",
    HERE_ORIGIN: product.origin,
    HERE_KEY: product.keys[0],
  });
});
afterAll(async () => {
  for (const name of ["NODE_OPTIONS", "HERE_ORIGIN", "HERE_KEY"]) delete process.env[name];
  await Promise.all([desk.leave(), product.close()]);
});

test("From an empty account to a deployment that the probe finds nothing wrong with", {
  timeout: 300_000,
}, async () => {
  const { code, said } = await desk.type(
    "cli/setup.ts",
    "--yes",
    "--name",
    "photos",
    "--domain",
    "example.com",
  );
  expect(code, said).toBe(0);
  expect(said).toMatch(/\[10\/10\] Probe: A picture was uploaded, shown in every way, and deleted/);
  expect(said).toMatch(/https:\/\/example\.com\/setup\?token=[0-9a-f]{48}\n/);
  const { account } = desk.cloudflare;
  const secrets = account.running("edgepix")?.bindings.filter(({ type }) => type === "secret_text") ?? [];
  expect(secrets.map(({ name }) => name).sort()).toEqual(["ADMIN_TOKEN", "SETUP_TOKEN"]);
  expect(account.domains.get("src.example.com")).toBe("edgepix-src");
});

test("A key for programs is made in the deployment's database, by the command that setup names", {
  timeout: 120_000,
}, async () => {
  const { code, said } = await desk.type(
    "cli/keys.ts",
    "create",
    "--name",
    "laptop",
    "--deployment",
    "photos",
  );
  expect(code, said).toBe(0);
  const [database] = desk.cloudflare.account.databases.values();
  expect(database?.sqlite.prepare("select name, abilities from api_keys").all()).toEqual([
    { name: "laptop", abilities: "read,write" },
  ]);
});
