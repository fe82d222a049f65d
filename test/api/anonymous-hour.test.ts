// What may be stored without a key in an hour: by one network, and by everybody together.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { anonymousPoolSchema } from "../../schema/admin.ts";
import { errorSchema, imageSchema } from "../../schema/api.ts";
import { plans } from "../../schema/plans.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { failingAt } from "../support/failing.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";

const picture = await fixtureBytes("icon.ico");
const TOKEN = "an-operators-long-secret";

let hour = 0;
/** Each test has an hour of its own, as far as the ledger knows. */
beforeEach(async () => {
  const ledger = env.LEDGER.getByName("pool:hour");
  hour += 3_600_001;
  await ledger.hourFigures(Date.now() + hour);
});

afterEach(() => vi.restoreAllMocks());

const uploadFrom = (
  address: string,
  bindings: Readonly<Record<string, unknown>> = {},
  body: Uint8Array<ArrayBuffer> = picture,
) =>
  call(
    "/v1/images",
    { method: "POST", body, headers: { "CF-Connecting-IP": address, "Content-Type": "image/x-icon" } },
    bindings,
  );
const statuses = async (...answers: readonly Promise<Response>[]) =>
  (await Promise.all(answers)).map(({ status }) => status).sort();

const figures = async (bindings = {}) => {
  const headers = { Authorization: `Bearer ${TOKEN}` };
  const response = await call("/v1/admin/anonymous", { headers }, { ADMIN_TOKEN: TOKEN, ...bindings });
  return anonymousPoolSchema.parse(await response.json());
};

test.each([
  ["an IPv4 /24", ["192.0.2.1", "192.0.2.2", "192.0.2.255"], "192.0.3.1"],
  ["an IPv6 /48", ["2001:db8:7:1::1", "2001:db8:7:2::1", "2001:db8:7:ffff::1"], "2001:db8:8:1::1"],
])(
  "Uploads without a key are counted by %s, up to its number",
  async (_, [one = "", two = "", three = ""], other) => {
    const limits = { ANONYMOUS_NETWORK_UPLOADS_PER_HOUR: "2" };
    expect((await uploadFrom(one, limits)).status).toBe(201);
    expect((await uploadFrom(two, limits)).status).toBe(201);
    const refused = await uploadFrom(three, limits);
    expect(refused.status).toBe(429);
    const { error } = errorSchema.parse(await refused.json());
    expect(error).toMatchObject({
      code: "rate_limited",
      action: { type: "signup", url: "https://edgepix.test/" },
    });
    expect(error.message).toContain("from your network");
    expect(refused.headers.get("Retry-After")).toBe(String(error.action?.retry_after));
    expect(error.action?.retry_after).toBeGreaterThan(3_500);
    expect((await uploadFrom(other, limits)).status).toBe(201);
  },
);

test("Uploads without a key are counted by the bytes of a network, to the last one", async () => {
  const exact = { ANONYMOUS_NETWORK_BYTES_PER_HOUR: String(2 * picture.length) };
  const less = { ANONYMOUS_NETWORK_BYTES_PER_HOUR: String(2 * picture.length - 1) };
  expect((await uploadFrom("198.51.100.1", exact)).status).toBe(201);
  expect((await uploadFrom("198.51.100.2", less)).status).toBe(429);
  expect((await uploadFrom("198.51.100.2", exact)).status).toBe(201);
  expect((await uploadFrom("198.51.100.3", exact)).status).toBe(429);
});

test("Uploads without a key are counted from everywhere together, and a key is not held up", async () => {
  const limits = { ANONYMOUS_TOTAL_UPLOADS_PER_HOUR: "1", ANONYMOUS_TOTAL_BYTES_PER_HOUR: "1000000" };
  expect((await uploadFrom("192.0.2.1", limits)).status).toBe(201);
  const refused = await uploadFrom("198.51.100.1", limits);
  expect(refused.status).toBe(429);
  expect(errorSchema.parse(await refused.json()).error.message).toContain("of everybody");
  const bytes = { ANONYMOUS_TOTAL_BYTES_PER_HOUR: String(2 * picture.length - 1) };
  expect((await uploadFrom("198.51.100.1", bytes)).status).toBe(429);
  const { key } = await makeAccount();
  const headers = { ...authorization(key), "Content-Type": "image/x-icon" };
  expect((await call("/v1/images", { method: "POST", body: picture, headers }, limits)).status).toBe(201);
});

test("Twenty uploads at once from twenty networks with five left of the hour admit exactly five", async () => {
  const limits = { ANONYMOUS_TOTAL_UPLOADS_PER_HOUR: "5" };
  const answers = Array.from({ length: 20 }, (_, index) => uploadFrom(`10.1.${index}.1`, limits));
  expect(await statuses(...answers)).toEqual([...Array(5).fill(201), ...Array(15).fill(429)]);
  expect((await figures()).last_hour.uploads.used).toBe(5);
});

