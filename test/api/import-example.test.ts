// The import that the reference shows, sent as it is shown: on a public host it answers what the page says. Its program in three languages is run in e2e.
import { afterEach, expect, test, vi } from "vitest";
import { imageSchema } from "../../schema/api.ts";
import { headersOf } from "../../workers/api/reference/examples/call.ts";
import { EXAMPLE_ID, EXAMPLE_STORAGE } from "../../workers/api/reference/examples/image.ts";
import { exampleOf } from "../../workers/api/reference/examples/index.ts";
import { makeAccount } from "../support/accounts.ts";
import { call } from "../support/api.ts";
import { pretendOutside } from "../support/outside.ts";

afterEach(() => vi.restoreAllMocks());

/** Hosts as a deployment has them: those of tests are nobody's on the internet. */
const origins = {
  api: "https://api.example.com",
  src: "https://src.example.com",
  page: "https://example.com",
};
const bindings = { API_ORIGIN: origins.api, SRC_ORIGIN: origins.src, PAGE_ORIGIN: origins.page };
const files = import.meta.glob<string>("../../workers/src/door/lake.bin", {
  query: "?url&inline",
  import: "default",
});

async function sampleBytes(): Promise<Uint8Array<ArrayBuffer>> {
  const [load] = Object.values(files);
  const dataUrl = (await load?.()) ?? "";
  return Uint8Array.from(Uint8Array.fromBase64(dataUrl.slice(dataUrl.indexOf(",") + 1)));
}

test("The import of the reference answers the image that the page shows", async () => {
  const example = exampleOf("import", origins);
  if (example.body?.kind !== "json") throw new Error("It sends no JSON.");
  const { url } = example.body.value;
  const bytes = await sampleBytes();
  const { asked } = pretendOutside({
    names: { "src.example.com": ["93.184.215.14"] },
    pages: { [String(url)]: () => new Response(bytes, { headers: { "Content-Type": "image/jpeg" } }) },
  });
  const account = await makeAccount();
  const answer = await call(
    example.path,
    {
      method: example.method,
      headers: headersOf(example, () => account.key).map(([name, value]): [string, string] => [name, value]),
      body: JSON.stringify(example.body.value),
    },
    bindings,
  );
  expect([answer.status, asked]).toEqual([example.status, [url]]);
  const image = imageSchema.parse(await answer.json());
  // What is chance, and what the other Worker sees in the pixels, which is not here.
  const { placeholder: _, ...expected } = imageSchema.parse(example.answer);
  const times = {
    created_at: image.created_at,
    published_at: image.published_at,
    expires_at: image.expires_at,
  };
  const text = JSON.stringify(image)
    .replaceAll(image.id, EXAMPLE_ID)
    .replaceAll(`/${account.storage}/`, `/${EXAMPLE_STORAGE}/`);
  expect(JSON.parse(text)).toMatchObject({ ...expected, ...times });
  const days = (Date.parse(image.expires_at ?? "") - Date.parse(image.created_at)) / 86_400_000;
  expect(Math.round(days)).toBe(30);
});
