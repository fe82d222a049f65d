// A fake of Cloudflare's management API, as far as wrangler and our commands ask it: answers as recorded, state as an account would have it.
import { createServer, type IncomingMessage } from "node:http";
import { FakeAccount } from "./account.ts";
import { analyticsRoutes } from "./analytics.ts";
import { type Call, Plain, Refused, type Route, wrap, wrapRefusal } from "./answer.ts";
import { loginRoutes } from "./login.ts";
import { storageRoutes } from "./storage.ts";
import { workerRoutes } from "./workers.ts";
import { zoneRoutes } from "./zones.ts";

export interface FakeCloudflare {
  readonly account: FakeAccount;
  /** What wrangler takes as CLOUDFLARE_API_BASE_URL. */
  readonly url: string;
  /** Method and path of each call, oldest first. */
  readonly calls: string[];
  /** The next call that matches is refused so. */
  refuseOnce(call: RegExp, refusal: Refused): void;
  /** Refuses the call that comes after so many others. */
  refuseAt(count: number, refusal: Refused): void;
  /** What a command needs in its environment to talk to this fake instead of Cloudflare. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const BASE = "/client/v4";

export async function startCloudflare(): Promise<FakeCloudflare> {
  const account = new FakeAccount();
  const calls: string[] = [];
  const refusals: { readonly call: RegExp; readonly refusal: Refused }[] = [];
  const refusedAt = new Map<number, Refused>();
  const routes = [analyticsRoutes, loginRoutes, storageRoutes, workerRoutes, zoneRoutes].flatMap((make) =>
    make(account),
  );

  async function answer(request: Request): Promise<unknown> {
    const { pathname, searchParams } = new URL(request.url);
    const path = pathname.slice(BASE.length);
    const call = `${request.method} ${path}`;
    calls.push(call);
    const planned = refusedAt.get(calls.length - 1);
    if (planned) throw planned;
    const at = refusals.findIndex((one) => one.call.test(call));
    const [refused] = at < 0 ? [] : refusals.splice(at, 1);
    if (refused) throw refused.refusal;
    const token = /^Bearer (.*)$/.exec(request.headers.get("Authorization") ?? "")?.[1] ?? "";
    if (!account.tokens.has(token) && !path.includes("/assets/"))
      throw new Refused(403, 9109, "Invalid access token");
    const [own, rest] = [`/accounts/${account.id}`, path];
    if (path.startsWith("/accounts/") && !path.startsWith(own))
      throw new Refused(403, 10000, "Authentication error");
    return dispatch(routes, {
      method: request.method,
      path: rest,
      query: searchParams,
      body: request,
      caught: [],
    });
  }

  const server = createServer(async (incoming, outgoing) => {
    const request = await requestOf(incoming);
    try {
      const result = await answer(request);
      const isPlain = result instanceof Plain;
      outgoing.writeHead(200, { "Content-Type": isPlain ? "text/plain" : "application/json" });
      outgoing.end(isPlain ? result.body : JSON.stringify(wrap(result)));
    } catch (problem) {
      const refusal = problem instanceof Refused ? problem : new Refused(500, 1, String(problem));
      outgoing.writeHead(refusal.status, { "Content-Type": "application/json" });
      outgoing.end(JSON.stringify(wrapRefusal(refusal)));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake got no port.");
  const url = `http://127.0.0.1:${address.port}${BASE}`;
  return {
    account,
    url,
    calls,
    refuseOnce: (call, refusal) => refusals.push({ call, refusal }),
    refuseAt: (count, refusal) => refusedAt.set(count, refusal),
    environment: { CLOUDFLARE_API_BASE_URL: url, CLOUDFLARE_API_TOKEN: "a-token" },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function dispatch(routes: readonly Route[], call: Call): unknown {
  for (const [method, path, answer] of routes) {
    const match = method === call.method ? path.exec(call.path) : null;
    if (match) return answer({ ...call, caught: match.slice(1).map(decodeURIComponent) });
  }
  throw new Refused(404, 7003, `Could not route to ${call.path}, perhaps your object identifier is invalid?`);
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
  const body = pieces.length > 0 ? Buffer.concat(pieces) : null;
  return new Request(`http://cloudflare${incoming.url}`, { method: incoming.method ?? "GET", headers, body });
}
