// A body that lets its reader choose the memory is read into one buffer, over and over.
import { expect, test } from "vitest";
import { arriving } from "../../../workers/api/upload/arriving.ts";

const patience = { idleMilliseconds: 1_000, totalMilliseconds: 5_000 };

test("A body of 10 MB is read through one buffer: each chunk takes the memory of the one before", async () => {
  let left = 10_000_000;
  const body = new ReadableStream({
    type: "bytes",
    pull(controller) {
      const { byobRequest } = controller;
      const bytes = Math.min(left, byobRequest?.view?.byteLength ?? 0);
      left -= bytes;
      if (bytes === 0) controller.close();
      byobRequest?.respond(bytes);
    },
  });
  let read = 0;
  let before: Uint8Array | undefined;
  for await (const chunk of arriving(body, patience)) {
    if (before) expect(before.byteLength).toBe(0);
    expect(chunk.buffer.byteLength).toBe(32 * 1024);
    read += chunk.byteLength;
    before = chunk;
  }
  expect(read).toBe(10_000_000);
});
