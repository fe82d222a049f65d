// The gallery as its owner uses it without scripts: found, changed and deleted by forms, by the same rules as the API's batches.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { imageSchema } from "../../schema/api.ts";
import { authorization, call, ORIGIN } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf, nothing } from "../support/leftovers.ts";
import { makeMember, submit, type TestMember, visit } from "../support/members.ts";
import { callJson, makeImages, uploadImage } from "../support/uploads.ts";

const shownOn = (html: string) => [...html.matchAll(/id="p-([a-z0-9]{8})"/g)].map(([, id]) => id);
const shown = async (member: TestMember, path = "/gallery") =>
  shownOn(await (await visit(member, path)).text());
const imageOf = async ({ key }: TestMember, id: string) =>
  imageSchema.parse((await callJson(key, "GET", `/v1/images/${id}`)).answer);

/** A form that names several pictures. */
function submitMany(
  member: TestMember,
  path: string,
  ids: readonly string[],
  fields: Readonly<Record<string, string>>,
) {
  const body = new URLSearchParams({ form_token: member.formToken, ...fields });
  for (const id of ids) body.append("id", id);
  return call(path, { method: "POST", headers: { Cookie: member.cookie, Origin: ORIGIN }, body });
}

test("The gallery finds by text, label and who sees it, in both orders, and nobody else's", async () => {
  const member = await makeMember();
  const one = await uploadImage(member.key, { caption: "Harbour", labels: '{"trip":"rome"}' });
  const two = await uploadImage(member.key, { public: "false", labels: '{"trip":"oslo"}' });
  await uploadImage((await makeMember()).key, { caption: "Harbour" });
  expect(await shown(member)).toEqual([two.id, one.id]);
  expect(await shown(member, "/gallery?order=asc")).toEqual([one.id, two.id]);
  expect(await shown(member, "/gallery?q=harb")).toEqual([one.id]);
  expect(await shown(member, "/gallery?label=trip%3Doslo")).toEqual([two.id]);
  expect(await shown(member, "/gallery?label=trip%3Drome%2C+oslo")).toEqual([two.id, one.id]);
  expect(await shown(member, "/gallery?public=false&q=&label=&order=desc")).toEqual([two.id]);
  expect(await shown(member, "/gallery?q=nowhere")).toEqual([]);
});

test.each([
  ["?label=trip", "key=value"],
  ["?label=%26=x", "letters, digits"],
  ["?order=sideways", "problem"],
  ["?cursor=nonsense", "cursor is broken"],
])("The gallery says what is wrong with %s", async (query, words) => {
  const page = await visit(await makeMember(), `/gallery${query}`);
  expect([400, 422]).toContain(page.status);
  expect(await page.text()).toContain(words);
});

test("Its pages lead on by a link until all are shown once", async () => {
  const member = await makeMember();
  const ids = await makeImages(member, 130);
  const seen: (string | undefined)[] = [];
  for (let path: string | undefined = "/gallery"; path; ) {
    const html = await (await visit(member, path)).text();
    seen.push(...shownOn(html));
    path = /id="more" href="([^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
  }
  expect(seen).toHaveLength(130);
  expect(new Set(seen)).toEqual(new Set(ids));
});

test("Many are changed at once; what is left blank stays", async () => {
  const member = await makeMember();
  const ids = [
    await uploadImage(member.key, { caption: "old", labels: '{"a":"1","b":"2"}' }),
    await uploadImage(member.key),
  ].map(({ id }) => id);
  const fields = {
    caption: "",
    public: "false",
    nsfw: "true",
    expires: "7d",
    label: "trip=rome",
    unlabel: "a",
  };
  const answer = await submitMany(member, "/gallery/change", ids, { ...fields, back: "/gallery?q=x" });
  const back = `/gallery?q=x&chosen=${ids.join("%2C")}#p-${ids[0]}`;
  expect([answer.status, answer.headers.get("Location")]).toEqual([303, back]);
  const [one, two] = [await imageOf(member, ids[0] ?? ""), await imageOf(member, ids[1] ?? "")];
  expect(one).toMatchObject({ caption: "old", public: false, nsfw: true, labels: { b: "2", trip: "rome" } });
  expect(two).toMatchObject({ caption: null, labels: { trip: "rome" } });
  expect(one.expires_at).not.toBeNull();
  await submitMany(member, "/gallery/change", ids, { no_caption: "on", expires: "never" });
  expect(await imageOf(member, one.id)).toMatchObject({ caption: null, expires_at: null, nsfw: true });
});

test.each([
  ["none is chosen", [], {}, "Choose a picture first"],
  ["a label is none", ["aaaaaaaa"], { label: "rome" }, "key=value"],
  ["a hundred and one are", Array.from({ length: 101 }, (_, at) => `id${at}`), {}, "up to 100"],
])("Where %s it is told, and nothing is changed", async (_, ids, fields, words) => {
  const answer = await submitMany(await makeMember(), "/gallery/change", ids, fields);
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain(words);
});

test("What could not be changed is told with its reason", async () => {
  const member = await makeMember();
  const { id } = await uploadImage(member.key);
  const answer = await submitMany(member, "/gallery/change", [id, "zzzzzzzz"], { caption: "new" });
  expect(answer.status).toBe(409);
  expect(await answer.text()).toContain("1 of 2 pictures could not be changed.");
  expect(await imageOf(member, id)).toMatchObject({ caption: "new" });
});

