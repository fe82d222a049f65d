import { beforeAll, describe, expect, test } from "vitest";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask } from "./src-request.ts";

let photo: Uint8Array<ArrayBuffer>;
let path: string;
beforeAll(async () => {
  photo = await fixtureBytes("cat.jpg");
  ({ path } = await storeImage(photo));
});

const etagOf = async (url: string) => (await ask(url, { method: "HEAD" })).headers.get("ETag");

describe("an image URL", () => {
  test("takes GET and HEAD only", async () => {
    const answer = await ask(path, { method: "POST", body: "x" });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("Allow")).toBe("GET, HEAD");
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    expect(await answer.json()).toMatchObject({ error: { code: "method_not_allowed" } });
  });

  test.each(["/", "/favicon.ico", "/7c1/aaaaaaaa.jpg", "/7c1/k3f9x0qa", "/7c1/..%2f..%2fetc.jpg"])(
    "answers 404 for %s, and caches that shortly",
    async (unknown) => {
      const answer = await ask(unknown);
      expect(answer.status).toBe(404);
      expect(answer.headers.get("Cache-Control")).toBe("public, max-age=60");
      expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
      expect(answer.headers.get("Content-Security-Policy")).toBe(
        "default-src 'none'; frame-ancestors 'none'",
      );
    },
  );

  test.each(["svg", "tiff", "heic", "ico", "exe", "JPG"])(
    "with the extension .%s is the picture in its own format, and says so",
    async (extension) => {
      for (const query of ["", "?w=20"]) {
        const answer = await ask(path.replace(/jpg$/, extension) + query);
        expect(answer.status).toBe(200);
        expect(answer.headers.get("Content-Type")).toBe("image/jpeg");
        expect((await answer.bytes()).subarray(0, 3)).toEqual(new Uint8Array([0xff, 0xd8, 0xff]));
      }
    },
  );

  test("is 404 under another account's storage", async () => {
    expect((await ask(path.replace("/7c1/", "/9zz/"))).status).toBe(404);
  });

  test.each([
    ["expired", { expiresAt: Date.UTC(2026, 4, 2) }],
    ["blocked", { status: "blocked" }],
    ["failed", { status: "failed" }],
  ] as const)("is 404 when the image is %s", async (_, changes) => {
    expect((await ask((await storeImage(photo, changes)).path)).status).toBe(404);
  });

  test("still works when the image's page is not public", async () => {
    expect((await ask((await storeImage(photo, { public: false })).path)).status).toBe(200);
  });

  test("may be kept for ever, shown anywhere, and is taken for nothing else", async () => {
    for (const url of [path, `${path}?w=20`]) {
      expect(Object.fromEntries((await ask(url)).headers)).toMatchObject({
        "cache-control": "public, max-age=31536000, immutable",
        "access-control-allow-origin": "*",
        "cross-origin-resource-policy": "cross-origin",
        "timing-allow-origin": "*",
        "x-content-type-options": "nosniff",
        "last-modified": "Fri, 01 May 2026 09:30:00 GMT",
      });
    }
  });

  test("may be kept only until the image expires", async () => {
    const expiring = await storeImage(photo, { expiresAt: Date.now() + 3_600_000 });
    const [, seconds] =
      /^public, max-age=(\d+)$/.exec((await ask(expiring.path)).headers.get("Cache-Control") ?? "") ?? [];
    expect(Number(seconds)).toBeGreaterThan(3_590);
    expect(Number(seconds)).toBeLessThanOrEqual(3_600);
  });
});

describe("validators", () => {
  test("are the same for two spellings of one picture", async () => {
    expect(await etagOf(`${path}?w=40&format=webp`)).toBe(
      await etagOf(`${path}?f=webp&nonsense=1&width=40&dpr=1&fit=scale-down`),
    );
    expect(await etagOf(`${path}?w=40&format=webp`)).toBe(
      await etagOf(`${path.replace(".jpg", ".webp")}?w=40`),
    );
  });

  test("differ between pictures that differ", async () => {
    const tags = await Promise.all([path, `${path}?w=40`, `${path}?w=41`, `${path}?w=40&q=50`].map(etagOf));
    expect(new Set(tags).size).toBe(4);
  });

  test.each(["", "?w=33&q=44"])("give 304 with no body for %s", async (query) => {
    const etag = (await etagOf(path + query)) ?? "";
    const answer = await ask(path + query, { headers: { "If-None-Match": `"other", W/${etag}` } });
    expect(answer.status).toBe(304);
    expect(answer.headers.get("ETag")).toBe(etag);
    expect(await answer.text()).toBe("");
  });

  test("by date give 304 too, unless a tag says otherwise", async () => {
    const headers = { "If-Modified-Since": "Fri, 01 May 2026 09:30:00 GMT" };
    expect((await ask(path, { headers })).status).toBe(304);
    expect((await ask(path, { headers: { ...headers, "If-None-Match": '"other"' } })).status).toBe(200);
    expect(
      (await ask(path, { headers: { "If-Modified-Since": "Fri, 01 May 2026 09:29:59 GMT" } })).status,
    ).toBe(200);
    expect((await ask(path, { headers: { "If-Modified-Since": "yesterday" } })).status).toBe(200);
  });
});

