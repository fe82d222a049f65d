// A file that an operator refuses for good: nobody can bring it again, by any way in, and nothing of a try is left.
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { errorSchema } from "../../schema/api.ts";
import {
  blockedFileListSchema,
  blockedFileSchema,
  filesBlockedSchema,
  MAX_FILES_AT_ONCE,
} from "../../schema/blocked-files.ts";
import { ANONYMOUS_ACCOUNT, ANONYMOUS_STORAGE } from "../../schema/ids.ts";
import { makeAccount, type TestAccount } from "../support/accounts.ts";
import { authorization, call, form, ORIGIN } from "../support/api.ts";
import { replacing } from "../support/failing.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { leftoversOf, nothing } from "../support/leftovers.ts";
import { makeMember, signInAs, submit, visit } from "../support/members.ts";
import { pretendOutside } from "../support/outside.ts";

afterEach(() => vi.restoreAllMocks());

const ADMIN_TOKEN = "known-to-the-operator-only";
const operator = await makeMember({ operator: true });
const coffee = await fixtureBytes("coffee.jpg");
let files = 0;

/** The same picture in a file of its own: bytes behind a JPEG's end are kept as they are. */
function freshFile(length = coffee.length + 2): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(length);
  file.set(coffee);
  files++;
  file.set([files >> 8, files & 255], length - 2);
  return file;
}

