// How codes leave: by Cloudflare's binding, by a provider over HTTP, or, on one's own machine, onto the page.
import { afterEach, expect, test, vi } from "vitest";
import { Mailbox } from "../support/mailbox.ts";
import { pretendOutside } from "../support/outside.ts";
import { askForCode, mailing } from "../support/signing-in.ts";

const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
afterEach(() => {
  said.mockClear();
  warned.mockClear();
});

const PROVIDER = "https://api.mail.example/emails";
const byHttp = {
  MAIL_URL: PROVIDER,
  MAIL_TOKEN: "provider-token",
  MAIL_FROM: "Pictures <codes@edgepix.test>",
};

test("The binding gets the mail, from MAIL_FROM, with the code and the host's name", async () => {
  const mailbox = new Mailbox();
  await askForCode("ann@example.com", mailing(mailbox));
  const [letter, ...others] = mailbox.letters;
  expect(others).toEqual([]);
  expect(letter).toMatchObject({ from: "codes@edgepix.test", to: "ann@example.com" });
  expect(letter?.subject).toMatch(/^\d{6} is your code for edgepix\.test$/);
  expect(letter?.text).toContain(mailbox.codeFor("ann@example.com"));
});

test("A provider over HTTP gets one POST of JSON with its token", async () => {
  const posts: { readonly headers: Headers; readonly body: unknown }[] = [];
  pretendOutside({
    pages: {
      [PROVIDER]: async (request) => {
        posts.push({ headers: request.headers, body: await request.json() });
        return Response.json({ id: "1" });
      },
    },
  });
  const { response } = await askForCode("bob@example.com", byHttp);
  expect(response.status).toBe(200);
  expect(posts).toHaveLength(1);
  expect(posts[0]?.headers.get("Authorization")).toBe("Bearer provider-token");
  expect(posts[0]?.body).toEqual({
    from: "Pictures <codes@edgepix.test>",
    to: "bob@example.com",
    subject: expect.stringMatching(/^\d{6} is/),
    text: expect.stringContaining("10 minutes"),
  });
});

test.each([401, 422, 500, 302])(
  "A provider that answers %i is told of in words, and the log names no address",
  async (status) => {
    pretendOutside({ pages: { [PROVIDER]: () => new Response("carl@example.com is no good", { status }) } });
    const { response, text } = await askForCode(`carl${status}@example.com`, byHttp);
    expect(response.status).toBe(502);
    expect(text).toContain("could not be sent");
    expect(String(said.mock.calls)).toContain(String(status));
    expect(String(said.mock.calls)).not.toContain("carl");
  },
);

test("A binding that fails is told of in words", async () => {
  const mailbox = new Mailbox();
  mailbox.isDown = true;
  const { response } = await askForCode("dora@example.com", mailing(mailbox));
  expect(response.status).toBe(502);
});

test.each([
  ["nothing is set", {}],
  ["MAIL_FROM is missing", { ...byHttp, MAIL_FROM: "" }],
  ["MAIL_FROM is no address", { ...byHttp, MAIL_FROM: "codes" }],
  ["MAIL_URL is not https", { ...byHttp, MAIL_URL: "http://api.mail.example/emails" }],
  ["MAIL_TOKEN is missing", { ...byHttp, MAIL_TOKEN: "" }],
  ["only the binding is there", { EMAIL: new Mailbox().binding }],
])("Where %s, the page says that no mail is sent from here", async (_, bindings) => {
  const { asked } = pretendOutside({});
  const { response, text } = await askForCode("erna@example.com", bindings);
  expect(response.status).toBe(503);
  expect(text).toContain("sends no e-mail yet");
  expect(asked).toEqual([]);
});

const shown = /id="shown-code">(\d{6})</;

test("On one's own machine the code is on the page and in the terminal, and marked", async () => {
  for (const origin of ["http://localhost:8787", "http://127.0.0.1:8787"]) {
    const { text } = await askForCode("fred@example.com", { DEV_SHOW_CODES: "yes" }, { origin });
    const code = shown.exec(text)?.[1] ?? "";
    expect(text).toContain("Local development");
    expect(String(warned.mock.lastCall)).toContain(code);
    expect(String(warned.mock.lastCall)).toContain("LOCAL DEVELOPMENT");
  }
});

test.each([
  ["a deployed host", { DEV_SHOW_CODES: "yes" }, "https://edgepix.example"],
  ["a host that begins like one's own", { DEV_SHOW_CODES: "yes" }, "https://localhost.edgepix.example"],
  ["one's own machine without the var", {}, "http://localhost:8787"],
  ["one's own machine with another value", { DEV_SHOW_CODES: "true" }, "http://localhost:8787"],
])("No code is shown on %s", async (_, bindings, origin) => {
  const { response, text } = await askForCode("gina@example.com", bindings, { origin });
  expect(response.status).toBe(503);
  expect(text).not.toMatch(shown);
  expect(warned).not.toHaveBeenCalled();
});

test("Where mails are sent, no code is shown, whatever the var says", async () => {
  const bindings = mailing(new Mailbox(), { DEV_SHOW_CODES: "yes" });
  const { text } = await askForCode("hans@example.com", bindings, { origin: "http://localhost:8787" });
  expect(text).not.toMatch(shown);
});
