// Starts the whole product: storage and a made-up internet, both Workers limited, an account with a key and a first image.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../../test/harness/host/ports.ts";
import type { Base } from "../measure.ts";
import { lookUpOdd, tempers } from "../outside-hosts.ts";
import { buildDeployed } from "./deployed.ts";
import { type RunningProcess, startProcess } from "./limited-process.ts";
import { startOutside } from "./outside.ts";
import { seedDatabase } from "./seed.ts";
import { storageConfig } from "./storage-config.ts";
import { apiConfig, type Ports, srcConfig } from "./worker-configs.ts";

/** A Worker's process, warm and under its limit. */
export interface Limited extends RunningProcess {
  readonly base: Base;
}

export interface Product {
  readonly ports: Ports;
  readonly key: string;
  readonly image: { readonly id: string; readonly path: string };
  /** The processes as they are now: each restart makes new ones. */
  readonly workers: () => { readonly api: Limited; readonly src: Limited };
  /** Both Workers anew, and warmed up; what is stored stays. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const fixtures = join(import.meta.dirname, "../../../test/fixtures");

/** Through every codec once: compiling them is not an attack's doing. The first picture is the ordinary one. */
const warmth: readonly (readonly [picture: string, queries: readonly string[]])[] = [
  ["photo.jpg", ["w=200", "w=200&format=webp", "w=200&format=avif", "w=200&format=png", "w=200&blur=5"]],
  ["photo.webp", ["w=200&format=jpg"]],
  ["photo.avif", ["w=200&format=jpg"]],
  ["photo.heic", ["w=200"]],
  ["animation.gif", ["w=100"]],
  ["logo.png", ["w=100"]],
  ["scan.tiff", ["w=100"]],
];

export async function startProduct(): Promise<Product> {
  const deployed = { api: buildDeployed("wrangler.toml"), src: buildDeployed("workers/src/wrangler.toml") };
  const folder = mkdtempSync(join(tmpdir(), "edgepix-attack-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const name of ["d1", "r2", "rateLimit", "cache", "ledgers", "budgets"]) mkdirSync(join(folder, name));
  const outside = await startOutside(tempers, lookUpOdd);
  const ports: Ports = {
    d1: await freePort(),
    r2: await freePort(),
    rateLimit: await freePort(),
    cache: await freePort(),
    src: await freePort(),
    api: await freePort(),
    outside: outside.port,
  };
  const write = (name: string, text: string) => {
    const path = join(folder, `${name}.capnp`);
    writeFileSync(path, text);
    return path;
  };
  const { d1, r2, rateLimit, cache } = ports;
  const storage = await startProcess(
    write("storage", storageConfig(folder, { d1, r2, rateLimit, cache })),
    r2,
  );
  const key = await seedDatabase(d1);
  const configs = {
    src: write("src", srcConfig(deployed.src, folder, ports)),
    api: write("api", apiConfig(deployed.api, folder, ports)),
  };
  const start = async () => ({
    src: await startProcess(configs.src, ports.src),
    api: await startProcess(configs.api, ports.api),
  });

  const limited = async (worker: RunningProcess): Promise<Limited> => ({
    ...worker,
    base: await worker.limit(),
  });

  const first = await start();
  // One after the other, as after a restart: what lies idle at the start is then the same each time.
  const images: { id: string; path: string; queries: readonly string[] }[] = [];
  for (const [picture, queries] of warmth)
    images.push({ ...(await store(ports.api, key, picture)), queries });
  const [image] = images;
  if (!image) throw new Error("no image could be stored");
  const warmUp = async () => {
    for (const { path, queries } of images)
      for (const query of queries) await get(`http://127.0.0.1:${ports.src}${path}?${query}`);
  };
  await warmUp();
  let workers = { src: await limited(first.src), api: await limited(first.api) };
  return {
    ports,
    key,
    image,
    workers: () => workers,
    async restart() {
      await Promise.all([workers.api.stop(), workers.src.stop()]);
      const { src, api } = await start();
      await warmUp();
      await store(ports.api, key, "cat.jpg");
      workers = { src: await limited(src), api: await limited(api) };
    },
    async stop() {
      outside.stop();
      await Promise.all([storage.stop(), workers.api.stop(), workers.src.stop()]);
    },
  };
}

async function get(url: string): Promise<void> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  await answer.arrayBuffer();
}

async function store(port: number, key: string, name: string) {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/images`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/octet-stream" },
    body: readFileSync(join(fixtures, name)),
  });
  const text = await answer.text();
  const [, id] = /"id":"(\w+)"/.exec(text) ?? [];
  const [, path] = /"url":"https?:\/\/[^/]+(\/[^"]+)"/.exec(text) ?? [];
  if (id === undefined || path === undefined) throw new Error(`${name} could not be stored: ${text}`);
  return { id, path };
}
