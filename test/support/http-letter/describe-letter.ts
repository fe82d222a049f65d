// Holds image URLs to `rows`, wherever they are asked: src itself, or the API Worker that asks src for them.
import { describe, expect, test } from "vitest";
import { type Row, rows, type Whole } from "./rows.ts";

export interface World {
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
  /** The paths of a photograph and of a drawing (SVG) of their own. */
  readonly photo: () => string;
  readonly drawing: () => string;
}

const renders = ["?w=20", "?w=30&h=30&fit=cover", "?w=20&format=webp", "?w=20&format=avif"];
/** Fetch would say that it takes gzip, and an emulator in between might zip a drawing. */
const plainly = { "Accept-Encoding": "identity" };
let spelling = 0;

export function describeLetter(name: string, { ask, photo, drawing }: World): void {
  /** An address that nobody has asked for; `isHeld`: and now somebody has. */
  async function addressOf(path: string, query: string, isHeld: boolean): Promise<string> {
    const url = `${path}${query}${query ? "&" : "?"}spelling=${++spelling}`;
    if (isHeld) await (await ask(url, { headers: plainly })).bytes();
    return url;
  }

  async function wholeOf(url: string): Promise<Whole> {
    const answer = await ask(`${url}&whole=1`, { headers: plainly });
    const of = (header: string) => answer.headers.get(header) ?? "";
    const bytes = await answer.bytes();
    return { etag: of("ETag"), lastModified: of("Last-Modified"), type: of("Content-Type"), bytes };
  }

  async function hold(path: string, query: string, isHeld: boolean, row: Row): Promise<void> {
    const url = await addressOf(path, query, isHeld);
    const whole = await wholeOf(url);
    const { method = "GET", status, answers, body } = row;
    const answer = await ask(url, { method, headers: { ...plainly, ...row.headers?.(whole) } });
    expect([answer.status, answer.headers.get("X-Cache")]).toEqual([status, isHeld ? "HIT" : "MISS"]);
    for (const [header, value] of Object.entries(answers?.(whole) ?? {})) {
      const given = answer.headers.get(header);
      if (value instanceof RegExp) expect(given, header).toMatch(value);
      else expect(given, header).toBe(value);
    }
    expect(await answer.bytes()).toEqual((body ?? (({ bytes }) => bytes))(whole));
  }

  describe.each(["", ...renders])(`${name}: '%s'`, (query) => {
    describe.each([false, true])("that the cache holds: %s", (isHeld) => {
      test.each(rows)("$says, $status (RFC 9110, $section)", (row) => hold(photo(), query, isHeld, row));
    });
  });

  test(`${name}: a render names what its steps took, also from the cache, and a plain answer has none (Server Timing, 3)`, async () => {
    for (const query of renders) {
      const url = await addressOf(photo(), query, true);
      expect((await ask(url)).headers.get("Server-Timing"), query).toMatch(/^(\w+;dur=[\d.]+(, )?)+$/);
    }
    expect((await ask(photo())).headers.get("Server-Timing")).toBeNull();
  });

  test.each(["?format=auto", "?format=auto&w=20"])(
    `${name}: '%s' alone varies by Accept (RFC 9110, 12.5.5)`,
    async (query) => {
      const url = await addressOf(photo(), query, false);
      for (const Accept of ["image/avif", "image/webp", "image/jpeg", "*/*"])
        for (const state of ["MISS", "HIT"]) {
          const answer = await ask(url, { headers: { Accept } });
          await answer.bytes();
          expect([answer.headers.get("Vary"), answer.headers.get("X-Cache")], Accept).toEqual([
            "Accept",
            state,
          ]);
        }
      const tag = (await ask(url, { headers: { Accept: "image/webp" } })).headers.get("ETag") ?? "";
      const known = await ask(url, { headers: { Accept: "image/webp", "If-None-Match": tag } });
      expect([known.status, known.headers.get("Vary")]).toEqual([304, "Accept"]);
    },
  );

  test.each([false, true])(
    `${name}: a drawing opened on its own has no origin (CSP 3, 6.1; that the cache holds: %s)`,
    async (isHeld) => {
      const url = await addressOf(drawing(), "", isHeld);
      for (const headers of [{}, { Range: "bytes=0-9" }]) {
        const answer = await ask(url, { headers: { ...plainly, ...headers } });
        await answer.bytes();
        expect(answer.headers.get("Content-Security-Policy")).toMatch(/^sandbox; default-src 'none'/);
        expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
      }
      expect((await ask(photo())).headers.get("Content-Security-Policy")).toBeNull();
    },
  );

  test.each(["POST", "PUT", "PATCH", "DELETE"])(
    `${name}: %s is not allowed (RFC 9110, 15.5.6)`,
    async (method) => {
      const answer = await ask(photo(), { method });
      await answer.bytes();
      expect([answer.status, answer.headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
      expect([
        answer.headers.get("Cache-Control"),
        answer.headers.get("Access-Control-Allow-Origin"),
      ]).toEqual(["no-store", "*"]);
    },
  );

  test(`${name}: a preflight is answered (Fetch, 3.3.6)`, async () => {
    const headers = {
      Origin: "https://another-site.example",
      "Access-Control-Request-Method": "GET",
      "Access-Control-Request-Headers": "x-of-mine",
    };
    const answer = await ask(photo(), { method: "OPTIONS", headers });
    expect([answer.status, answer.headers.get("Access-Control-Allow-Origin")]).toEqual([204, "*"]);
    expect(answer.headers.get("Access-Control-Allow-Headers")).toContain("x-of-mine");
  });

  test(`${name}: what is not there may be there in a moment (RFC 9111, 5.2.2.1), to GET and HEAD`, async () => {
    for (const method of ["GET", "HEAD"]) {
      const answer = await ask(photo().replace(/[a-z0-9]{8}(?=\.\w+$)/, "aaaaaaaa"), { method });
      await answer.bytes();
      expect([answer.status, answer.headers.get("Cache-Control")]).toEqual([404, "public, max-age=60"]);
      expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
    }
  });
}
