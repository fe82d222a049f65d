// Who uploads without a key can take the picture back, by the token that the upload was answered with; nobody else can.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { deletedImageSchema, errorSchema, imageSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call, form } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { uploadImage } from "../support/uploads.ts";

const coffee = new File([await fixtureBytes("coffee.jpg")], "coffee.jpg", { type: "image/jpeg" });
let lastAddress = 0;
const fromElsewhere = () => ({ "CF-Connecting-IP": `203.0.113.${++lastAddress}` });

async function share(headers: Record<string, string> = {}) {
  const body = form(["file", coffee]);
  const response = await call("/v1/images", {
    method: "POST",
    body,
    headers: { ...fromElsewhere(), ...headers },
  });
  const { id } = imageSchema.parse(await response.json());
  return { id, token: response.headers.get("Edgepix-Delete-Token"), response };
}

const remove = (id: string, headers: Record<string, string>) =>
  call(`/v1/images/${id}`, { method: "DELETE", headers: { ...fromElsewhere(), ...headers } });

const rowsOf = async (id: string) =>
  (await env.DB.prepare("select id from images where id = ?").bind(id).all()).results.length;

test("what was shared without a key is taken back with its token, twice alike", async () => {
  const { id, token } = await share();
  expect(token).toMatch(/^del_[0-9A-Za-z]{36}$/);
  for (let time = 0; time < 2; time++) {
    const response = await remove(id, { "Edgepix-Delete-Token": token ?? "" });
    expect(response.status).toBe(200);
    expect(deletedImageSchema.parse(await response.json())).toEqual({ id, object: "image", deleted: true });
    expect(await rowsOf(id)).toBe(0);
  }
});

test("only its hash is kept, and no answer shows it again", async () => {
  const { id, token, response } = await share();
  const row = await env.DB.prepare("select * from images where id = ?").bind(id).first();
  expect(JSON.stringify(row)).not.toContain(token);
  expect(row?.delete_token_hash).toMatch(/^[0-9a-f]{64}$/);
  expect(response.headers.get("Access-Control-Expose-Headers")?.toLowerCase()).toContain(
    "edgepix-delete-token",
  );
});

test("a replay makes no second token", async () => {
  const headers = { "Idempotency-Key": crypto.randomUUID(), "CF-Connecting-IP": "203.0.113.200" };
  const first = await share(headers);
  const second = await share(headers);
  expect(second.id).toBe(first.id);
  expect(second.token).toBeNull();
  expect((await remove(first.id, { "Edgepix-Delete-Token": first.token ?? "" })).status).toBe(200);
});

test.each([
  ["another image's token", async () => (await share()).token ?? ""],
  ["a guess of the right length", async () => `del_${"0".repeat(36)}`],
  ["nonsense", async () => "x'; drop table images"],
  ["nothing at all", async () => ""],
])("%s deletes nothing", async (_, token) => {
  const { id } = await share();
  const response = await remove(id, { "Edgepix-Delete-Token": await token() });
  expect(response.status).toBe(403);
  expect(errorSchema.parse(await response.json()).error.code).toBe("forbidden");
  expect(await rowsOf(id)).toBe(1);
});

test("without key and token a deletion is refused as before", async () => {
  const { id } = await share();
  const response = await remove(id, {});
  expect(response.status).toBe(401);
  expect(await rowsOf(id)).toBe(1);
});

test("an account's image has no token, and none deletes it", async () => {
  const account = await makeAccount();
  const image = await uploadImage(account.key);
  const { token } = await share();
  // What is not without an owner looks as if it were gone.
  expect((await remove(image.id, { "Edgepix-Delete-Token": token ?? "" })).status).toBe(200);
  expect(await rowsOf(image.id)).toBe(1);
  const response = await call("/v1/images", {
    method: "POST",
    body: form(["file", coffee]),
    headers: authorization(account.key),
  });
  expect(response.headers.has("Edgepix-Delete-Token")).toBe(false);
});

test("deleting spends nothing of what an address may upload", async () => {
  const headers = { "CF-Connecting-IP": "203.0.113.201" };
  const left = (response: Response) => /r=(\d+)/.exec(response.headers.get("RateLimit") ?? "")?.[1];
  const { id, token, response } = await share(headers);
  await remove(id, { ...headers, "Edgepix-Delete-Token": token ?? "" });
  const again = await share(headers);
  expect(Number(left(again.response))).toBe(Number(left(response)) - 1);
});

test("the page that asks once more shows the picture, and of what is gone nothing", async () => {
  const { id, token } = await share();
  const page = async () => (await call(`/${id}/delete?token=${token}`)).text();
  const asked = await page();
  expect(asked).toContain(`/anon/${id}.jpg?size=s`);
  expect(asked).toContain("coffee.jpg");
  await remove(id, { "Edgepix-Delete-Token": token ?? "" });
  expect(await page()).not.toContain(`${id}.jpg`);
});
