// Stands between a client and a server and spoils one thing about pictures, as zones, rules and proxies do. API calls pass untouched.
import { createServer, type IncomingMessage, request as send } from "node:http";
import { buffer } from "node:stream/consumers";

interface Passing {
  readonly headers: Headers;
}

export interface Breaking {
  readonly request?: (request: Passing) => void;
  readonly answer?: (answer: Passing) => void;
  /** It keeps each whole picture for ever, by its address alone. */
  readonly keeps?: boolean;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

export async function startProxy(target: string, breaking: Breaking) {
  const kept = new Map<string, Answer>();
  const server = createServer(async (request, response) => {
    const { url = "/", method } = request;
    const isPicture = !url.startsWith("/v1/");
    const held = breaking.keeps && isPicture && method === "GET" ? kept.get(url) : undefined;
    const answer = held ?? (await pass(target, request, isPicture ? breaking.request : undefined));
    if (breaking.keeps && isPicture && method === "GET" && answer.status === 200) kept.set(url, answer);
    const headers = new Headers(answer.headers);
    if (isPicture) breaking.answer?.({ headers });
    response.writeHead(answer.status, Object.fromEntries(headers));
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** With its `Host`: addresses in answers then lead back here. */
async function pass(target: string, request: IncomingMessage, change: Breaking["request"]): Promise<Answer> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
  change?.({ headers });
  const body = await buffer(request);
  return new Promise((resolve, reject) => {
    const order = send(
      target + (request.url ?? "/"),
      { method: request.method ?? "GET", headers: Object.fromEntries(headers) },
      async (answer) => {
        const answered = new Headers();
        for (const [name, value] of Object.entries(answer.headers))
          if (name !== "transfer-encoding") answered.set(name, String(value));
        resolve({ status: answer.statusCode ?? 502, headers: answered, body: await buffer(answer) });
      },
    );
    order.on("error", reject);
    order.end(body);
  });
}
