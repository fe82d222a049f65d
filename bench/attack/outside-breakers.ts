// Hosts that break HTTP itself, or the connection: what they say goes to the socket as it is.

import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Temper } from "./host/outside.ts";

const photo = readFileSync(join(import.meta.dirname, "../../test/fixtures/coffee.jpg"));
const head = (...lines: readonly string[]) =>
  `HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n${lines.map((line) => `${line}\r\n`).join("")}`;

/** Writes the same for as long as somebody reads. */
function repeatForEver(socket: Socket, text: string): void {
  const piece = text.repeat(Math.ceil(16_384 / text.length));
  const write = () => {
    while (!socket.destroyed && socket.write(piece));
    if (!socket.destroyed) socket.once("drain", write);
  };
  write();
}

/**
 * The same, at some two megabytes a second: what is no answer yet is read by the platform's own client, before any code of ours, and that reads
 * as fast as it comes until the import's time is over. On Cloudflare it does so outside of the isolate.
 */
function repeatSteadily(socket: Socket, text: string): void {
  const piece = text.repeat(Math.ceil(16_384 / text.length));
  const timer = setInterval(() => socket.write(piece), 8);
  socket.once("close", () => clearInterval(timer));
}

const raw =
  (answer: (socket: Socket) => void): Temper =>
  ({ socket }) => {
    socket.on("error", () => undefined);
    answer(socket);
  };

/** Zeros behind a picture's beginning, packed once. */
const bombs = new Map<string, Buffer>();
function bomb(name: string, pack: (bytes: Buffer) => Buffer): Buffer {
  const known = bombs.get(name) ?? pack(Buffer.concat([photo.subarray(0, -2), Buffer.alloc(200_000_000)]));
  bombs.set(name, known);
  return known;
}
const brotli = (bytes: Buffer) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });

const encoded =
  (encoding: string, make: () => Buffer): Temper =>
  (_, response) =>
    response.writeHead(200, { "Content-Type": "image/jpeg", "Content-Encoding": encoding }).end(make());

/** Longer than an import may take. */
const LATE_MS = 32_000;

export const breakers: Readonly<Record<string, Temper>> = {
  "reset.example": raw((socket) => {
    socket.write(`${head(`Content-Length: ${photo.length}`)}\r\n`);
    socket.write(photo.subarray(0, photo.length / 2));
    setTimeout(() => socket.resetAndDestroy(), 50);
  }),
  "reset-at-once.example": raw((socket) => socket.resetAndDestroy()),
  "continues.example": raw((socket) => repeatSteadily(socket, "HTTP/1.1 100 Continue\r\n\r\n")),
  "hints.example": raw((socket) =>
    repeatSteadily(socket, "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"),
  ),
  "one-continue.example": raw((socket) => {
    socket.write(`HTTP/1.1 100 Continue\r\n\r\n${head(`Content-Length: ${photo.length}`)}\r\n`);
    socket.write(photo);
  }),
  "header-flood.example": raw((socket) => {
    socket.write(head());
    repeatForEver(socket, `X-Line: ${"a".repeat(100)}\r\n`);
  }),
  "one-header.example": raw((socket) => {
    socket.write(`${head()}X-Line: `);
    repeatForEver(socket, "a");
  }),
  "two-lengths.example": raw((socket) => {
    socket.write(`${head("Content-Length: 5", `Content-Length: ${photo.length}`)}\r\n`);
    socket.write(photo);
  }),
  "longer.example": raw((socket) => {
    socket.write(`${head("Content-Length: 1000")}\r\n`);
    socket.write(photo);
  }),
  "chunk-lie.example": raw((socket) => {
    socket.write(`${head("Transfer-Encoding: chunked")}\r\nffffffffffff\r\n`);
    socket.write(photo);
  }),
  "chunk-words.example": raw((socket) => {
    socket.write(`${head("Transfer-Encoding: chunked")}\r\n1;`);
    repeatForEver(socket, "a=b;");
  }),
  "trailers.example": raw((socket) => {
    socket.write(`${head("Transfer-Encoding: chunked")}\r\n1\r\na\r\n0\r\n`);
    repeatForEver(socket, `X-Line: ${"a".repeat(100)}\r\n`);
  }),
  "no-http.example": raw((socket) => socket.end(photo)),
  "upgrade.example": raw((socket) =>
    socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n"),
  ),
  "late.example": (_, response) => {
    const timer = setTimeout(
      () => response.writeHead(200, { "Content-Type": "image/jpeg" }).end(photo),
      LATE_MS,
    );
    response.once("close", () => clearTimeout(timer));
  },
  "slow-steps.example": (_, response, url) => {
    const to = `http://slow-steps.example/${Number(url.pathname.slice(1)) + 1}`;
    setTimeout(() => response.writeHead(302, { Location: to }).end(), 8_000);
  },
  "heavy-redirect.example": raw((socket) => {
    socket.write(
      "HTTP/1.1 302 Found\r\nLocation: http://good.example/\r\nTransfer-Encoding: chunked\r\n\r\n",
    );
    repeatForEver(socket, `400\r\n${"a".repeat(1_024)}\r\n`);
  }),
  "brotli-bomb.example": encoded("br", () => bomb("br", brotli)),
  "double-gzip.example": encoded("gzip, gzip", () =>
    bomb("gzip twice", (bytes) => gzipSync(gzipSync(bytes))),
  ),
  "odd-encoding.example": encoded("rot13", () => photo),
};
