// A picture is kept under a name that says what it shows: what a row that changed meanwhile makes of a request is not kept under the old name.
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { expect, test } from "vitest";
import { images } from "../../schema/tables.ts";
import { decide } from "../../workers/src/door/decide.ts";
import { versionOf } from "../../workers/src/door/version.ts";
import Src from "../../workers/src/index.ts";
import { askForVariant, stays, Variants } from "../../workers/src/variants.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { secrets } from "../support/make-fixtures/exif.ts";
import { storeImage } from "../support/stored-image.ts";

/** Asks the renderer for the picture that was named, as the front door does. */
async function askForNamed(id: string, name: string, request: Request) {
  const context = createExecutionContext();
  const variants = new Variants(context, env);
  const through = {
    fetch: async (input: RequestInfo | URL, init?: RequestInit) => variants.fetch(new Request(input, init)),
  };
  const answer = await askForVariant(through, { storage: "7c1", id }, name, request, "a-request");
  const body = await answer.bytes();
  await waitOnExecutionContext(context);
  return { answer, body };
}

test("hidden metadata that was allowed for a moment is not served once it is taken back", async () => {
  const { id, path } = await storeImage(await fixtureBytes("photo-portrait.jpg"));
  const request = new Request(`https://src.example.com${path}?w=23&format=jpg&metadata=keep`);
  const { original, plan } = await decide(env, new URL(request.url), "", Date.now());
  const name = await versionOf(original, plan);

  const askUnderTheName = async () => {
    const { body } = await askForNamed(id, name, request);
    return new TextDecoder("latin1").decode(body);
  };
  const allow = (hiddenMetadata: "strip" | "keep") =>
    drizzle(env.DB).update(images).set({ hiddenMetadata }).where(eq(images.id, id));

  await allow("keep");
  expect(await askUnderTheName()).toContain(secrets.serial);
  await allow("strip");
  expect(await askUnderTheName()).not.toContain(secrets.serial);
});

test("a picture that a look finds unreadable while it is asked for is answered as it is, not with a server error", async () => {
  const { id, path } = await storeImage(await fixtureBytes("photo-portrait.jpg"));
  const request = new Request(`https://src.example.com${path}?w=29&format=jpg`);
  const { original, plan } = await decide(env, new URL(request.url), "", Date.now());
  const name = await versionOf(original, plan);
  await drizzle(env.DB).update(images).set({ transformable: false }).where(eq(images.id, id));

  const { answer } = await askForNamed(id, name, request);
  expect(answer.status).toBe(200);
  expect(stays(answer)).toBe(true);
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
});

/** Asks the front door, and changes the row when it has decided. */
async function askWhile(id: string, path: string, change: Partial<typeof images.$inferInsert>) {
  const context = createExecutionContext();
  const variants = new Variants(Object.assign(createExecutionContext(), { cache: {} }), env);
  const fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
    await drizzle(env.DB).update(images).set(change).where(eq(images.id, id));
    return variants.fetch(new Request(input, init));
  };
  const exports = { Variants: Object.assign(() => undefined, { fetch }) };
  const src = new Src(Object.assign(context, { cache: {}, exports }), env);
  const answer = await src.fetch(new Request(`https://src.example.com${path}`));
  const body = await answer.bytes();
  await waitOnExecutionContext(context);
  return { answer, body };
}

test.each([
  ["with what its owner allows by now", { hiddenMetadata: "keep" }, "keep", 23],
  ["as it is, which a look has found unreadable by now", { transformable: false }, "none", 29],
] as const)(
  "a picture that comes %s does not bear the name of what it was: a browser that comes back with that is not told that nothing has changed",
  async (_, change, metadata, width) => {
    const { id, path } = await storeImage(await fixtureBytes("photo-portrait.jpg"));
    const query = `${path}?w=${width}&format=jpg&metadata=${metadata}`;
    const before = await askWhile(id, query, { public: true });
    const meanwhile = await askWhile(id, query, change);
    expect([before.answer.status, meanwhile.answer.status]).toEqual([200, 200]);
    expect(meanwhile.body).not.toEqual(before.body);
    expect(before.answer.headers.get("ETag")).not.toBe(null);
    for (const name of ["ETag", "Last-Modified"]) expect(meanwhile.answer.headers.get(name), name).toBe(null);
    for (const name of ["Cache-Control", "Cloudflare-CDN-Cache-Control"])
      expect(meanwhile.answer.headers.get(name), name).toBe("no-store");
  },
);
