// The domains of the fake Cloudflare's account.
import * as z from "zod";
import type { FakeAccount } from "./account.ts";
import { Page, Refused, type Route } from "./answer.ts";

export function zoneRoutes(account: FakeAccount): readonly Route[] {
  const find = (id = "") => {
    const zone = account.zones.find((one) => one.id === id);
    if (!zone) throw new Refused(403, 9109, "Unauthorized to access requested resource");
    return zone;
  };
  return [
    [
      "GET",
      /^\/zones$/,
      ({ query }) => {
        const name = query.get("name");
        return new Page(
          account.zones
            .filter((one) => name === null || one.name === name)
            .map((one) => ({ id: one.id, name: one.name, status: "active", account: { id: account.id } })),
        );
      },
    ],
    [
      "GET",
      /^\/zones\/([^/]+)\/settings\/browser_cache_ttl$/,
      ({ caught: [id] }) => ttl(find(id).browserCacheTtl),
    ],
    [
      "PATCH",
      /^\/zones\/([^/]+)\/settings\/browser_cache_ttl$/,
      async ({ caught: [id], body }) => {
        const { value } = z.object({ value: z.number() }).parse(await body.json());
        find(id).browserCacheTtl = value;
        return ttl(value);
      },
    ],
    [
      "GET",
      /^\/zones\/([^/]+)\/dns_records$/,
      ({ caught: [id], query }) => {
        const name = query.get("name") ?? query.get("name.exact");
        const records = [...find(id).records].filter((one) => name === null || one === name);
        return new Page(
          records.map((one) => ({
            id: account.id32(),
            name: one,
            type: "A",
            content: "192.0.2.1",
            proxied: true,
          })),
        );
      },
    ],
    ["GET", /^\/zones\/([^/]+)\/workers\/routes$/, () => new Page([])],
  ];
}

const ttl = (value: number) => ({ id: "browser_cache_ttl", value, editable: true });
