// What src notes of views and renders, and that a view from a cache notes nothing, as no code runs for it.
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import Src from "../../workers/src/index.ts";
import { Variants } from "../../workers/src/variants.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { forgedHeaders } from "../support/forged.ts";
import { notePoints } from "../support/noted-points.ts";
import { storeImage } from "../support/stored-image.ts";

const photo = await fixtureBytes("coffee.jpg");

/** One view that no cache at the edge answers, through both entrypoints, with headers as a stranger may send them. */
async function view(path: string, init: RequestInit = {}, bindings: object = {}) {
  const { ANALYTICS, points } = notePoints();
  const all = { ...env, ANALYTICS, ...bindings };
  const context = Object.assign(createExecutionContext(), { cache: {} });
  // A loopback stub is a function.
  const through = Object.assign(() => undefined, {
    fetch: async (input: RequestInfo | URL, asked?: RequestInit) => {
      const variants: Variants = Reflect.construct(Variants, [context, all]);
      return variants.fetch(new Request(input, asked));
    },
  });
  Object.defineProperty(context, "exports", { value: { Variants: through } });
  const src: Src = Reflect.construct(Src, [context, all]);
  const answer = await src.fetch(new Request(`https://src.example.com${path}`, init));
  await answer.arrayBuffer();
  await waitOnExecutionContext(context);
  return { answer, points };
}

test("a plain view is one point, with its image, format and bytes", async () => {
  const { id, path } = await storeImage(photo);
  const { answer, points } = await view(path);
  expect(answer.status).toBe(200);
  expect(points).toEqual([
    {
      ...{
        kind: "request",
        worker: "src",
        route: "picture",
        code: "",
        cache: "plain",
        format: "jpg",
        source: "jpg",
      },
      ...{ image: id, status: 200, ms: expect.any(Number), received: 0, cpu_ms: 0 },
      bytes: Number(answer.headers.get("Content-Length")),
    },
  ]);
});

test("a render is a point of its own, with what it is predicted to take", async () => {
  const { id, path } = await storeImage(photo);
  const { points } = await view(`${path}?w=100&format=webp`);
  expect(points).toMatchObject([
    { kind: "render", cache: "made", format: "webp", source: "jpg", image: id, status: 200 },
    { kind: "request", cache: "variant", format: "webp", source: "jpg", image: id, status: 200 },
  ]);
  expect(points[0]?.cpu_ms).toBeGreaterThan(0);
});

test("a render that was kept in the bucket is told from one that was made", async () => {
  const { path } = await storeImage(await fixtureBytes("photo.jpg"));
  await view(`${path}?size=l&format=avif`);
  const { points } = await view(`${path}?size=l&format=avif`);
  expect(points).toMatchObject([{ kind: "render", cache: "kept", cpu_ms: 0 }, { kind: "request" }]);
});

test("who has the picture already is noted as told so", async () => {
  const { path } = await storeImage(photo);
  const etag = (await view(path)).answer.headers.get("ETag") ?? "";
  const { points } = await view(path, { headers: { "If-None-Match": etag } });
  expect(points).toMatchObject([{ kind: "request", cache: "unchanged", status: 304, bytes: 0 }]);
});

test("a refusal is noted by its code, at the render and at the view, and the code leaves in the body alone", async () => {
  const { path } = await storeImage(photo);
  const spent = { RENDERS: { limit: async () => ({ success: false }) } };
  const headers = { "CF-Connecting-IP": "203.0.113.99" };
  const { answer, points } = await view(`${path}?w=90`, { headers }, spent);
  expect(answer.status).toBe(429);
  expect(points).toMatchObject([
    { kind: "render", code: "rate_limited", status: 429, cache: "", cpu_ms: 0 },
    { kind: "request", code: "rate_limited", status: 429 },
  ]);
  expect(answer.headers.has("X-Refusal-Code")).toBe(false);
});

test("an image that is not there is noted without what was asked for", async () => {
  const { answer, points } = await view("/7c1/zzzzzzzz.jpg?download=ann-secret", { headers: forgedHeaders });
  expect(answer.status).toBe(404);
  expect(points).toMatchObject([{ code: "not_found", image: "", format: "", source: "", status: 404 }]);
});

test("forged headers change no point", async () => {
  const { path } = await storeImage(photo);
  const { answer, points } = await view(`${path}?w=80&download=ann-secret`, { headers: forgedHeaders });
  expect(answer.status).toBe(200);
  const noted = JSON.stringify(points);
  for (const word of ["forged", "ann", "198.51", "?"]) expect(noted).not.toContain(word);
});

test("monitors' questions are not noted", async () => {
  for (const path of ["/healthz", "/readyz"]) expect((await view(path)).points).toEqual([]);
});
