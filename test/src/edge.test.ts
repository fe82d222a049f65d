// The cache in front of the front door: what it holds is answered without a look into the database, and to the letter of HTTP.
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { outputFormats } from "../../schema/facts.ts";
import { parseImageUrl } from "../../workers/shared/image-url.ts";
import { edgeSeconds, untilExpiry } from "../../workers/src/edge/directives.ts";
import Src from "../../workers/src/index.ts";
import { wantedBy } from "../../workers/src/plan/accept.ts";
import { askForVariant } from "../../workers/src/variants.ts";
import { countRows } from "../harness/counting-database.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask } from "./src-request.ts";

const photo = await fixtureBytes("cat.jpg");
let path: string;
beforeAll(async () => {
  ({ path } = await storeImage(photo));
});

/** Asked once before: the edge holds it. */
async function askHeld(query: string, init?: RequestInit): Promise<Response> {
  await (await ask(path + query)).bytes();
  return ask(path + query, init);
}

describe.each(["", "?w=20", "?size=s"])("a picture that the edge holds, asked for with '%s',", (query) => {
  test("is answered without a row of the database", async () => {
    await (await ask(path + query)).bytes();
    const { database, rows } = countRows(env.DB);
    const context = createExecutionContext();
    const src = new Src(context, { ...env, DB: database });
    const answer = await src.fetch(new Request(`https://src.example.com${path}${query}`));
    expect((await answer.bytes()).length).toBeGreaterThan(100);
    await waitOnExecutionContext(context);
    expect([answer.headers.get("X-Cache"), rows.read]).toEqual(["HIT", 0]);
  });

  test("is the same as it was, headers and all", async () => {
    const url = `${path}${query}${query ? "&" : "?"}nonsense=${query.length}`;
    const [first, second] = [await ask(url), await ask(url)];
    const headersOf = (answer: Response) =>
      [...answer.headers].filter(([name]) => !["x-cache", "server-timing"].includes(name));
    expect([first.headers.get("X-Cache"), second.headers.get("X-Cache")]).toEqual(["MISS", "HIT"]);
    expect(headersOf(second)).toEqual(headersOf(first));
    expect(await second.bytes()).toEqual(await first.bytes());
    expect(second.headers.has("Cloudflare-CDN-Cache-Control")).toBe(false);
  });

  test.each([
    ["If-None-Match", (etag: string) => etag, 304],
    ["If-None-Match", (etag: string) => `"other", W/${etag}`, 304],
    ["If-None-Match", () => "*", 304],
    ["If-None-Match", () => '"other"', 200],
    ["If-Modified-Since", () => "Fri, 01 May 2026 09:30:00 GMT", 304],
    ["If-Modified-Since", () => "Fri, 01 May 2026 09:29:59 GMT", 200],
    ["Range", () => "bytes=0-9", 206],
    ["Range", () => "bytes=-5", 206],
    ["Range", () => "bytes=7-", 206],
    ["Range", () => "bytes=0-1,4-5", 200],
    ["Range", () => "bytes=999999999-", 416],
  ])("answers %s as RFC 9110 says", async (name, value, status) => {
    const held = await askHeld(query);
    const whole = await held.bytes();
    const wanted = value(held.headers.get("ETag") ?? "");
    const answer = await ask(path + query, { headers: { [name]: wanted } });
    expect([answer.status, answer.headers.get("X-Cache")]).toEqual([status, "HIT"]);
    const body = await answer.bytes();
    if (status === 304) expect(body.length).toBe(0);
    if (status === 206) {
      const [, first, last, length] =
        /^bytes (\d+)-(\d+)\/(\d+)$/.exec(answer.headers.get("Content-Range") ?? "") ?? [];
      expect(Number(length)).toBe(whole.length);
      expect(body).toEqual(whole.slice(Number(first), Number(last) + 1));
    }
    if (status === 416) expect(answer.headers.get("Content-Range")).toBe(`bytes */${whole.length}`);
  });

  test("gives a part only of the version that If-Range names", async () => {
    const etag = (await askHeld(query)).headers.get("ETag") ?? "";
    const partFor = (version: string) =>
      ask(path + query, { headers: { Range: "bytes=0-9", "If-Range": version } });
    expect([(await partFor(etag)).status, (await partFor('"older"')).status]).toEqual([206, 200]);
  });

  test("answers HEAD like GET, without a body", async () => {
    const get = await askHeld(query);
    const head = await ask(path + query, { method: "HEAD" });
    expect(head.status).toBe(200);
    expect((await head.bytes()).length).toBe(0);
    for (const name of ["ETag", "Content-Type", "Content-Length", "Cache-Control", "Last-Modified"])
      expect(head.headers.get(name), name).toBe(get.headers.get(name));
  });
});

