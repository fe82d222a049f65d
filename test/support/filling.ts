// Files as R2 gives them, for tests in Node.

/** Into its reader's memory, at most as many bytes as `next` says of each read. */
export function filling(file: Uint8Array, next: () => number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    type: "bytes",
    pull(controller) {
      const request = controller.byobRequest;
      const view = request?.view;
      if (!view) throw new Error("Its reader lets it choose.");
      const count = Math.min(next(), view.byteLength, file.length - at);
      if (count === 0) {
        controller.close();
        return request.respond(0);
      }
      new Uint8Array(view.buffer, view.byteOffset, count).set(file.subarray(at, at + count));
      at += count;
      request.respond(count);
    },
  });
}
