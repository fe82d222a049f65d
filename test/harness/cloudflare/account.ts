// What the fake Cloudflare holds of one account. Tests write into it what a real account would have.
import { DatabaseSync } from "node:sqlite";

export interface FakeDatabase {
  readonly uuid: string;
  readonly name: string;
  readonly sqlite: DatabaseSync;
}

export interface FakeVersion {
  readonly id: string;
  readonly number: number;
  readonly annotations: Readonly<Record<string, string>>;
  /** As wrangler sent them, secrets too. */
  readonly bindings: readonly FakeBinding[];
}

export interface FakeBinding {
  readonly name: string;
  readonly type: string;
  readonly text?: string | undefined;
  readonly service?: string | undefined;
}

/** Which versions answer, and how many of 100 requests each. */
export type FakeDeployment = readonly { readonly version_id: string; readonly percentage: number }[];

export interface FakeWorker {
  readonly versions: FakeVersion[];
  /** Newest first. */
  readonly deployments: FakeDeployment[];
  migrationTag: string | undefined;
  isOnSubdomain: boolean;
  schedules: unknown[];
}

export interface FakeZone {
  readonly id: string;
  readonly name: string;
  /** Seconds; 0 respects what the origin says. */
  browserCacheTtl: number;
  /** Host names that have DNS records of their own. */
  readonly records: Set<string>;
}

/** A row of a dataset. */
export interface FakePoint {
  /** Unix milliseconds. */
  readonly at: number;
  /** How many points it stands for. */
  readonly sampleInterval: number;
  readonly index: string;
  readonly blobs: readonly string[];
  readonly doubles: readonly number[];
}

export class FakeAccount {
  readonly id = "0123456789abcdef0123456789abcdef";
  readonly name = "Ann's account";
  readonly tokens = new Set(["a-token"]);
  plan: "paid" | "free" = "paid";
  isR2On = true;
  /** Of workers.dev; undefined until somebody chose one. */
  subdomain: string | undefined = "ann";
  readonly databases = new Map<string, FakeDatabase>();
  readonly buckets = new Set<string>();
  readonly workers = new Map<string, FakeWorker>();
  /** Of Analytics Engine: what was written, by the names of its datasets. */
  readonly datasets = new Map<string, FakePoint[]>();
  readonly zones: FakeZone[] = [];
  /** Which Worker answers at which host. */
  readonly domains = new Map<string, string>();
  #count = 0;

  /** A new id, the same in every run. */
  id32(): string {
    return (++this.#count).toString(16).padStart(32, "0");
  }

  uuid(): string {
    return `00000000-0000-4000-8000-${(++this.#count).toString(16).padStart(12, "0")}`;
  }

  addDatabase(name: string): FakeDatabase {
    const database = { uuid: this.uuid(), name, sqlite: new DatabaseSync(":memory:") };
    this.databases.set(database.uuid, database);
    return database;
  }

  addZone(name: string): FakeZone {
    const zone = { id: this.id32(), name, browserCacheTtl: 14_400, records: new Set<string>() };
    this.zones.push(zone);
    return zone;
  }

  /** The zone that a host lies in. */
  zoneOf(host: string): FakeZone | undefined {
    return this.zones.find(({ name }) => host === name || host.endsWith(`.${name}`));
  }

  /** The version that answers most. */
  running(worker: string): FakeVersion | undefined {
    const found = this.workers.get(worker);
    const [most] = found?.deployments[0]?.toSorted((a, b) => b.percentage - a.percentage) ?? [];
    return found?.versions.find(({ id }) => id === most?.version_id);
  }

  /** How many of 100 requests each release answers. */
  shares(worker: string): Record<string, number> {
    const found = this.workers.get(worker);
    const nameOf = (id: string) =>
      found?.versions.find((one) => one.id === id)?.annotations["workers/tag"] ?? id;
    const [newest = []] = found?.deployments ?? [];
    return Object.fromEntries(newest.map(({ version_id, percentage }) => [nameOf(version_id), percentage]));
  }
}
