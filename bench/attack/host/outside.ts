// The made-up internet: every address that the API fetches leads here, and each host has a temper of its own.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Temper = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

export interface Outside {
  readonly port: number;
  readonly stop: () => void;
}

/** `tempers`: by host name. Names are looked up here too: all are public, but for those that `resolve` answers itself. */
export async function startOutside(
  tempers: Readonly<Record<string, Temper>>,
  resolve: (name: string, response: ServerResponse) => boolean,
): Promise<Outside> {
  // A proxy is asked with the whole address and without a Host.
  const server = createServer({ requireHostHeader: false }, (request, response) => {
    response.on("error", () => undefined);
    const url = new URL(request.url ?? "/", "http://nobody.example");
    if (url.pathname === "/dns-query") {
      const name = url.searchParams.get("name") ?? "";
      if (!resolve(name, response))
        answerName(response, url.searchParams.get("type") ?? "A", ["93.184.215.14"]);
      return;
    }
    const temper = tempers[url.hostname];
    if (temper) temper(request, response, url);
    else response.writeHead(404).end();
  });
  server.on("clientError", (_, socket) => socket.destroy());
  await new Promise<void>((started) => server.listen(0, "127.0.0.1", started));
  const address = server.address() satisfies AddressInfo | string | null;
  if (address === null || typeof address === "string") throw new Error("the outside has no port");
  return {
    port: address.port,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** DNS over HTTPS, in JSON; there is no IPv6 out there. */
export function answerName(response: ServerResponse, type: string, addresses: readonly string[]): void {
  const isFour = type === "A" || type === "1";
  const answers = isFour ? addresses.map((data) => ({ name: "x", type: 1, TTL: 60, data })) : [];
  response.writeHead(200, { "Content-Type": "application/dns-json" });
  response.end(JSON.stringify({ Status: 0, Answer: answers }));
}
