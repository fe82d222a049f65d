// An uploaded SVG draws, and does nothing else.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { errorSchema, imageSchema } from "../../schema/api.ts";

import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { sanitizeSvg } from "../support/whole-svg.ts";

const account = await makeAccount();
const inSvg = (content: string, attributes = "") =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"${attributes}>${content}</svg>`;

const safeSvg = (source: string) => {
  const sanitized = sanitizeSvg(source);
  return sanitized.ok ? sanitized.svg : sanitized.reason;
};

const upload = (body: string | Uint8Array<ArrayBuffer>) =>
  call("/v1/images", {
    method: "POST",
    body,
    headers: { ...authorization(account.key), "Content-Type": "image/svg+xml" },
  });

test("POST /v1/images stores an SVG made safe", async () => {
  const drawing = '<rect width="4" height="4" fill="url(#g)"></rect>';
  const response = await upload(
    `<?xml version="1.0"?><!-- hi -->${inSvg(`<script>alert(1)</script>${drawing}`)}`,
  );
  const image = imageSchema.parse(await response.json());
  expect(image).toMatchObject({ format: "svg", transformable: false, width: 9, height: 9 });
  const stored = await env.ORIGINALS.get(`${account.storage}/${image.id}`);
  expect(await stored?.text()).toBe(inSvg(drawing));
  expect(image.bytes).toBe(inSvg(drawing).length);
});

test.each([
  ["a script", "<script>alert(1)</script>", ""],
  ["a script in CDATA", "<script><![CDATA[alert(1)]]></script>", ""],
  ["foreign content", "<foreignObject><p>hi</p></foreignObject>", ""],
  ["an animation that sets a link", '<set attributeName="href" to="javascript:alert(1)"/>', ""],
  ["a handler", '<g onload="alert(1)" OnClick="x"></g>', "<g></g>"],
  ["a link, not what is in it", '<a href="javascript:alert(1)"><g></g></a>', "<g><g></g></g>"],
  [
    "a link, not what it moves and paints",
    '<a xlink:href="https://example.com/" href="#x" target="_top" class="hot" transform="translate(50 50)" fill="red"><path></path></a>',
    '<g class="hot" transform="translate(50 50)" fill="red"><path></path></g>',
  ],
  [
    "a link between words, not what it paints",
    '<text>see <tspan><a href="https://x.example" fill="blue">here</a></tspan> <a>or <a>there</a></a></text>',
    '<text>see <tspan><tspan fill="blue">here</tspan></tspan> <tspan>or <tspan>there</tspan></tspan></text>',
  ],
  ["a link without anything", '<a href="https://x.example"/>', "<g/>"],
  ["a picture from elsewhere", '<image href="https://evil.example/p.png"></image>', "<image></image>"],
  ["an SVG inside a picture", '<image href="data:image/svg+xml;base64,AAAA"></image>', "<image></image>"],
  ["a use of elsewhere", '<use xlink:href="https://evil.example/a.svg#b"></use>', "<use></use>"],
  ["a fill from elsewhere", '<g fill="url(https://evil.example/#a)"></g>', "<g></g>"],
  ["an escaped url", '<g style="fill:\\75rl(https://evil.example)"></g>', "<g></g>"],
  ["an imported style", "<style>@import 'https://evil.example/a.css';</style>", "<style></style>"],
  ["an import split by a comment", "<style>@im<!-- x -->port '//evil.example';</style>", "<style></style>"],
  ["a url split by a comment", "<style>a{fill:ur<!-- -->l(//evil.example)}</style>", "<style>a{}</style>"],
  ["a comment", "<!-- <script>alert(1)</script> -->", ""],
  ["a prefixed script", '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>', ""],
])("An SVG loses %s", (_, content, left) => {
  expect(safeSvg(inSvg(content))).toBe(inSvg(left));
});

test.each([
  '<image href="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="></image>',
  '<use xlink:href="#a"></use>',
  "<style>.a{fill:url(#g)}</style>",
  '<text xml:space="preserve">a &lt; b &amp; c</text>',
  '<path d="M0 0L9 9" style="stroke:red"></path>',
])("An SVG keeps %s", (content) => {
  expect(safeSvg(inSvg(content))).toBe(inSvg(content));
});

test.each([
  ["entities that would expand", `<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${inSvg("&b;")}`],
  ["an entity that stands for mark-up", `<!DOCTYPE svg [<!ENTITY dot "<circle r='1'/>">]>${inSvg("&dot;")}`],
  ["an entity of HTML", inSvg("<text>a&nbsp;b</text>")],
  ["broken XML", inSvg("<g>")],
  ["an HTML page", "<!doctype html><html><body><svg></svg></body></html>"],
])("POST /v1/images refuses an SVG with %s", async (_, source) => {
  const response = await upload(source);
  expect(response.status).toBe(422);
  expect(errorSchema.parse(await response.json()).error.details).toHaveProperty("file");
});

test.each([
  [`<!DOCTYPE svg [<!ENTITY dot "<circle r='1'/>">]>${inSvg("&dot;")}`, "entity"],
  [
    `<!DOCTYPE svg [<!ENTITY css ".a{fill:red}&more;"><!ENTITY more "x">]>${inSvg("<style>&css;</style>")}`,
    "entity",
  ],
  [inSvg("<text>a&nbsp;b</text>"), "entity"],
  [inSvg("<g>"), "well-formed"],
  [inSvg("<text>a & b</text>"), "well-formed"],
])("POST /v1/images says of %s what is wrong", async (source, word) => {
  const { error } = errorSchema.parse(await (await upload(source)).json());
  expect(JSON.stringify(error.details)).toContain(word);
});

test("An SVG keeps styles that are entities", () => {
  const source = `<!DOCTYPE svg [<!ENTITY st0 "fill:red;"><!ENTITY sheet ".a{stroke:blue}">]>${inSvg('<style>&sheet;</style><path style="&st0;"/>')}`;
  expect(safeSvg(source)).toBe(inSvg('<style>.a{stroke:blue}</style><path style="fill:red"/>'));
});

test("POST /v1/images refuses an SVG over 10 MB", async () => {
  const response = await upload(inSvg(`<desc>${"a".repeat(10_000_000)}</desc>`));
  expect(response.status).toBe(422);
  expect(errorSchema.parse(await response.json()).error.details).toEqual({
    file: ["The file may have at most 10 MB."],
  });
});
