// A form is read the same wherever the network cuts it.
import { expect, test } from "vitest";
import { readMultipart } from "../../../workers/api/upload/multipart.ts";

const file = "\r\n--edg\r\n-\r\r\n--\r\nbytes";
const body = new TextEncoder().encode(
  [
    '--edge\r\nContent-Disposition: form-data; name="caption"\r\n\r\nhi',
    `--edge\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n${file}`,
    '--edge\r\nContent-Disposition: form-data; name="ttl"\r\n\r\n1d',
    "--edge--\r\n",
  ].join("\r\n"),
);

/** The body's bytes, the first `from` of them as one chunk. */
async function* chunked(size: number, from = 0, bytes = body) {
  if (from > 0) yield bytes.slice(0, from);
  for (let at = from; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

/** The fields as `name=value`, and the file's bytes as text. */
async function read(chunks: AsyncIterable<Uint8Array>) {
  const fields: string[] = [];
  let bytes = "";
  for await (const event of readMultipart(chunks, "multipart/form-data; boundary=edge")) {
    if (event.type === "field") fields.push(`${event.name}=${event.value}`);
    if (event.type === "bytes") bytes += new TextDecoder().decode(event.bytes);
  }
  return { fields, bytes };
}

const whole = { fields: ["caption=hi", "ttl=1d"], bytes: file };

test("a form cut in two at any byte is whole", async () => {
  for (let cut = 1; cut < body.length; cut++) {
    expect(await read(chunked(body.length, cut)), `cut at ${cut}`).toEqual(whole);
  }
});

test("a form in chunks of any size is whole", async () => {
  for (let size = 1; size < body.length; size++) {
    expect(await read(chunked(size)), `chunks of ${size}`).toEqual(whole);
  }
});

test("a form that ends within its last delimiter is refused", async () => {
  for (let missing = 3; missing < 11; missing++) {
    const short = chunked(body.length, 0, body.slice(0, -missing));
    await expect(read(short), `${missing} bytes missing`).rejects.toThrow("ends before its last boundary");
  }
});
