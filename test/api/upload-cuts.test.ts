// An upload is the same wherever the network cuts it: what is kept of it, and why it is refused.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { imageSchema } from "../../schema/api.ts";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import {
  type Bytes,
  cutAt,
  formBody,
  formType,
  inSingles,
  outcomeOf,
  streamOf,
  ways,
} from "../support/cut-uploads.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";

const account = await makeAccount();
const ascii = (text: string): Bytes => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const utf16 = (text: string): Bytes =>
  Uint8Array.from([0xff, 0xfe, ...[...text].flatMap((letter) => [letter.charCodeAt(0), 0])]);
const gzipped = async (text: string): Promise<Bytes> =>
  new Uint8Array(
    await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer(),
  );

const drawing = '<rect width="4" height="4" fill="red"/>';
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script>${drawing}</svg>`;
const safe = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">${drawing}</svg>`;

const drawings: Readonly<Record<string, Bytes>> = {
  "an SVG": ascii(svg),
  "an SVG behind a newline": ascii(`\n${svg}`),
  "an SVG behind 60 spaces": ascii(" ".repeat(60) + svg),
  "an SVG behind a byte order mark": Uint8Array.from([0xef, 0xbb, 0xbf, ...ascii(svg)]),
  "an SVG in UTF-16": utf16(svg),
  "an SVG in Latin-1": ascii(`<?xml version="1.0" encoding="ISO-8859-1"?>${svg}`),
  "an SVG with entities": ascii(
    `<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]>${svg.replace("http://www.w3.org/2000/svg", "&ns;")}`,
  ),
};
const others: Readonly<Record<string, Bytes>> = {
  "an SVG that swells by entities": ascii(
    `<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg>&b;</svg>`,
  ),
  "a declaration behind a newline": ascii(`\n<?xml version="1.0"?>${svg}`),
  "a gzipped SVG": await gzipped(svg),
  "an SVG that is not closed": ascii(svg.slice(0, -1)),
  "a page": ascii("<!doctype html><p>hi"),
  text: ascii("just text"),
};
const pictures = [
  ["coffee.jpg", 40],
  ["logo.png", 60],
  ["disposal.gif", 60],
  ["animation.webp", 60],
  ["photo.avif", 300],
  ["photo.heic", 300],
  ["icon.ico", 60],
  ["sample.bmp", 60],
  ["scan.tiff", 40],
] as const;

const rows = Object.keys(ways).flatMap((way) => [
  ...Object.entries({ ...drawings, ...others }).map(([what, file]) => ({ way, what, file, cuts: 1_000 })),
  ...pictures.map(([what, cuts]) => ({ way, what, file: fixtureBytes(what), cuts })),
]);

const wayNamed = (name: string) => {
  if (name === "a form" || name === "a raw body" || name === "an import") return ways[name];
  throw new Error(`There is no way ${name}.`);
};

test.each(rows)("$what in $way is the same wherever it is cut", async ({ way, file, cuts }) => {
  const { bodyOf, read } = wayNamed(way);
  const body = bodyOf(await file);
  const whole = await outcomeOf(read([body]));
  const end = Math.min(cuts + body.length - (await file).length, body.length);
  for (let at = 0; at <= end; at++)
    expect(await outcomeOf(read(cutAt(body, at))), `cut at ${at}`).toBe(whole);
  for (let at = Math.max(end, body.length - 70); at < body.length; at++)
    expect(await outcomeOf(read(cutAt(body, at))), `cut at ${at}`).toBe(whole);
  if (body.length < 3_000) expect(await outcomeOf(read(inSingles(body)))).toBe(whole);
});

test.each(Object.entries(drawings))(
  "%s is stored safe by every address, byte by byte",
  async (what, file) => {
    const headers = authorization(account.key);
    const sent = [
      ["/v1/images", formBody(file), formType],
      ["/v1/images", file, "image/svg+xml"],
      ["/v1/upload", file, "application/octet-stream"],
      ["/v1/import", formBody(file), formType],
    ] as const;
    for (const [path, body, type] of sent) {
      for (const chunks of [[body], inSingles(body), cutAt(body, 1), cutAt(body, 60)]) {
        const init = {
          method: "POST",
          body: streamOf(chunks),
          headers: { ...headers, "Content-Type": type },
        };
        const response = await call(path, init);
        expect(response.status, `${what} to ${path} as ${type}`).toBe(201);
        const { id } = imageSchema.parse(await response.json());
        const stored = await env.ORIGINALS.get(`${account.storage}/${id}`);
        expect(await stored?.text()).toBe(safe);
      }
    }
  },
);
