// HTTP as nobody should send it: bytes to a socket, and whatever comes back.

import { connect } from "node:net";
import type { Answer } from "./attack.ts";

/** A server that has not answered by then is not going to. */
const WAIT_MS = 30_000;

/** Ends when the server has answered one response, or has closed the connection. */
export async function rawExchange(
  port: number,
  request: string | Uint8Array,
  may: readonly number[] | undefined,
): Promise<Answer> {
  const received = await new Promise<Buffer>((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () => socket.write(request));
    const done = () => {
      socket.destroy();
      resolve(Buffer.concat(chunks));
    };
    const timer = setTimeout(done, WAIT_MS);
    timer.unref();
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      if (isWhole(Buffer.concat(chunks))) done();
    });
    socket.on("error", done).on("close", done);
  });
  return parse(received, may);
}

function isWhole(received: Buffer): boolean {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const length = /content-length: (\d+)/i.exec(received.subarray(0, end).toString("latin1"))?.[1];
  return length !== undefined && received.length >= end + 4 + Number(length);
}

function parse(received: Buffer, may: readonly number[] | undefined): Answer {
  const end = received.indexOf("\r\n\r\n");
  const [first = "", ...lines] = received.subarray(0, Math.max(0, end)).toString("latin1").split("\r\n");
  const headers = new Headers(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  );
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(first)?.[1] ?? 0);
  const problem = status === 0 ? "the connection was closed" : "";
  const body = new Uint8Array(received.subarray(end + 4));
  return { status, headers, body, isCut: false, problem, ...(may && { may }) };
}