test("A part of a render that nobody holds yet is a part of the whole", async () => {
  const answer = await ask(`${path}?w=23`, { headers: { Range: "bytes=0-9" } });
  expect([answer.status, (await answer.bytes()).length]).toEqual([206, 10]);
});

test("format=auto is held for each literal Accept, and nothing else is", async () => {
  const typeFor = async (query: string, accept: string) => {
    const answer = await ask(path + query, { headers: { Accept: accept } });
    await answer.bytes();
    return [answer.headers.get("Content-Type"), answer.headers.get("X-Cache")];
  };
  const query = "?format=auto&w=31";
  expect(await typeFor(query, "image/webp")).toEqual(["image/webp", "MISS"]);
  expect(await typeFor(query, "*/*")).toEqual(["image/jpeg", "MISS"]);
  expect(await typeFor(query, "image/webp")).toEqual(["image/webp", "HIT"]);
  expect(await typeFor("?w=32", "image/webp")).toEqual(["image/jpeg", "MISS"]);
  expect(await typeFor("?w=32", "*/*")).toEqual(["image/jpeg", "HIT"]);
});

test("A deleted picture is gone from plain, sizes and renders once it is purged, and a neighbour stays", async () => {
  const [gone, neighbour] = [await storeImage(photo), await storeImage(photo)];
  const queries = ["", "?size=s", "?w=20", "?format=webp"];
  for (const { path } of [gone, neighbour])
    for (const query of queries) await (await ask(path + query)).bytes();
  await env.DB.prepare("delete from images where id = ?").bind(gone.id).run();
  expect(await exports.default.purge([gone.id])).toBe(true);
  for (const query of queries) {
    expect((await ask(gone.path + query)).status, query).toBe(404);
    expect((await ask(neighbour.path + query)).headers.get("X-Cache"), query).toBe("HIT");
  }
});

test("A 404 is held for a moment, and goes with the purge of its image", async () => {
  const blocked = await storeImage(photo, { status: "blocked" });
  for (const state of ["MISS", "HIT"]) expect((await ask(blocked.path)).headers.get("X-Cache")).toBe(state);
  await env.DB.prepare("update images set status = 'ready' where id = ?").bind(blocked.id).run();
  await exports.default.purge([blocked.id]);
  expect((await ask(blocked.path)).status).toBe(200);
});

