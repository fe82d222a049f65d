// Who sees an image's page, and what its answer allows a browser to do.
import { expect, test } from "vitest";
import { call, ORIGIN } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { storeImage } from "../support/stored-image.ts";

const picture = await fixtureBytes("coffee.jpg");

test("a ready public image has a page", async () => {
  const { id, path } = await storeImage(picture, { filename: "coffee.jpg" });
  const response = await call(`/${id}`);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain(`href="${ORIGIN}${path}"`);
});

test.each([
  ["a private image", { public: false }],
  ["an expired image", { expiresAt: 1 }],
  ["a private image that is blocked", { public: false, status: "blocked" }],
  ["a blocked image that has expired", { expiresAt: 1, status: "blocked" }],
  ["a failed image", { status: "failed" }],
  ["an image still at work", { status: "processing" }],
] as const)("%s looks to strangers as if it never was", async (_, changes) => {
  const { id } = await storeImage(picture, changes);
  const [hidden, unknown] = await Promise.all([call(`/${id}`), call("/zzzzzzzz")]);
  const words = (await unknown.text()).replaceAll("zzzzzzzz", id);
  expect([hidden.status, await hidden.text()]).toEqual([404, words]);
});

test("the page of a public image that was blocked says so, shows nothing of it, and is found by no search engine", async () => {
  const { id } = await storeImage(picture, {
    status: "blocked",
    caption: "a secret",
    filename: "secret.jpg",
  });
  const answer = await call(`/${id}`);
  const page = await answer.text();
  expect(answer.status).toBe(403);
  expect(page).toContain("This picture was taken down");
  expect(page).not.toContain("secret");
  expect(answer.headers.get("x-robots-tag")).toBe("noindex");
});

test("a caption that shows nothing is no title", async () => {
  const { id } = await storeImage(await fixtureBytes("coffee.jpg"), { caption: "\u200b\u2800" });
  expect(await (await call(`/${id}`)).text()).toMatch(/<h1 dir="auto">[^<]*\.jpg<\/h1>/);
});

test.each(["/", "/zzzzzzzz", "/no/such/page"])(
  "%s runs no strangers' code and is kept by no shared cache",
  async (path) => {
    const { headers } = await call(path);
    expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(headers.get("content-security-policy")).toMatch(
      /^default-src 'none';.*script-src 'self';.*frame-ancestors 'none'$/,
    );
    expect(headers.get("cache-control")).toBe("private, no-cache");
  },
);

test("the page's one inline style is named by its hash, and pictures may come from the image host", async () => {
  const { id } = await storeImage(picture);
  const response = await call(`/${id}`, {}, { SRC_ORIGIN: "https://src.example.com" });
  const css = /<style>(.*?)<\/style>/.exec(await response.text())?.[1] ?? "";
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(css));
  const policy = response.headers.get("content-security-policy");
  expect(policy).toContain(`'sha256-${new Uint8Array(digest).toBase64()}'`);
  expect(policy).toContain("img-src 'self' https://src.example.com;");
});

test("only images that last are offered to search engines", async () => {
  const lasting = await storeImage(picture);
  const passing = await storeImage(picture, { expiresAt: Date.now() + 3_600_000 });
  expect((await call(`/${lasting.id}`)).headers.get("x-robots-tag")).toBeNull();
  expect((await call(`/${passing.id}`)).headers.get("x-robots-tag")).toBe("noindex");
});

test("a drawing that no chat can show is not offered to them as a preview", async () => {
  const { id } = await storeImage(picture, { format: "svg", transformable: false });
  const page = await (await call(`/${id}`)).text();
  expect(page).not.toContain("og:image");
  expect(page).toContain('<meta name="twitter:card" content="summary"/>');
});

test("a picture marked nsfw shows no preview in other people's chats", async () => {
  const { id } = await storeImage(picture, { nsfw: true });
  expect(await (await call(`/${id}`)).text()).not.toContain("og:image");
});

test("search engines read who made a picture, and strangers' words can't end the block", async () => {
  const metadata = {
    author: "Ann </script><b>",
    license: "https://creativecommons.org/licenses/by/4.0/",
    source_url: "javascript:alert(1)",
  };
  const { id } = await storeImage(picture, { metadata: JSON.stringify(metadata) });
  const page = await (await call(`/${id}`)).text();
  const block = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page)?.[1] ?? "";
  const data: unknown = JSON.parse(block);
  expect(data).toMatchObject({
    "@type": "ImageObject",
    creditText: metadata.author,
    license: metadata.license,
    contentUrl: expect.stringContaining(`${id}.jpg`),
  });
  expect(data).not.toHaveProperty("isBasedOn");
  expect(page).toContain(`<a href="${metadata.license}" rel="nofollow ugc noopener">`);
  expect(page).not.toContain("javascript:");
  expect(page).not.toContain("<b>");
});

test("a page tells other sites where to ask for its picture", async () => {
  const { id } = await storeImage(picture);
  const page = await (await call(`/${id}`)).text();
  const link = /<link rel="alternate" type="application\/json\+oembed" href="([^"]*)"/.exec(page)?.[1] ?? "";
  expect((await call(link)).status).toBe(200);
});

test("a picture marked nsfw is not offered to search engines", async () => {
  const { id } = await storeImage(picture, { nsfw: true });
  expect((await call(`/${id}`)).headers.get("x-robots-tag")).toBe("noindex");
});
