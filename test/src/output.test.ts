// A file on its way out: what is held, what is streamed, and what becomes of either when the work fails.
import { describe, expect, test, vi } from "vitest";
import { Output } from "../../workers/src/door/output.ts";

const piece = (length: number) => new Uint8Array(length).fill(7);

async function writeAll(output: Output, lengths: readonly number[]): Promise<void> {
  for (const length of lengths) await output.write(piece(length));
}

describe("a file on its way out", () => {
  test("comes whole, with its length, while it is small", async () => {
    const output = new Output(100);
    await output.follow(writeAll(output, [60, 40]));
    const { length, body } = await output.begun;
    expect(length).toBe(100);
    expect(body).toEqual(piece(100));
  });

  test("is streamed once it is longer, and nothing is lost on the way", async () => {
    const output = new Output(100);
    const following = output.follow(writeAll(output, [60, 60, 60, 1]));
    const { length, body } = await output.begun;
    expect(length).toBeUndefined();
    expect((await new Response(body).bytes()).length).toBe(181);
    await following;
  });

  test("is made only as fast as it is read", async () => {
    const output = new Output(100);
    let made = 0;
    const work = async () => {
      for (; made < 10; made++) await output.write(piece(60));
    };
    const following = output.follow(work());
    const { body } = await output.begun;
    if (body instanceof Uint8Array) throw new Error("It was held.");
    const reader = body.getReader();
    await scheduler();
    expect(made).toBe(1);
    await reader.read();
    await reader.read();
    await scheduler();
    expect(made).toBeLessThanOrEqual(3);
    await reader.cancel();
    await following;
    expect(made).toBeLessThanOrEqual(3);
  });

  test("that fails before it is long is no answer at all", async () => {
    const output = new Output(100);
    await output.follow(output.write(piece(10)) ? Promise.reject(new Error("damaged")) : Promise.resolve());
    await expect(output.begun).rejects.toThrow("damaged");
  });

  test("that fails later breaks its stream off, so that no cache takes it for whole", async () => {
    const output = new Output(100);
    const following = output.follow(
      writeAll(output, [60, 60]).then(() => Promise.reject(new Error("damaged"))),
    );
    const { body } = await output.begun;
    await expect(new Response(body).bytes()).rejects.toThrow();
    await following;
  });

  test("that nobody reads is given up", async () => {
    vi.useFakeTimers();
    try {
      const output = new Output(100);
      const following = output.follow(writeAll(output, [60, 60, 60]));
      await output.begun;
      await vi.advanceTimersByTimeAsync(11_000);
      await following;
    } finally {
      vi.useRealTimers();
    }
  });
});

const scheduler = () => new Promise((resolve) => setTimeout(resolve, 5));