describe("a request that a stranger made long", () => {
  const many = Array.from({ length: 10_000 }, () => "x=1").join("&");
  const accept = `image/avif${",image/x;q=0.5".repeat(3_500)}`;
  test.each([
    ["10,000 parameters", `?w=20&${many}`, {}, 200],
    ["a parameter of 60 KB", `?w=20&name=${"9".repeat(60_000)}`, {}, 200],
    ["10,000 parameters on the plain original", `?${many}`, {}, 200],
    ["an Accept of 50 KB", "?w=20&format=auto", { Accept: accept }, 200],
    ["a path of 60 KB", `/${"a".repeat(60_000)}`, {}, 404],
    ["an id of 60 KB", `/../../attack/${"a".repeat(60_000)}.jpg`, {}, 404],
  ])("with %s is answered as a short one is, and held by a short name", async (_, tail, headers, status) => {
    const names = vi.spyOn(Cache.prototype, "match");
    onTestFinished(() => names.mockRestore());
    const first = await ask(path + tail, { headers });
    await first.bytes();
    const second = await ask(path + tail, { headers });
    await second.bytes();
    expect([first.status, first.headers.get("X-Cache")]).toEqual([status, "MISS"]);
    expect([second.status, second.headers.get("X-Cache")]).toEqual([status, "HIT"]);
    // Where the cache is another process, its server takes no more of a URL than 64 KB, and the answer was a 500.
    const lengths = names.mock.calls.map(([name]) => String(name).length);
    expect(lengths.length).toBeGreaterThan(1);
    expect(Math.max(...lengths)).toBeLessThan(200);
  });

  test.each([
    ["?w=20&f=auto&bg=tomato&g=0.3x0.7&nonsense=", "image/webp;q=0.4,"],
    ["?download=", "*/*;"],
  ])("is named in few words behind the front door (%s)", async (query, words) => {
    const told: Request[] = [];
    const variants = {
      fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
        told.push(new Request(input, init));
        return new Response();
      },
    };
    const url = `https://src.example.com${path}${query}${"9".repeat(60_000)}`;
    const request = new Request(url, { headers: { Accept: words + "image/x,".repeat(6_000) } });
    await askForVariant(variants, { storage: "7c1", id: "aaaaaaaa" }, "version", request, "a-request");
    const [{ headers } = new Request("https://none")] = told;
    const parsed = parseImageUrl(new URL(headers.get("X-Image-Url") ?? ""));
    expect(parsed).toEqual(parseImageUrl(new URL(url)));
    const wantedIn = (accept: string) => outputFormats.map((format) => wantedBy(accept, format));
    expect(wantedIn(headers.get("Accept") ?? "")).toEqual(wantedIn(request.headers.get("Accept") ?? ""));
    expect([...headers].join().length).toBeLessThan(1_000);
  });

  test("is told from another that differs only at its end", async () => {
    const long = `?name=${"9".repeat(60_000)}`;
    await (await ask(`${path}${long}&w=20`)).bytes();
    expect((await ask(`${path}${long}&w=21`)).headers.get("X-Cache")).toBe("MISS");
  });
});

test("What came through Cloudflare without Workers Caching is held by nobody: no purge could reach it", async () => {
  const init = { headers: { "CF-Ray": "8f0000000000aaaa-FRA" } };
  for (let time = 0; time < 2; time++)
    expect((await ask(`${path}?w=37`, init)).headers.has("X-Cache")).toBe(false);
});

describe("what the edge is told", () => {
  const DAY = 86_400_000;
  const now = Date.UTC(2026, 10, 26);
  const secondsFor = (expiresAt: number | null) => edgeSeconds(new Headers(untilExpiry(expiresAt, now)));

  test("is a week, however long browsers may keep it", () => {
    expect(secondsFor(null)).toBe(604_800);
    expect(secondsFor(now + 400 * DAY)).toBe(604_800);
    expect(secondsFor(now + 30 * DAY)).toBe(604_800);
  });

  test("ends before the image does, by as long as the answer may take", () => {
    expect(secondsFor(now + DAY)).toBe(86_340);
    expect(secondsFor(now + 30_000)).toBe(0);
    expect(secondsFor(now - 1)).toBe(0);
  });

  test("never lets it serve what is stale", () => {
    for (const expiresAt of [null, now + DAY]) {
      const directives = untilExpiry(expiresAt, now)["Cloudflare-CDN-Cache-Control"] ?? "";
      expect(directives).toContain("stale-if-error=0");
      expect(directives).not.toContain("stale-while-revalidate");
    }
  });

  test("reaches the edge on every answer of ours", async () => {
    const context = Object.assign(createExecutionContext(), {
      cache: { purge: async () => ({ success: true, errors: [] }) },
    });
    const front: Src = Reflect.construct(Src, [context, env]);
    const secondsOf = async (url: string, init?: RequestInit) =>
      edgeSeconds((await front.fetch(new Request(`https://src.example.com${url}`, init))).headers);
    expect(await secondsOf(path)).toBe(604_800);
    expect(await secondsOf(`${path}?w=20`)).toBe(604_800);
    expect(await secondsOf("/7c1/aaaaaaaa.jpg")).toBe(60);
    expect(await secondsOf(path, { method: "POST" })).toBe(0);
  });
});
