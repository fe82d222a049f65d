// File names as browsers, curl and old clients write them, and malformed ones.
import { expect, test } from "vitest";
import { parseDisposition } from "../../../workers/api/upload/content-disposition.ts";
import { type MultipartEvent, readMultipart } from "../../../workers/api/upload/multipart.ts";

test.each([
  ['form-data; name="file"; filename="a.jpg"', "a.jpg"],
  ["form-data; name=file; filename=a.jpg", "a.jpg"],
  ['form-data; name="file"; filename="a %22b%22.jpg"', 'a "b".jpg'],
  ['form-data; name="file"; filename="a \\"b\\".jpg"', 'a "b".jpg'],
  ['form-data; name="file"; filename="C:\\photos\\new.jpg"', "C:\\photos\\new.jpg"],
  ['form-data; name="file"; filename="日本 ☀.jpg"', "日本 ☀.jpg"],
  ["attachment; filename*=UTF-8''na%C3%AFve.jpg; filename=plain.jpg", "naïve.jpg"],
  ["attachment; filename*=utf-8'en'na%C3%AFve.jpg", "naïve.jpg"],
  ["attachment; filename=\"plain.jpg\"; filename*=UTF-8''%ZZ%E4.jpg", "plain.jpg"],
  ["attachment; filename*=UTF-8''%E4; filename=plain.jpg", "plain.jpg"],
  ["attachment; filename*=nonsense; filename=plain.jpg", "plain.jpg"],
  ['attachment; filename="a;b.jpg"', "a;b.jpg"],
  ["attachment", undefined],
  ["", undefined],
  [";;;=;filename", undefined],
])("%s", (header, filename) => {
  expect(parseDisposition(header).filename).toBe(filename);
});

const picture = "bytes with filename*= in them";
const form = (disposition: string) =>
  `--edge\r\nContent-Disposition: ${disposition}\r\nContent-Type: image/png\r\n\r\n${picture}\r\n--edge\r\nContent-Disposition: form-data; name="caption"\r\n\r\nfilename*\r\n--edge--\r\n`;

async function read(text: string, size: number): Promise<readonly MultipartEvent[]> {
  const bytes = new TextEncoder().encode(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
  }
  const events: MultipartEvent[] = [];
  for await (const event of readMultipart(chunks(), "multipart/form-data; boundary=edge")) events.push(event);
  return events;
}

test.each([
  ['form-data; name="file"; filename="good.png"; filename*=UTF-8\'\'%E4%ZZ.png', "good.png"],
  ['form-data; name="file"; FileName*=utf-8\'\'%; filename="good.png"', "good.png"],
  ['form-data; name="file"; filename="plain.png"; filename*=UTF-8\'\'na%C3%AFve.png', "naïve.png"],
])("A form with %s is read, wherever it is cut, and its bytes stay", async (disposition, filename) => {
  for (const size of [1, 2, 3, 7, 50, 1_000]) {
    const events = await read(form(disposition), size);
    const [file] = events;
    expect(file).toMatchObject({ type: "file", name: "file", filename });
    const bytes = events.flatMap((event) => (event.type === "bytes" ? [...event.bytes] : []));
    expect(new TextDecoder().decode(Uint8Array.from(bytes))).toBe(picture);
    expect(events.at(-1)).toEqual({ type: "field", name: "caption", value: "filename*" });
  }
});
