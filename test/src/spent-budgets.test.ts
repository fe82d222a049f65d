// What a flood of made-up variants costs once a budget is spent: nothing but reading their addresses. By a clock that stands still.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import Src from "../../workers/src/index.ts";
import { quadrants } from "../support/drawing.ts";
import { FakePlatform } from "../support/edge/fake-platform.ts";
import { storeImage } from "../support/stored-image.ts";
import { pngOf } from "./src-request.ts";

const origin = "https://src.example.com";
const start = Date.now();
let clock = start;
const pass = (ms: number) => {
  clock += ms;
  vi.setSystemTime(clock);
};

/** Every address of a visitor's own network. */
let networks = 0;
const stranger = () => {
  networks++;
  return { "CF-Connecting-IP": `198.18.${networks >> 8}.${networks & 255}` };
};

async function flooded() {
  const platform = new FakePlatform();
  const image = await storeImage(await pngOf(quadrants(400, 2)));
  const view = async (query: string, headers = stranger()) => {
    const answer = await platform.view(origin + image.path + query, headers);
    await answer.bytes();
    return answer;
  };
  let minted = 0;
  const mint = (headers = stranger()) => view(`?w=200&h=${101 + minted++}&fit=squeeze`, headers);
  const spent = async () => {
    for (let n = 0; n < 200; n++) if ((await mint()).status === 429) return;
    throw new Error("nothing is ever refused");
  };
  const cost = () => [platform.rows, platform.behind.runs];
  return { ...image, platform, view, mint, spent, cost };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  // What an earlier test has left is over.
  pass(10_000);
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a flood of made-up variants of one image", () => {
  test("is refused without a row, a render or a question to a budget, and asked about once a second", async () => {
    const { mint, spent, cost } = await flooded();
    await spent();
    const before = cost();
    for (let n = 0; n < 300; n++) {
      const answer = await mint();
      expect([answer.status, answer.headers.get("Retry-After")]).toEqual([429, "60"]);
      expect(answer.headers.get("Cache-Control")).toBe("no-store");
      expect(answer.headers.get("X-Spent-Budget")).toBeNull();
    }
    expect(cost()).toEqual(before);
    pass(1_000);
    await mint();
    expect(cost()).not.toEqual(before);
  });

  test("takes nothing from plain pictures, named sizes, common widths and what has been answered, however it is spelled", async () => {
    const { view, spent, path } = await flooded();
    const made = await view("?w=211&h=99&fit=squeeze");
    await spent();
    for (const query of ["", "?size=s", "?w=320", "?w=320&format=webp", "?h=99&fit=squeeze&w=211&x=1"])
      expect((await view(query)).status, path + query).toBe(200);
    const again = { ...stranger(), "If-None-Match": made.headers.get("ETag") ?? "" };
    expect((await view("?fit=squeeze&h=99&w=211", again)).status).toBe(304);
  });

  test("takes nothing from another image, and tells nobody that there is one under another owner's path", async () => {
    const { spent, platform, id } = await flooded();
    const other = await flooded();
    await spent();
    expect((await other.mint()).status).toBe(200);
    const elsewhere = await platform.view(`${origin}/zzz/${id}.png?w=7&h=9&fit=squeeze`, stranger());
    expect(elsewhere.status).toBe(404);
  });

  test("ends at once for an image that is deleted, where its purge is told, and in a second elsewhere", async () => {
    const { mint, spent, id, platform } = await flooded();
    await spent();
    await env.DB.prepare("delete from images where id = ?").bind(id).run();
    expect((await mint()).status).toBe(429);
    pass(1_000);
    expect((await mint()).status).toBe(404);

    const told = await flooded();
    await told.spent();
    await env.DB.prepare("delete from images where id = ?").bind(told.id).run();
    const front: Src = Reflect.construct(Src, [platform.front.edge.context(), env]);
    await front.purge([told.id]);
    expect((await told.mint()).status).toBe(404);
  });

  test("is one of a picture that is blocked and unblocked meanwhile: 404 while it is, what its row says after", async () => {
    const { mint, view, spent, id, platform } = await flooded();
    const front: Src = Reflect.construct(Src, [platform.front.edge.context(), env]);
    const become = async (status: string) => {
      await env.DB.prepare("update images set status = ? where id = ?").bind(status, id).run();
      await front.purge([id]);
    };
    const made = "?w=207&h=77&fit=squeeze";
    await view(made);
    await spent();
    await become("blocked");
    for (const query of ["", "?size=s", made]) expect((await view(query)).status, query).toBe(404);
    expect((await mint()).status).toBe(404);
    await become("ready");
    for (const query of ["", "?size=s", made]) expect((await view(query)).status, query).toBe(200);
    // Its budget is spent as before; a minute may have begun meanwhile.
    expect([200, 429]).toContain((await mint()).status);
  });

  test("is refused in whatever way it asks: HEAD, parts and conditions, and with nonsense; what is no address is told so", async () => {
    const { spent, platform, path, cost } = await flooded();
    await spent();
    const before = cost();
    const front: Src = Reflect.construct(Src, [platform.front.edge.context(), env]);
    const ask = (query: string, init: RequestInit) =>
      front.fetch(new Request(`${origin}${path}${query}`, init));
    const odd = "?w=33&h=34&fit=squeeze&x=%ff%00&w=99999999999&bg=%";
    for (const [method, more] of [
      ["HEAD", {}],
      ["GET", { Range: "bytes=0-1" }],
      ["GET", { "If-None-Match": "*" }],
    ] as const) {
      const answer = await ask(odd, { method, headers: { ...stranger(), ...more } });
      expect([answer.status, answer.headers.get("Retry-After")], method).toEqual([429, "60"]);
    }
    expect((await ask(odd, { method: "POST", headers: stranger() })).status).toBe(405);
    expect(cost()).toEqual(before);
  });

  test("is no image's where the operator makes no difference between variants", async () => {
    const { mint, spent, path } = await flooded();
    await spent();
    const any = new FakePlatform({ VARIANTS: "any" });
    expect((await mint()).status).toBe(429);
    const answer = await any.view(`${origin}${path}?w=17&h=19&fit=squeeze`, stranger());
    expect(answer.status).toBe(200);
  });
});

describe("a network that has spent its renders", () => {
  test("is refused unread, whatever image it mints from, and nobody else is", async () => {
    const headers = stranger();
    const { view } = await flooded();
    const { limit } = env.RENDERS;
    const key = headers["CF-Connecting-IP"];
    for (let n = 0; n < 700; n++) if (!(await limit.call(env.RENDERS, { key })).success) break;
    const refusal = await view("?w=301", headers);
    expect(refusal.status).toBe(429);
    expect(refusal.headers.get("X-Spent-Budget")).toBeNull();
    const other = await flooded();
    const before = other.cost();
    expect((await other.view("?w=5&h=5&fit=squeeze", headers)).status).toBe(429);
    expect(other.cost()).toEqual(before);
    expect((await other.view("?w=5&h=5&fit=squeeze")).status).toBe(200);
  });
});
