// Talks to the inspector of the one Worker in a workerd, in the Chrome DevTools protocol.

import { z } from "zod";

const targets = z.array(z.object({ webSocketDebuggerUrl: z.string() })).min(1);
const reply = z.object({ id: z.number().optional(), result: z.unknown().optional() });

export interface Inspector {
  readonly call: (method: string) => Promise<unknown>;
  readonly close: () => void;
}

export async function openInspector(url: string): Promise<Inspector> {
  const [worker] = targets.parse(await (await fetch(`${url}/json`)).json());
  const socket = new WebSocket(worker?.webSocketDebuggerUrl ?? "");
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", reject);
  });
  const waiting = new Map<number, (result: unknown) => void>();
  socket.addEventListener("message", ({ data }) => {
    const { id, result } = reply.parse(JSON.parse(String(data)));
    if (id !== undefined) waiting.get(id)?.(result);
  });
  let last = 0;
  return {
    call(method) {
      const id = ++last;
      socket.send(JSON.stringify({ id, method }));
      return new Promise((resolve) => waiting.set(id, resolve)).finally(() => waiting.delete(id));
    },
    close: () => socket.close(),
  };
}
