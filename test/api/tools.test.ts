// The tools of `/tools`, tried as they would: what each file and setting says is read out of it and sent.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import * as z from "zod";
import { errorSchema, imageSchema } from "../../schema/api.ts";
import { MAX_KEYS } from "../../schema/plans.ts";
import { authorization, call, ORIGIN } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { makeMember, submit, type TestMember, visit } from "../support/members.ts";
import { uploadImage } from "../support/uploads.ts";

const KEY = /img_live_[0-9A-Za-z]{42}/;
const photo = new File([await fixtureBytes("coffee.jpg")], "coffee.jpg", { type: "image/jpeg" });
const keysOf = async ({ id }: TestMember) =>
  (await env.DB.prepare("select name, abilities from api_keys where account_id = ?").bind(id).all()).results;

const sxcuSchema = z.strictObject({
  Version: z.string(),
  Name: z.string(),
  DestinationType: z.literal("ImageUploader"),
  RequestMethod: z.string(),
  RequestURL: z.url(),
  Headers: z.record(z.string(), z.string()),
  Body: z.literal("MultipartFormData"),
  FileFormName: z.string(),
  URL: z.string(),
  ThumbnailURL: z.string(),
  DeletionURL: z.string(),
  ErrorMessage: z.string(),
});

/** As ShareX fills in `{json:sizes.small.url}`. */
const filledIn = (text: string, answer: unknown): string =>
  text.replace(/\{json:([^}]+)\}/g, (_, path: string) => String(at(answer, path)));

const at = (value: unknown, path: string): unknown =>
  path.split(".").reduce((inner, field) => z.record(z.string(), z.unknown()).parse(inner)[field], value);

async function send(url: string, method: string, headers: Readonly<Record<string, string>>, field: string) {
  const body = new FormData();
  body.append(field, photo, photo.name);
  const answer = await call(url, { method, headers, body });
  return { status: answer.status, json: await answer.json() };
}

/** The settings on a page, by their labels. */
function settingsOf(html: string): ReadonlyMap<string, string> {
  const fields = html.matchAll(/<label for="fresh-[^"]*">([^<]*)<\/label><input [^>]*?value="([^"]*)"/g);
  return new Map([...fields].map(([, label = "", value = ""]) => [label, value.replaceAll("&quot;", '"')]));
}

async function settingsFor(member: TestMember, tool: string) {
  const page = await submit(member, "/tools", { tool, as: "page" });
  expect(page.status).toBe(201);
  const settings = settingsOf(await page.text());
  return (label: string) => z.string(`there is no ${label}`).parse(settings.get(label));
}

test("ShareX uploads by its file, shows the picture, and its deletion link leads to the picture's button", async () => {
  const member = await makeMember();
  const file = await submit(member, "/tools", { tool: "sharex", as: "file" });
  expect(file.status).toBe(201);
  expect(file.headers.get("Content-Disposition")).toBe('attachment; filename="edgepix.sxcu"');
  expect(file.headers.get("Cache-Control")).toBe("private, no-store");
  const sxcu = sxcuSchema.parse(await file.json());
  const { status, json } = await send(sxcu.RequestURL, sxcu.RequestMethod, sxcu.Headers, sxcu.FileFormName);
  expect(status).toBe(201);
  const image = imageSchema.parse(json);
  expect(filledIn(sxcu.URL, json)).toBe(image.url);
  expect(filledIn(sxcu.ThumbnailURL, json)).toBe(image.sizes.small?.url);
  const deletion = filledIn(sxcu.DeletionURL, json);
  const page = await visit(member, deletion);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('action="/gallery/delete"');
  // Chats and scanners open links, too.
  expect((await call(deletion)).status).toBeLessThan(400);
  expect((await call(new URL(image.page_url).pathname)).status).toBe(200);
});

test("ShareX tells why an upload failed", async () => {
  const file = await submit(await makeMember(), "/tools", { tool: "sharex", as: "file" });
  const sxcu = sxcuSchema.parse(await file.json());
  const { status, json } = await send(
    sxcu.RequestURL,
    sxcu.RequestMethod,
    authorization("img_live_no"),
    "file",
  );
  expect(status).toBe(401);
  expect(filledIn(sxcu.ErrorMessage, json)).toBe(errorSchema.parse(json).error.message);
});

test("An iOS shortcut made by the recipe uploads, and finds the link", async () => {
  const setting = await settingsFor(await makeMember(), "shortcut");
  const headers = { [setting("Header: Key")]: setting("Header: Text") };
  const { status, json } = await send(setting("URL"), "POST", headers, setting("Form field: Key"));
  expect(status).toBe(201);
  expect(at(json, setting("Dictionary value: Key"))).toBe(imageSchema.parse(json).page_url);
});

test("PicGo uploads by its settings, and finds the address", async () => {
  const setting = await settingsFor(await makeMember(), "picgo");
  const headers = z.record(z.string(), z.string()).parse(JSON.parse(setting("Custom header (customHeader)")));
  const field = setting("POST parameter (paramName)");
  const { status, json } = await send(setting("API address (url)"), "POST", headers, field);
  expect(status).toBe(201);
  expect(at(json, setting("JSON path (jsonPath)"))).toBe(imageSchema.parse(json).url);
});

/** What Electron adds to what a plugin sends. */
const obsidian = { Origin: "app://obsidian.md", Accept: "application/json, text/plain, */*" };

test("Obsidian's Image Uploader is let through from within the app, uploads what was pasted, and finds the address", async () => {
  const setting = await settingsFor(await makeMember(), "picgo");
  const address = setting("API address (url)");
  const header = z.record(z.string(), z.string()).parse(JSON.parse(setting("Custom header (customHeader)")));
  const asks = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": Object.keys(header).join(",").toLowerCase(),
  };
  const allowed = await call(address, { method: "OPTIONS", headers: { ...obsidian, ...asks } });
  expect(allowed.headers.get("Access-Control-Allow-Origin")).toBe("*");
  expect(allowed.headers.get("Access-Control-Allow-Headers")?.toLowerCase()).toContain("authorization");
  const fields = z.record(z.string(), z.string()).parse(JSON.parse(setting("Upload Body, for Obsidian")));
  const body = new FormData();
  // A file of the vault is a Blob without a type, one that was pasted is called image.png whatever it is.
  for (const [name, value] of Object.entries(fields))
    if (value === "$FILE") body.append(name, new Blob([await photo.arrayBuffer()]), "image.png");
    else body.append(name, value);
  const answer = await call(address, { method: "POST", headers: { ...obsidian, ...header }, body });
  expect(answer.status).toBe(201);
  expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
  const json = await answer.json();
  expect(at(json, setting("Image Url Path, for Obsidian"))).toBe(imageSchema.parse(json).url);
});