test("An upload that fails gives its hour back; one that is refused for its size never had it", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const limits = { ANONYMOUS_TOTAL_UPLOADS_PER_HOUR: "1" };
  const broken = { ...limits, ORIGINALS: failingAt(env.ORIGINALS, "put") };
  expect((await uploadFrom("192.0.2.9", broken)).status).toBe(502);
  expect((await uploadFrom("192.0.2.9", { ...limits, ANONYMOUS_STORAGE_BYTES: "12" })).status).toBe(403);
  expect((await uploadFrom("192.0.2.9", limits)).status).toBe(201);
});

test("A large file counts once, with its exact size", async () => {
  const large = new Uint8Array(6_000_000);
  large.set(await fixtureBytes("coffee.jpg"));
  const exact = { ANONYMOUS_TOTAL_BYTES_PER_HOUR: "6000000" };
  const less = { ANONYMOUS_TOTAL_BYTES_PER_HOUR: "5999999" };
  expect((await uploadFrom("192.0.2.1", less, large)).status).toBe(429);
  expect((await figures()).last_hour.bytes.used).toBe(0);
  expect((await uploadFrom("192.0.2.1", exact, large)).status).toBe(201);
  expect((await figures()).last_hour.bytes.used).toBe(6_000_000);
});

test("The hour slides: what is an hour old makes room, and the wait says when", async () => {
  const ledger = env.LEDGER.getByName("pool:of-this-test");
  const limits = { uploads: 3, bytes: 100 };
  const take = (imageId: string, bytes: number, minute: number) =>
    ledger.takeHour({ imageId, network: "n", bytes }, { all: limits, network: limits }, minute * 60_000);
  expect(await take("a", 40, 0)).toEqual({ outcome: "taken" });
  expect(await take("b", 40, 10)).toEqual({ outcome: "taken" });
  expect(await take("c", 20, 20)).toEqual({ outcome: "taken" });
  expect(await take("c", 20, 20), "again").toEqual({ outcome: "taken" });
  expect(await take("d", 0, 30)).toMatchObject({
    outcome: "spent",
    whose: "network",
    retryAfterSeconds: 1_800,
  });
  expect(await take("d", 50, 30)).toMatchObject({ retryAfterSeconds: 2_400 });
  expect(await take("d", 101, 30), "never").toMatchObject({ retryAfterSeconds: 3_600 });
  expect(await take("d", 40, 60)).toEqual({ outcome: "taken" });
  await ledger.giveHourBack("d");
  expect((await ledger.hourFigures(60 * 60_000)).uploads).toBe(2);
  expect((await ledger.hourFigures(80 * 60_000)).uploads).toBe(0);
});

test("GET /v1/admin/anonymous tells how full the pool is and who filled it in the last hour", async () => {
  const before = await figures();
  for (const address of ["192.0.2.1", "192.0.2.2", "2001:db8:7:1::1"]) {
    imageSchema.parse(await (await uploadFrom(address)).json());
  }
  const after = await figures({ ANONYMOUS_EVICTION: "oldest" });
  const size = picture.length;
  expect(after).toMatchObject({
    object: "anonymous_pool",
    images: before.images + 3,
    storage_bytes: { used: before.storage_bytes.used + 3 * size, limit: plans.anonymous.storageBytes },
    eviction: "oldest",
    last_hour: {
      uploads: { used: 3, limit: 1_000 },
      bytes: { used: 3 * size, limit: 500_000_000 },
      network_limits: { uploads: 60, bytes: 200_000_000 },
      networks: [
        { network: "192.0.2.0/24", uploads: 2, bytes: 2 * size },
        { network: "2001:db8:7::/48", uploads: 1, bytes: size },
      ],
    },
  });
  expect(after.fullest_part_bytes.used).toBeGreaterThanOrEqual(size);
  expect(after.fullest_part_bytes.limit).toBe(Math.floor(plans.anonymous.storageBytes / 12));
});

test("GET /v1/admin/anonymous is the operator's alone", async () => {
  const { key } = await makeAccount();
  const ask = (headers: Readonly<Record<string, string>>, bindings = {}) =>
    call("/v1/admin/anonymous", { headers }, bindings);
  expect((await ask({})).status).toBe(404);
  expect((await ask({}, { ADMIN_TOKEN: TOKEN })).status).toBe(401);
  expect((await ask(authorization(key), { ADMIN_TOKEN: TOKEN })).status).toBe(401);
});