describe("HEAD", () => {
  test.each(["", "?w=21"])("answers the headers of GET for %s", async (query) => {
    const [head, get] = [await ask(path + query, { method: "HEAD" }), await ask(path + query)];
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
    for (const name of ["ETag", "Content-Type", "Cache-Control"])
      expect(head.headers.get(name)).toBe(get.headers.get(name));
  });
});

describe("Range", () => {
  const bytesOf = async (range: string, more: Record<string, string> = {}) =>
    ask(path, { headers: { Range: range, ...more } });

  test.each([
    ["bytes=0-9", 0, 10],
    ["bytes=100-", 100, undefined],
    ["bytes=-16", -16, undefined],
    ["bytes=40-999999999", 40, undefined],
  ])("%s is a part of the bytes as served", async (range, start, end) => {
    const whole = await (await ask(path)).bytes();
    const answer = await bytesOf(range);
    const expected = whole.slice(start, end);
    expect(answer.status).toBe(206);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(expected);
    const first = start < 0 ? whole.length + start : start;
    expect(answer.headers.get("Content-Range")).toBe(
      `bytes ${first}-${first + expected.length - 1}/${whole.length}`,
    );
  });

  test("beyond the end is 416 with the length", async () => {
    const { length } = await (await ask(path)).bytes();
    const answer = await bytesOf("bytes=999999999-");
    expect(answer.status).toBe(416);
    expect(answer.headers.get("Content-Range")).toBe(`bytes */${length}`);
  });

  test.each(["bytes=9-1", "bytes=", "bytes=0-1,4-5", "pages=1-2", "bytes=a-b"])(
    "%s is ignored",
    async (range) => {
      expect((await bytesOf(range)).status).toBe(200);
    },
  );

  test("is ignored when If-Range names another version", async () => {
    expect((await bytesOf("bytes=0-9", { "If-Range": '"older"' })).status).toBe(200);
    expect((await bytesOf("bytes=0-9", { "If-Range": (await etagOf(path)) ?? "" })).status).toBe(206);
  });
});

describe("download", () => {
  test.each([
    ["?download=1", `attachment; filename="picture.jpg"; filename*=UTF-8''picture.jpg`],
    ["?download=harbour.jpg", `attachment; filename="harbour.jpg"; filename*=UTF-8''harbour.jpg`],
    [
      "?download=holiday&format=webp&w=9",
      `attachment; filename="holiday.webp"; filename*=UTF-8''holiday.webp`,
    ],
    [
      "?download=caf%C3%A9%22%0D%0Ax",
      `attachment; filename="caf__x.jpg"; filename*=UTF-8''caf%C3%A9%22x.jpg`,
    ],
    [
      "?download=../../etc/passwd",
      `attachment; filename="....etcpasswd.jpg"; filename*=UTF-8''....etcpasswd.jpg`,
    ],
  ])("%s names the file", async (query, expected) => {
    expect((await ask(path + query)).headers.get("Content-Disposition")).toBe(expected);
  });

  test("does not make another picture of it", async () => {
    expect(await etagOf(`${path}?download=1`)).toBe(await etagOf(path));
  });
});

describe("format=auto", () => {
  const typeFor = async (accept: string, query = "?format=auto&w=40") => {
    const answer = await ask(path + query, { headers: { Accept: accept } });
    return [answer.headers.get("Content-Type"), answer.headers.get("Vary")];
  };

  test("answers what the browser takes, and says that it varies", async () => {
    expect(await typeFor("image/avif,image/webp,*/*")).toEqual(["image/avif", "Accept"]);
    expect(await typeFor("image/webp,*/*")).toEqual(["image/webp", "Accept"]);
    expect(await typeFor("*/*")).toEqual(["image/jpeg", "Accept"]);
    expect(await typeFor("*/*", "?format=auto")).toEqual(["image/jpeg", "Accept"]);
  });

  test("only it varies", async () => {
    expect(await typeFor("image/webp", "?w=40")).toEqual(["image/jpeg", null]);
  });
});