test("A plugin that writes its form by hand, name and all, uploads", async () => {
  const setting = await settingsFor(await makeMember(), "picgo");
  const header = z.record(z.string(), z.string()).parse(JSON.parse(setting("Custom header (customHeader)")));
  const head = `--b\r\nContent-Disposition: form-data; name="file"; filename="Einfügen 1.png"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const body = new Blob([head, await photo.arrayBuffer(), "\r\n--b--\r\n"]);
  const headers = { ...header, "Content-Type": "multipart/form-data; boundary=b" };
  const answer = await call(setting("API address (url)"), { method: "POST", headers, body });
  expect(answer.status).toBe(201);
  expect(imageSchema.parse(await answer.json()).filename).toBe("Einfügen 1.png");
});

test("A tool's key is named after it, only writes, and is in the one answer", async () => {
  const member = await makeMember();
  const before = await keysOf(member);
  const page = await submit(member, "/tools", { tool: "sharex", as: "page" });
  expect(page.headers.get("Cache-Control")).toBe("private, no-store");
  const key = KEY.exec(await page.text())?.[0] ?? "";
  const statusOf = async (path: string) => (await call(path, { headers: authorization(key) })).status;
  expect(await statusOf("/v1/usage")).toBe(403);
  expect((await keysOf(member)).slice(before.length)).toEqual([{ name: "ShareX", abilities: "write" }]);
  for (const path of ["/tools", "/keys"]) expect(await (await visit(member, path)).text()).not.toMatch(KEY);
});

test("Looking at the tools makes no key, and neither does a tool that is none", async () => {
  const member = await makeMember();
  const before = await keysOf(member);
  expect(await (await visit(member, "/tools")).text()).toContain("YOUR_KEY");
  for (const tool of ["bookmarklet", "nonsense", ""])
    expect((await submit(member, "/tools", { tool, as: "page" })).status).toBe(404);
  expect(
    (await submit(member, "/tools", { tool: "sharex" }, { Origin: "https://evil.example" })).status,
  ).toBe(403);
  expect(await keysOf(member)).toEqual(before);
});

test("With as many keys as an account may have, a tool says so and gets none", async () => {
  const member = await makeMember();
  await env.DB.batch(
    Array.from({ length: MAX_KEYS }, (_, n) =>
      env.DB.prepare(
        "insert into api_keys (id, account_id, hash, name, abilities, hint, created_at) values (?, ?, ?, 'x', 'read', 'abcd', 1)",
      ).bind(`${member.id}-${n}`, member.id, `${member.id}-${n}`),
    ),
  );
  const page = await submit(member, "/tools", { tool: "sharex", as: "file" });
  expect(page.status).toBe(403);
  expect(await page.text()).toContain(`at most ${MAX_KEYS} keys`);
});

test.each(["page_url", "url", "id"] as const)("<picture> is made of a picture's %s", async (named) => {
  const member = await makeMember();
  const image = await uploadImage(member.key, { caption: 'a "cup" <b>' });
  const html = await (await visit(member, `/tools?picture=${encodeURIComponent(image[named])}`)).text();
  const text = /<textarea id="picture-html"[^>]*>([^<]*)</.exec(html)?.[1] ?? "";
  const snippet = text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
  const base = image.url.replace(/\.\w+$/, "");
  expect(snippet).toMatch(
    /^<picture>\n {2}<source type="image\/avif".*\n {2}<source type="image\/webp".*\n {2}<img /,
  );
  expect(snippet).toContain(`${base}.webp?w=${image.width} ${image.width}w">`);
  expect(snippet).toContain('alt="a &quot;cup&quot; &lt;b&gt;"');
});

test("<picture> is not made of somebody else's picture", async () => {
  const { id } = await uploadImage((await makeMember()).key);
  const html = await (await visit(await makeMember(), `/tools?picture=${id}`)).text();
  expect(html).toContain("There is no such picture in your account.");
});

test.each(["/", "/gallery"])(
  "%s begins with the address that a bookmarklet hands over, as text",
  async (path) => {
    const address = 'https://example.com/a.jpg?"><script>';
    const html = await (await visit(await makeMember(), `${path}?url=${encodeURIComponent(address)}`)).text();
    expect(html).toContain('value="https://example.com/a.jpg?&quot;&gt;&lt;script&gt;"');
    expect(html).not.toContain('a.jpg?">');
  },
);

test("Who is signed out comes to the tools by way of the sign-in", async () => {
  const answer = await visit(null, `${ORIGIN}/tools`);
  expect(answer.headers.get("Location")).toBe("/sign-in?next=%2Ftools");
});
