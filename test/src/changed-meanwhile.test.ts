// A picture is kept under a name that says what it shows: what a row that changed meanwhile makes of a request is not kept under the old name.
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { expect, test } from "vitest";
import { images } from "../../schema/tables.ts";
import { decide } from "../../workers/src/door/decide.ts";
import { versionOf } from "../../workers/src/door/version.ts";
import { askForVariant, Variants } from "../../workers/src/variants.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { secrets } from "../support/make-fixtures/exif.ts";
import { storeImage } from "../support/stored-image.ts";

test("hidden metadata that was allowed for a moment is not served once it is taken back", async () => {
  const { id, path } = await storeImage(await fixtureBytes("photo-portrait.jpg"));
  const request = new Request(`https://src.example.com${path}?w=23&format=jpg&metadata=keep`);
  const { original, plan } = await decide(env.DB, new URL(request.url), "", Date.now());
  const name = await versionOf(original, plan);

  const askUnderTheName = async () => {
    const context = createExecutionContext();
    const variants = new Variants(context, env);
    const through = {
      fetch: async (input: RequestInfo | URL, init?: RequestInit) => variants.fetch(new Request(input, init)),
    };
    const answer = await askForVariant(through, { storage: "7c1", id }, name, request, "a-request");
    const text = new TextDecoder("latin1").decode(await answer.bytes());
    await waitOnExecutionContext(context);
    return text;
  };
  const allow = (hiddenMetadata: "strip" | "keep") =>
    drizzle(env.DB).update(images).set({ hiddenMetadata }).where(eq(images.id, id));

  await allow("keep");
  expect(await askUnderTheName()).toContain(secrets.serial);
  await allow("strip");
  expect(await askUnderTheName()).not.toContain(secrets.serial);
});