const sha256Of = async (file: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", file)).toHex();

function admin(method: string, path: string, body?: object, token = ADMIN_TOKEN) {
  const headers = { ...authorization(token), ...(body && { "Content-Type": "application/json" }) };
  return call(
    `/v1/admin/${path}`,
    { method, headers, ...(body && { body: JSON.stringify(body) }) },
    { ADMIN_TOKEN },
  );
}

async function refuse(file: Uint8Array<ArrayBuffer>): Promise<string> {
  const sha256 = await sha256Of(file);
  expect((await admin("POST", "blocked-files", { sha256: [sha256] })).status).toBe(200);
  return sha256;
}

const send = (
  file: Uint8Array<ArrayBuffer>,
  { key }: Pick<TestAccount, "key">,
  headers = {},
  bindings = {},
) =>
  call(
    "/v1/images",
    {
      method: "POST",
      body: file,
      headers: { ...authorization(key), "Content-Type": "image/jpeg", ...headers },
    },
    bindings,
  );

async function expectRefused(answer: Response): Promise<void> {
  expect(answer.status).toBe(422);
  if ((answer.headers.get("Content-Type") ?? "").startsWith("text/html"))
    expect(await answer.text()).toContain("This very file was blocked by the operator");
  else expect(errorSchema.parse(await answer.json()).error).toMatchObject({ code: "file_blocked" });
}

const url = "https://photos.example/a.jpg";
const inForm = (file: Uint8Array<ArrayBuffer>) =>
  form(["file", new File([file], "a.jpg", { type: "image/jpeg" })]);

describe("a refused file is refused by every way in, and leaves neither bytes nor a row nor quota", () => {
  const ways: Readonly<
    Record<string, (file: Uint8Array<ArrayBuffer>, account: TestAccount) => Promise<Response>>
  > = {
    "as the whole body": send,
    "as a form": (file, { key }) =>
      call("/v1/upload", { method: "POST", body: inForm(file), headers: authorization(key) }),
    "by its address": (file, { key }) => {
      pretendOutside({
        names: { "photos.example": ["93.184.215.14"] },
        pages: { [url]: () => new Response(file, { headers: { "Content-Type": "image/jpeg" } }) },
      });
      const headers = { ...authorization(key), "Content-Type": "application/json" };
      return call("/v1/import", { method: "POST", body: JSON.stringify({ url }), headers });
    },
    "by the form of the gallery": async (file, account) => {
      const { cookie, formToken } = await signInAs(account);
      const headers = { Cookie: cookie, Origin: ORIGIN };
      return call(`/gallery/upload?form_token=${formToken}`, { method: "POST", body: inForm(file), headers });
    },
  };
  test.each(Object.entries(ways))("%s", async (_, way) => {
    const account = await makeAccount({ plan: "free" });
    const file = freshFile();
    const sha256 = await refuse(file);
    await expectRefused(await way(file, account));
    expect(await leftoversOf(account)).toEqual(nothing);
    await admin("DELETE", `blocked-files/${sha256}`);
    expect((await way(file, account)).status).toBe(201);
  });

  test("without a key, by the front page's form", async () => {
    const file = freshFile();
    const sha256 = await refuse(file);
    const headers = { "CF-Connecting-IP": "203.0.113.77", Origin: ORIGIN };
    await expectRefused(await call("/", { method: "POST", body: inForm(file), headers }));
    const row = env.DB.prepare("select id from images where sha256 = ? and account_id = ?");
    expect(await row.bind(sha256, ANONYMOUS_ACCOUNT).first()).toBeNull();
    const { objects } = await env.ORIGINALS.list({ prefix: `${ANONYMOUS_STORAGE}/` });
    expect(objects).toEqual([]);
  });

  test("a large one that is stored in parts", async () => {
    const account = await makeAccount({ plan: "free" });
    const file = freshFile(12_000_000);
    await refuse(file);
    await expectRefused(await send(file, account));
    expect(await leftoversOf(account)).toEqual(nothing);
  });

  test("an SVG, by the hash of what would be stored", async () => {
    const account = await makeAccount({ plan: "free" });
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>x()</script><path d="M0 0h9"/></svg>';
    const headers = { ...authorization(account.key), "Content-Type": "image/svg+xml" };
    const sent = () => call("/v1/images", { method: "POST", body: svg, headers });
    const { id } = await (await sent()).json<{ id: string }>();
    await admin("PATCH", `images/${id}`, { status: "blocked", refuse_file: true });
    await expectRefused(await sent());
  });
});

test("a file that is refused while it is being uploaded is not kept: its row is never seen", async () => {
  const account = await makeAccount({ plan: "free" });
  const file = freshFile();
  let isRaced = false;
  // Past the look at the list, and just before the row.
  const DB = replacing(env.DB, "batch", async (batch, statements) => {
    if (!isRaced) await refuse(file);
    isRaced = true;
    return batch(...statements);
  });
  await expectRefused(await send(file, account, {}, { DB }));
  expect(isRaced).toBe(true);
  expect(await leftoversOf(account)).toEqual(nothing);
});

test("of many who send it while it is being refused, each is told the truth: what was taken is there, and of the others nothing is", async () => {
  const account = await makeAccount();
  const file = freshFile();
  const uploads = Array.from({ length: 12 }, () => send(file, account));
  const sha256 = await refuse(file);
  uploads.push(...Array.from({ length: 12 }, () => send(file, account)));
  const answers = await Promise.all(uploads);
  const taken = answers.filter(({ status }) => status === 201).length;
  // Those that began after the refusal was answered.
  expect(answers.slice(12).map(({ status }) => status)).toEqual(Array(12).fill(422));
  const { rows, objects, reservations } = await leftoversOf(account);
  const originals = objects.filter((key) => key.split("/").length === 2);
  expect([rows, originals.length, reservations]).toEqual([taken, taken, 0]);
  await expectRefused(await send(file, account));
  expect(sha256).toHaveLength(64);
});

test("a form of the page of refused files counts only with its token, and only from our own pages", async () => {
  const sha256 = await sha256Of(freshFile());
  for (const [path, headers, fields] of [
    ["/operator/files", { Cookie: operator.cookie, Origin: ORIGIN }, { sha256 }],
    [
      "/operator/files",
      { Cookie: operator.cookie, Origin: "https://evil.example" },
      { sha256, form_token: operator.formToken },
    ],
    ["/operator/files/allow", { Cookie: operator.cookie, Origin: ORIGIN }, { sha256 }],
  ] as const) {
    const answer = await call(path, { method: "POST", headers, body: new URLSearchParams(fields) });
    expect(answer.status).toBe(403);
  }
  const row = env.DB.prepare("select 1 from blocked_files where sha256 = ?").bind(sha256);
  expect(await row.first()).toBeNull();
});

test("an Idempotency-Key of a refused upload is free for another", async () => {
  const account = await makeAccount({ plan: "free" });
  const file = freshFile();
  await refuse(file);
  const key = { "Idempotency-Key": "one" };
  await expectRefused(await send(file, account, key));
  expect((await send(freshFile(), account, key)).status).toBe(201);
});

test("the same picture in another file is not caught: it is no list of pictures", async () => {
  const account = await makeAccount();
  await refuse(freshFile());
  expect((await send(freshFile(), account)).status).toBe(201);
});

test("an image is blocked together with its file, and unblocking the image does not let the file in again", async () => {
  const account = await makeAccount();
  const file = freshFile();
  const { id } = await (await send(file, account)).json<{ id: string }>();
  const blocked = await admin("PATCH", `images/${id}`, { status: "blocked", refuse_file: true });
  expect(await blocked.json()).toMatchObject({ status: "blocked" });
  await expectRefused(await send(file, account));
  await admin("PATCH", `images/${id}`, { status: "ready" });
  await expectRefused(await send(file, account));
});

test.each(["block", "delete"])("the operator's page does it with one check box: %s", async (action) => {
  const account = await makeAccount();
  const [with_, without] = [freshFile(), freshFile()];
  for (const [file, fields] of [
    [with_, { do: action, refuse: "1" }],
    [without, { do: action }],
  ] as const) {
    const { id } = await (await send(file, account)).json<{ id: string }>();
    expect(await (await visit(operator, `/operator/images/${id}`)).text()).toContain('name="refuse"');
    expect((await submit(operator, `/operator/images/${id}`, fields)).status).toBe(303);
  }
  await expectRefused(await send(with_, account));
  expect((await send(without, account)).status).toBe(201);
  const list = await (await visit(operator, "/operator/files")).text();
  expect(list).toContain(await sha256Of(with_));
  expect(list).toContain(`/operator/accounts/${operator.id}`);
});

test("the box does nothing with what takes no picture away", async () => {
  const account = await makeAccount();
  const file = freshFile();
  const { id } = await (await send(file, account)).json<{ id: string }>();
  for (const action of ["nsfw", "sfw", "dismiss"])
    await submit(operator, `/operator/images/${id}`, { do: action, refuse: "1" });
  expect((await send(file, account)).status).toBe(201);
});

test("on its page an operator refuses a file by its hash and lets it go again; who did what stays to be read", async () => {
  const account = await makeAccount();
  const file = freshFile();
  const sha256 = await sha256Of(file);
  const nonsense = await submit(operator, "/operator/files", { sha256: "not a hash" });
  expect([nonsense.status, (await nonsense.text()).includes("64 hexadecimal digits")]).toEqual([422, true]);
  await submit(operator, "/operator/files", { sha256: ` ${sha256.toUpperCase()} `, note: "<b>case 7</b>" });
  await expectRefused(await send(file, account));
  expect(await (await visit(operator, "/operator/files")).text()).toContain("&lt;b&gt;case 7&lt;/b&gt;");
  await submit(operator, "/operator/files/allow", { sha256 });
  expect((await send(file, account)).status).toBe(201);
  const kept = await env.DB.prepare("select note, blocked_by, lifted_by from blocked_files where sha256 = ?");
  expect(await kept.bind(sha256).first()).toEqual({
    note: "<b>case 7</b>",
    blocked_by: operator.id,
    lifted_by: operator.id,
  });
  // Refused once more, it is refused.
  await submit(operator, "/operator/files", { sha256, note: "again" });
  await expectRefused(await send(file, account));
});

describe("/v1/admin/blocked-files", () => {
  test("takes many at once, says which were new, and lists them all, the newest first, page by page", async () => {
    await env.DB.prepare("delete from blocked_files").run();
    const many = Array.from({ length: 230 }, (_, n) => n.toString(16).padStart(64, "0"));
    const post = async (sha256: readonly string[]) =>
      filesBlockedSchema.parse(
        await (await admin("POST", "blocked-files", { sha256, note: "a list" })).json(),
      );
    expect(await post([...many, ...many])).toMatchObject({ blocked: 230, there: 0 });
    expect(await post([...many.slice(0, 5), "f".repeat(64)])).toMatchObject({ blocked: 1, there: 5 });
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const answer = await admin("GET", `blocked-files?before=${cursor}`);
      const page = blockedFileListSchema.parse(await answer.json());
      seen.push(...page.data.map(({ sha256 }) => sha256));
      cursor = page.next_cursor;
    }
    expect(seen.toSorted()).toEqual([...many, "f".repeat(64)].toSorted());
    expect(seen[0]).toBe("f".repeat(64));
  });

  test("lets a file go again once; then there is nothing to let go", async () => {
    const sha256 = await refuse(freshFile());
    const lifted = blockedFileSchema.parse(await (await admin("DELETE", `blocked-files/${sha256}`)).json());
    expect(lifted.lifted_at).not.toBeNull();
    expect((await admin("DELETE", `blocked-files/${sha256}`)).status).toBe(404);
    expect((await admin("DELETE", "blocked-files/nonsense")).status).toBe(404);
  });

  test.each([
    ["no hashes", { sha256: [] }],
    ["what is no hash", { sha256: ["x'); drop table images; --"] }],
    ["too many", { sha256: Array.from({ length: MAX_FILES_AT_ONCE + 1 }, () => "0".repeat(64)) }],
    ["a field that there is not", { sha256: ["0".repeat(64)], by: "somebody" }],
  ])("refuses %s", async (_, body) => {
    expect((await admin("POST", "blocked-files", body)).status).toBe(422);
  });

  test("is nothing for whoever has not the operator's token, a key of an operator's account among them", async () => {
    const sha256 = await refuse(freshFile());
    for (const [method, path, body] of [
      ["GET", "blocked-files"],
      ["POST", "blocked-files", { sha256: ["a".repeat(64)] }],
      ["DELETE", `blocked-files/${sha256}`],
    ] as const) {
      expect((await admin(method, path, body, operator.key)).status).toBe(401);
      expect((await admin(method, path, body, "x")).status).toBe(401);
      const headers = { "Content-Type": "application/json", Cookie: operator.cookie };
      const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
      expect((await call(`/v1/admin/${path}`, init)).status).toBe(404);
    }
    const { lifted_at } = (await env.DB.prepare("select lifted_at from blocked_files where sha256 = ?")
      .bind(sha256)
      .first<{ lifted_at: number | null }>()) ?? { lifted_at: 0 };
    expect(lifted_at).toBeNull();
  });
});

test("a copy brings its refused files along, and an image of one comes in as blocked", async () => {
  const account = await makeAccount();
  const file = freshFile();
  const { id } = await (await send(file, account)).json<{ id: string }>();
  const copied = await (await admin("GET", "backup/rows?table=images")).json<{ rows: { id: string }[] }>();
  const row = copied.rows.find((one) => one.id === id);
  await env.DB.prepare("delete from images where id = ?").bind(id).run();
  await refuse(file);
  expect((await admin("POST", "backup/rows", { table: "images", rows: [row] })).status).toBe(200);
  const restored = env.DB.prepare("select status, master from images where id = ?").bind(id);
  expect(await restored.first()).toEqual({ status: "blocked", master: null });
  const list = await (await admin("GET", "backup/rows?table=blocked_files")).json<{ rows: object[] }>();
  expect(list.rows).toContainEqual(expect.objectContaining({ sha256: await sha256Of(file), liftedAt: null }));
});
