// A large upload never stands whole in memory: what is held between the sender and R2 is measured.
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { makeAccount } from "../support/accounts.ts";
import { authorization, call } from "../support/api.ts";
import { replacing } from "../support/failing.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";

const MB = 1_000_000;
const CHUNK_BYTES = 64 * 1024;
const account = await makeAccount();
const jpeg = await fixtureBytes("coffee.jpg");

test.each([20, 70])(
  "POST /v1/images holds at most one part of a form with a file of %d MB",
  async (megabytes) => {
    const scale = { sent: 0, stored: 0, peak: 0 };
    const ORIGINALS = replacing(env.ORIGINALS, "resumeMultipartUpload", (_, [key, uploadId]) => {
      const upload = env.ORIGINALS.resumeMultipartUpload(String(key), String(uploadId));
      return replacing(upload, "uploadPart", async (store, [number, bytes]) => {
        scale.peak = Math.max(scale.peak, scale.sent - scale.stored);
        const part = await store(number, bytes);
        if (bytes instanceof Uint8Array) scale.stored += bytes.byteLength;
        return part;
      });
    });
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const { value, done } = await chunks.next();
          if (done) return controller.close();
          scale.sent += value.byteLength;
          scale.peak = Math.max(scale.peak, scale.sent - scale.stored);
          controller.enqueue(value);
        },
      },
      { highWaterMark: 0 },
    );
    const chunks = formWith(megabytes * MB);
    const headers = { ...authorization(account.key), "Content-Type": "multipart/form-data; boundary=x" };
    const response = await call("/v1/images", { method: "POST", body, headers }, { ORIGINALS });
    expect(response.status).toBe(201);
    console.log(`${megabytes} MB upload: at most ${(scale.peak / MB).toFixed(2)} MB were held`);
    expect(scale.peak).toBeLessThan(6 * MB);
  },
);

/** A form as it comes off the wire: a photo and what some phones append to it, then one field. */
async function* formWith(fileBytes: number): AsyncGenerator<Uint8Array> {
  const text = new TextEncoder();
  yield text.encode('--x\r\nContent-Disposition: form-data; name="file"; filename="large.jpg"\r\n\r\n');
  yield jpeg;
  for (let left = fileBytes - jpeg.length; left > 0; left -= CHUNK_BYTES) {
    yield new Uint8Array(Math.min(left, CHUNK_BYTES)).fill(0x55);
  }
  yield text.encode('\r\n--x\r\nContent-Disposition: form-data; name="caption"\r\n\r\nlarge\r\n--x--\r\n');
}
