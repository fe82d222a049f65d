// A deployment that is none: it answers whatever a test wants it to.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export type Answers = (request: IncomingMessage, response: ServerResponse) => void;

/** Its origin, and how it ends. */
export async function startHostile(answers: Answers) {
  const server = createServer(answers);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "string" ? 0 : address?.port}`;
  return {
    origin,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const json = (response: ServerResponse, value: unknown, status = 200) =>
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
