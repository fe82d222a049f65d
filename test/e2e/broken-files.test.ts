// Broken JPEGs and PNGs through both Workers: what is accepted has URLs that answer, the note where something is missing, and no size but its bytes'.
import sharp from "sharp";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { imageSchema } from "../../schema/api.ts";
import { type BrokenFile, brokenJpegs } from "../support/make-fixtures/broken-jpegs.ts";
import { brokenPngs } from "../support/make-fixtures/broken-pngs.ts";

const origin = inject("origin");
const key = inject("key");

/** By name: what can't be accepted, and what is accepted with a note. */
const refused = /^cut within its|^cut behind its|sum of (IHDR|PLTE)|^a wrong check of|^no palette/;
const damaged =
  /^cut at|^FF |^a table's|^EOI in the middle|^a restart (?!far)|^an interval|^zeros in|later on|sum of (the first|a later) IDAT|^a wrong byte|^rows too few|^half a row|^a filter|^damage in|cut in its frame/;

async function send(format: "jpg" | "png", { file }: BrokenFile): Promise<Response> {
  const body = new FormData();
  body.append("file", new File([file], `picture.${format}`));
  return fetch(`${origin}/v1/images`, { method: "POST", body, headers: { Authorization: `Bearer ${key}` } });
}

async function sizeAt(url: string) {
  const answer = await fetch(url);
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(answer.status, `${url} ${bytes.toString("latin1", 0, 200)}`).toBe(200);
  const { width, height, orientation = 1 } = await sharp(bytes, { failOn: "none" }).metadata();
  return { bytes, size: orientation > 4 ? { width: height, height: width } : { width, height } };
}

describe.each([
  ["jpg", brokenJpegs],
  ["png", brokenPngs],
] as const)("a broken %s", (format, make) => {
  let files: readonly BrokenFile[] = [];
  beforeAll(async () => {
    files = await make();
  });

  test("is refused, or keeps what its object promises", async () => {
    for (const file of files) {
      const answer = await send(format, file);
      const said: unknown = await answer.json();
      if (refused.test(file.name)) {
        expect(answer.status, file.name).toBe(422);
        continue;
      }
      expect(answer.status, `${file.name}: ${JSON.stringify(said)}`).toBe(201);
      const image = imageSchema.parse(said);
      const codes = image.notes.map(({ code }) => code);
      if (file.name === "an unknown critical chunk") {
        expect(codes, file.name).toEqual(["not_transformable"]);
        continue;
      }
      expect(codes, file.name).toEqual(damaged.test(file.name) ? ["damaged"] : []);
      const plain = await sizeAt(image.url);
      expect(plain.size, file.name).toEqual({ width: image.width, height: image.height });
      const small = await sizeAt(`${image.url}?w=40`);
      expect(small.size.width, file.name).toBe(40);
      expect(plain.bytes.includes("Image_UTC_Data"), file.name).toBe(false);
    }
  }, 300_000);
});