test("The page's script is answered the pictures as they are now, and why one is not", async () => {
  const member = await makeMember();
  const { id } = await uploadImage(member.key);
  const change = { nsfw: "true", answer: "tiles" };
  const answer = await submitMany(member, "/gallery/change", [id, "zzzzzzzz"], change);
  const html = await answer.text();
  expect(answer.status).toBe(409);
  expect(html).toContain("1 of 2 pictures could not be changed.");
  expect(html.match(/id="p-\w+"/g)).toEqual([`id="p-${id}"`]);
  expect(html).toContain("<span>nsfw</span>");
  const gone = await submitMany(member, "/gallery/delete", [id], { sure: "1", answer: "tiles" });
  expect([gone.status, (await gone.text()).includes("p-")]).toEqual([200, false]);
});

test("Deleting asks once more, and then leaves nothing behind", async () => {
  const member = await makeMember();
  const ids = await makeImages(member, 3);
  const asked = await submitMany(member, "/gallery/delete", ids, {});
  expect(await asked.text()).toContain("Delete these 3 pictures?");
  expect(await shown(member)).toHaveLength(3);
  const answer = await submitMany(member, "/gallery/delete", ids, { sure: "1", back: "//evil.example" });
  expect(answer.headers.get("Location")).toBe("/gallery");
  expect(await shown(member)).toEqual([]);
  expect(await leftoversOf(member)).toEqual({ ...nothing, uploadsCounted: 3 });
});

test("Of many pictures every kind of link is told, a line each, as a page and as a file", async () => {
  const member = await makeMember();
  const caption = "</textarea><script>a()</script>";
  const one = await uploadImage(member.key, { caption, filename: "a.jpg" });
  const two = await uploadImage(member.key, { public: "false" });
  const ids = [one.id, two.id, (await uploadImage((await makeMember()).key)).id];
  const page = await submitMany(member, "/gallery/links", ids, { back: "/gallery?q=x" });
  const html = await page.text();
  expect(page.status).toBe(200);
  expect(html).toContain("Links of 2 pictures");
  for (const address of [one.url, two.url, one.page_url, two.page_url]) expect(html).toContain(address);
  expect(html).toContain('href="/gallery?q=x"');
  expect(html).not.toContain("<script>a()");
  const file = await submitMany(member, "/gallery/links", ids, { as: "file" });
  expect((await file.text()).trim().split("\n").sort()).toEqual([one.url, two.url].sort());
  expect(file.headers.get("Content-Disposition")).toContain("attachment");
  const many = Array.from({ length: 501 }, (_, at) => `id${at}`);
  expect((await submitMany(member, "/gallery/links", many, {})).status).toBe(422);
  expect((await submitMany(member, "/gallery/links", [], {})).status).toBe(422);
});

test("A page of one picture shows all of it, and its form changes it", async () => {
  const member = await makeMember();
  const { id } = await uploadImage(member.key, {
    labels: '{"a":"1"}',
    metadata: '{"author":"Ann\\nand Bob","x":"y"}',
  });
  const html = await (await visit(member, `/gallery/${id}`)).text();
  for (const field of Object.keys(await imageOf(member, id))) expect(html).toContain(`<code>${field}</code>`);
  const fields = { filename: "new.jpg", public: "false", hidden_metadata: "copyright", nsfw: "on" };
  const metadata = "author=Ann and Bob\r\nlicense=CC0";
  const answer = await submit(member, `/gallery/${id}`, { caption: "c", ...fields, labels: "b=2", metadata });
  expect(answer.headers.get("Location")).toBe(`/gallery/${id}?saved=1`);
  expect(await imageOf(member, id)).toMatchObject({
    ...{ caption: "c", filename: "new.jpg", public: false, nsfw: true, hidden_metadata: "copyright" },
    labels: { b: "2" },
    // A value of two lines that was not touched stays as it was.
    metadata: { author: "Ann\nand Bob", license: "CC0" },
  });
});

test("A picture that was blocked offers no links and no form that is refused, and can be deleted", async () => {
  const member = await makeMember();
  const { id } = await uploadImage(member.key);
  await env.DB.prepare("update images set status = 'blocked' where id = ?").bind(id).run();
  const html = await (await visit(member, `/gallery/${id}`)).text();
  expect(html).toContain("has blocked this picture");
  expect(html).toContain("Delete it for good");
  expect(html).not.toMatch(/name="caption"|Page link/);
});

test("A search that finds nothing leads back to all pictures", async () => {
  const html = await (await visit(await makeMember(), "/gallery?q=nothing-of-the-kind")).text();
  expect(html).toContain('<a href="/gallery">Show all pictures</a>');
});

test("A refused change says why and keeps what was written", async () => {
  const member = await makeMember();
  const { id } = await uploadImage(member.key);
  const fields = { caption: "kept words", filename: "", public: "true", hidden_metadata: "strip" };
  const page = await submit(member, `/gallery/${id}`, fields);
  expect(page.status).toBe(422);
  const html = await page.text();
  expect(html).toContain("A file name can&#39;t be empty.");
  expect(html).toContain("kept words");
});

test("A file goes up to the member's account by a form with the token in its address, once a key", async () => {
  const member = await makeMember();
  const send = (key: string, token = member.formToken) => {
    const body = new FormData();
    body.append("file", new File([jpeg], "coffee.jpg", { type: "image/jpeg" }));
    const headers = { Cookie: member.cookie, Origin: ORIGIN, "Idempotency-Key": key };
    return call(`/gallery/upload?form_token=${token}`, { method: "POST", headers, body });
  };
  const jpeg = await fixtureBytes("coffee.jpg");
  expect((await send("one")).status).toBe(201);
  expect((await send("one")).status).toBe(201);
  expect(await shown(member)).toHaveLength(1);
  expect((await send("two", "forged")).status).toBe(403);
  expect((await leftoversOf(member)).uploadsCounted).toBe(1);
  const usage = await call("/v1/usage", { headers: authorization(member.key) });
  expect(await usage.json()).toMatchObject({ totals: { images_stored: 1 } });
});
