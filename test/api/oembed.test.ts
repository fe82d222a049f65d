// Other sites show a picture in place of its link: oEmbed, as JSON and as XML.
import { expect, test } from "vitest";
import { call, ORIGIN } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { storeImage } from "../support/stored-image.ts";

const picture = await fixtureBytes("coffee.jpg");
const asked = (id: string, more = "") => call(`/oembed?url=${encodeURIComponent(`${ORIGIN}/${id}`)}${more}`);

test("a page's picture is a photo of its own size, for any site to read", async () => {
  const { id, path } = await storeImage(picture, { caption: "Coffee", metadata: '{"author":"Ann"}' });
  const response = await asked(id);
  expect(response.status).toBe(200);
  expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
  const answer = await response.json<Record<string, unknown>>();
  expect(answer).toMatchObject({
    version: "1.0",
    type: "photo",
    title: "Coffee",
    author_name: "Ann",
    url: `${ORIGIN}${path}`,
  });
  expect(answer.width).toBeGreaterThan(0);
  expect(answer.height).toBeGreaterThan(0);
});

test("it fits the room that the other site has", async () => {
  const { id, path } = await storeImage(picture);
  const whole = await (await asked(id)).json<{ width: number; height: number }>();
  const small = await (await asked(id, "&maxwidth=20&maxheight=1000")).json<Record<string, unknown>>();
  const height = Math.floor((whole.height * 20) / whole.width);
  expect(small).toMatchObject({
    width: 20,
    height,
    url: `${ORIGIN}${path}?w=20&h=${height}&fit=squeeze`,
  });
});

test("XML carries captions of strangers as text", async () => {
  const { id } = await storeImage(picture, { caption: "</title><script>&\u0001" });
  const response = await asked(id, "&format=xml");
  expect(response.headers.get("Content-Type")).toBe("text/xml; charset=utf-8");
  expect(await response.text()).toContain("<title>&lt;/title&gt;&lt;script&gt;&amp;</title>");
});

test("what is marked nsfw shows itself nowhere unasked", async () => {
  const { id } = await storeImage(picture, { nsfw: true });
  const answer = await (await asked(id)).json<Record<string, unknown>>();
  expect(answer.type).toBe("link");
  expect(answer).not.toHaveProperty("url");
});

test.each([
  ["a private image's page", async () => `${ORIGIN}/${(await storeImage(picture, { public: false })).id}`],
  [
    "a blocked image's page",
    async () => `${ORIGIN}/${(await storeImage(picture, { status: "blocked" })).id}`,
  ],
  ["another host's page", async () => `https://elsewhere.example/${(await storeImage(picture)).id}`],
  ["no address", async () => "nonsense"],
  ["nothing", async () => ""],
])("%s is not found", async (_, url) => {
  expect((await call(`/oembed?url=${encodeURIComponent(await url())}`)).status).toBe(404);
});

test("no shared cache keeps what names the host that was asked; with origins of its own a deployment lets it", async () => {
  const { id } = await storeImage(picture);
  const { headers } = await asked(id);
  expect(headers.get("Cache-Control")).toBe("private, max-age=300");
  const bindings = { API_ORIGIN: ORIGIN, SRC_ORIGIN: ORIGIN, PAGE_ORIGIN: ORIGIN };
  const own = await call(`/oembed?url=${encodeURIComponent(`${ORIGIN}/${id}`)}`, {}, bindings);
  expect(own.headers.get("Cache-Control")).toBe("public, max-age=300");
});

test("another format than JSON and XML is refused in words", async () => {
  const { id } = await storeImage(picture);
  expect((await asked(id, "&format=yaml")).status).toBe(400);
});
