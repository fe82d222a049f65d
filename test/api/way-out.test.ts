// What a page offers to whom it refuses: nobody is told to sign in who is signed in, and nobody is led where they may not go.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { call, form, ORIGIN } from "../support/api.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { makeMember, type TestMember, visit } from "../support/members.ts";

const picture = new File([await fixtureBytes("icon.ico")], "icon.ico");
const words = new File(["only words"], "notes.jpg");
const FULL = { ANONYMOUS_STORAGE_BYTES: "12" };

interface Sent {
  readonly member?: TestMember | null;
  readonly file?: File;
  /** What nobody's form of the front page was, though somebody is signed in. */
  readonly isStale?: boolean;
  readonly bindings?: Readonly<Record<string, unknown>>;
}

let lastAddress = 0;

async function sent({ member = null, file = picture, isStale = false, bindings = {} }: Sent) {
  const path = member && !isStale ? `/gallery/upload?form_token=${member.formToken}` : "/";
  const headers = {
    Origin: ORIGIN,
    "CF-Connecting-IP": `203.0.113.${++lastAddress}`,
    ...(member && { Cookie: member.cookie }),
  };
  const answer = await call(path, { method: "POST", headers, body: form(["file", file]) }, bindings);
  return { status: answer.status, ...read(await answer.text()) };
}

/** The link that the page offers, and whom its head takes the reader for. */
function read(page: string) {
  const link = /class="way-out"><a href="([^"]*)">([^<]*)/.exec(page);
  return {
    wayOut: link ? [link[1], link[2]] : null,
    head: page.includes('action="/sign-out"')
      ? "member"
      : /href="\/sign-in">Sign in/.test(page)
        ? "nobody"
        : "?",
  };
}

async function memberWithFullMonth(): Promise<TestMember> {
  const member = await makeMember({ plan: "free" });
  const ledger = env.LEDGER.getByName(`account:${member.id}`);
  const ids = Array.from({ length: 100 }, (_, n) => `used${n}`);
  for (const imageId of ids) await ledger.commit(imageId, 1, Date.now());
  await ledger.remove(ids);
  return member;
}

const makeAccount = [`${ORIGIN}/sign-up`, "Make an account"];
const signIn = ["/sign-in", "Sign in to upload more"];

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ["where all may sign up", { SIGNUPS: "open" }, makeAccount],
  ["where nobody may", { SIGNUPS: "closed" }, signIn],
  ["where it takes an invitation", { SIGNUPS: "invite" }, signIn],
  [
    "where the operator has a page for it",
    { SIGNUP_URL: "https://example.com/join" },
    ["https://example.com/join", "Make an account"],
  ],
])("Nobody's upload finds no room, %s", async (_, settings, wayOut) => {
  const answer = await sent({ bindings: { ...FULL, ...settings } });
  expect(answer).toEqual({ status: 403, wayOut, head: "nobody" });
});

test("Nobody's uploads come too often", async () => {
  const bindings = { ANONYMOUS_UPLOADS_PER_HOUR: "0", SIGNUPS: "open" };
  expect((await sent({ bindings })).status).toBe(429);
});

test("A member whose month is used up sees what is used, or moves to a larger plan where there is a way", async () => {
  const member = await memberWithFullMonth();
  const plain = await sent({ member });
  expect(plain).toEqual({ status: 403, wayOut: ["/usage", "See what is used"], head: "member" });
  const bindings = { UPGRADE_URL: "https://example.com/upgrade" };
  const { wayOut } = await sent({ member, bindings });
  expect(wayOut).toEqual(["https://example.com/upgrade", "Move to a larger plan"]);
});

test("A member who sends nobody's form, which stood open since before, is led to their own pictures", async () => {
  const member = await makeMember();
  const answer = await sent({ member, isStale: true, bindings: { ...FULL, SIGNUPS: "open" } });
  expect(answer).toEqual({
    status: 403,
    wayOut: ["/gallery", "Upload to your own pictures"],
    head: "member",
  });
});

test("What is no picture is refused with no other way, to members and to nobody", async () => {
  for (const member of [await makeMember(), null]) {
    const head = member ? "member" : "nobody";
    expect(await sent({ member, file: words })).toEqual({ status: 422, wayOut: null, head });
  }
});

test("Whose account is suspended is told so on a page that lets them sign out", async () => {
  const member = await makeMember({ status: "suspended" });
  expect(await sent({ member })).toEqual({ status: 403, wayOut: null, head: "member" });
});

test("Who is signed in uploads from the front page to their account, under its own limits", async () => {
  const member = await makeMember();
  const page = await (await visit(member, "/")).text();
  expect(page).toContain(`action="/gallery/upload?form_token=${member.formToken}"`);
  expect(page).toContain("70 MB");
  expect(page).not.toContain("Without an account");
  const nobodys = await (await visit(null, "/")).text();
  expect(nobodys).toContain('action="/"');
  expect(nobodys).toContain("Without an account");
});

test.each<[string, string, boolean]>([
  ["open", "/sign-up", true],
  ["closed", "/sign-up", false],
])(
  "Where signing up is %s, the front page and the plans say so to nobody and to no member",
  async (SIGNUPS, path, isOffered) => {
    for (const address of ["/", "/plans"]) {
      const nobodys = await (await visit(null, address, { SIGNUPS })).text();
      expect(nobodys.includes(`href="${ORIGIN}${path}"`)).toBe(isOffered);
      const members = await (await visit(await makeMember(), address, { SIGNUPS })).text();
      expect(members).not.toContain(path);
    }
  },
);

test("Only a member is offered another plan", async () => {
  const bindings = { UPGRADE_URL: "https://example.com/upgrade" };
  expect(await (await visit(null, "/plans", bindings)).text()).not.toContain("https://example.com/upgrade");
  expect(await (await visit(await makeMember(), "/plans", bindings)).text()).toContain(
    "https://example.com/upgrade",
  );
});

test("Where uploads without an account are closed, nobody is led to sign in, and a member uploads", async () => {
  const bindings = { ANONYMOUS_UPLOADS_PER_HOUR: "0" };
  const nobodys = await (await visit(null, "/", bindings)).text();
  expect(nobodys).toContain("closed here");
  expect(nobodys).not.toContain("<form");
  expect(await (await visit(await makeMember(), "/", bindings)).text()).toContain('id="upload"');
});

test("Where a private picture may be, nobody is led to sign in and back; a member is not", async () => {
  const nobodys = await visit(null, "/zzzzzzzz");
  expect(nobodys.status).toBe(404);
  expect(await nobodys.text()).toContain('href="/sign-in?next=%2Fzzzzzzzz"');
  expect(await (await visit(await makeMember(), "/zzzzzzzz")).text()).not.toContain("/sign-in");
});
