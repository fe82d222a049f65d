// Refusals while the body is still on its way: senders that look for an answer only at the end read the API's words all the same.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, inject, test } from "vitest";
import { errorSchema } from "../../schema/api.ts";

const origin = inject("origin");
const key = inject("key");
const folder = mkdtempSync(join(tmpdir(), "edgepix-refused-"));
afterAll(() => rmSync(folder, { recursive: true }));
const run = promisify(execFile);

/** Noise is no picture, which is known after its first bytes. */
const noiseOf = (megabytes: number) => randomBytes(megabytes * 1_000_000);
const sizes = [10, 40, 71, 120];
const codes = { "a wrong key": [401, "unauthorized"], "no picture": [422, "validation_error"] } as const;
const keys = { "a wrong key": "img_live_nobody", "no picture": key } as const;
const rows = sizes.flatMap((size) => [[size, "a wrong key"] as const, [size, "no picture"] as const]);

/** Sends all of the body before it listens, as simple clients do. */
function post(body: Uint8Array, headers: Readonly<Record<string, string>>) {
  return new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const sending = request(`${origin}/v1/images`, { method: "POST", headers, agent: false });
    sending.on("error", reject);
    sending.on("response", async (answer) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of answer) chunks.push(chunk);
      resolve({ status: answer.statusCode, text: Buffer.concat(chunks).toString() });
    });
    sending.end(body);
  });
}

test.each(rows)("%i MB with %s, sent as a body, are refused in words", async (megabytes, why) => {
  const { status, text } = await post(noiseOf(megabytes), {
    Authorization: `Bearer ${keys[why]}`,
    "Content-Type": "image/jpeg",
    "Content-Length": String(megabytes * 1_000_000),
  });
  expect([status, errorSchema.parse(JSON.parse(text)).error.code]).toEqual(codes[why]);
});

test.each(rows)("%i MB with %s, sent by curl as a form, are refused in words", async (megabytes, why) => {
  const file = join(folder, "noise.jpg");
  writeFileSync(file, noiseOf(megabytes));
  const form = ["-F", `file=@${file}`, "-H", `Authorization: Bearer ${keys[why]}`];
  const { stdout } = await run("curl", ["-s", "-w", "\n%{http_code}", ...form, `${origin}/v1/images`]);
  const [text = "", status] = stdout.split(/\n(?=\d+$)/);
  expect([Number(status), errorSchema.parse(JSON.parse(text)).error.code]).toEqual(codes[why]);
});
