// The hosts of the made-up internet, each named for what it does.

import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { answerName, type Temper } from "./host/outside.ts";
import { breakers } from "./outside-breakers.ts";

const photo = readFileSync(join(import.meta.dirname, "../../test/fixtures/coffee.jpg"));
const jpeg = { "Content-Type": "image/jpeg" };
const megabyte = Buffer.alloc(1_000_000, 0xff);

/** Writes for as long as somebody reads. */
function writeForEver(response: ServerResponse, chunk: Buffer): void {
  while (!response.destroyed && response.write(chunk));
  if (!response.destroyed) response.once("drain", () => writeForEver(response, chunk));
}

export const tempers: Readonly<Record<string, Temper>> = {
  ...breakers,
  "good.example": (_, response) => response.writeHead(200, jpeg).end(photo),
  "loop.example": (_, response) => response.writeHead(302, { Location: "http://loop.example/" }).end(),
  "chain.example": (_, response, url) =>
    response.writeHead(302, { Location: `http://chain.example/${Number(url.pathname.slice(1)) + 1}` }).end(),
  "inward.example": (_, response, url) =>
    response.writeHead(302, { Location: decodeURIComponent(url.search.slice(1)) }).end(),
  "far.example": (_, response) =>
    response.writeHead(302, { Location: `http://good.example/${"a".repeat(60_000)}` }).end(),
  "endless.example": (_, response) => {
    response.writeHead(200, jpeg).write(photo.subarray(0, -2));
    writeForEver(response, megabyte);
  },
  "huge.example": (_, response) => {
    response.writeHead(200, { ...jpeg, "Content-Length": "99999999999" }).write(photo);
  },
  "drip.example": (_, response) => {
    response.writeHead(200, jpeg);
    let sent = 0;
    const timer = setInterval(() => response.write(photo.subarray(sent, ++sent)), 100);
    response.once("close", () => clearInterval(timer));
  },
  "silent.example": () => undefined,
  "headers-only.example": (_, response) => response.writeHead(200, jpeg).flushHeaders(),
  "short.example": (_, response) => {
    response.writeHead(200, { ...jpeg, "Content-Length": String(photo.length * 2) }).write(photo);
    setTimeout(() => response.destroy(), 50);
  },
  "bomb.example": (_, response) => {
    response.writeHead(200, { ...jpeg, "Content-Encoding": "gzip" }).end(gzipBomb());
  },
  "broken-gzip.example": (_, response) =>
    response.writeHead(200, { ...jpeg, "Content-Encoding": "gzip" }).end(photo),
  "page.example": (_, response) =>
    response.writeHead(200, { "Content-Type": "text/html" }).end("<script>alert(1)</script>"),
  "failing.example": (_, response) => response.writeHead(503).end("no"),
  "empty.example": (_, response) => response.writeHead(200, jpeg).end(),
  "no-content.example": (_, response) => response.writeHead(204).end(),
  "partial.example": (_, response) => response.writeHead(206, jpeg).end(photo),
  "hang-up.example": (request) => request.socket.destroy(),
  "talkative.example": (_, response) => {
    for (let line = 0; line < 200; line++) response.setHeader(`X-Line-${line}`, "a".repeat(200));
    response.writeHead(200, jpeg).end(photo);
  },
};

let bomb: Buffer | undefined;
function gzipBomb(): Buffer {
  bomb ??= gzipSync(Buffer.concat([photo.subarray(0, -2), Buffer.alloc(200_000_000)]));
  return bomb;
}

/** Names that are not answered as they should be; true when that was done. */
export function lookUpOdd(name: string, response: ServerResponse): boolean {
  const odd = names[name];
  odd?.(response);
  return odd !== undefined;
}

const names: Readonly<Record<string, (response: ServerResponse) => void>> = {
  "private.example": (response) => answerName(response, "A", ["10.0.0.7"]),
  "half-private.example": (response) => answerName(response, "A", ["93.184.215.14", "169.254.169.254"]),
  "crowded.example": (response) =>
    answerName(
      response,
      "A",
      Array.from({ length: 50_000 }, () => "93.184.215.14"),
    ),
  "nameless.example": (response) => answerName(response, "A", []),
  "no-json.example": (response) => response.writeHead(200).end("<html>"),
  "dns-down.example": (response) => response.writeHead(502).end(),
  "dns-silent.example": () => undefined,
  "dns-endless.example": (response) => {
    response.writeHead(200, { "Content-Type": "application/dns-json" }).write("[");
    writeForEver(response, Buffer.alloc(100_000, " "));
  },
};
