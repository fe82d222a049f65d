// Plain URLs of originals whose own bytes are not what there is to see.
import { expect, test } from "vitest";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { storeImage } from "../support/stored-image.ts";
import { ask } from "./src-request.ts";

const notes = JSON.stringify([{ code: "damaged", message: "It breaks off." }]);
const bytesFrom = async (answer: Response) => Buffer.from(await answer.arrayBuffer());
const firstPixels = Buffer.from("IDAT");

/** One byte of its first pixels is not the one that their checksum was made of. */
async function spoiltPng(): Promise<Uint8Array<ArrayBuffer>> {
  const file = Uint8Array.from(await fixtureBytes("logo.png"));
  const sum = Buffer.from(file).indexOf(firstPixels) - 4;
  const length = new DataView(file.buffer).getUint32(sum);
  file[sum + 8 + length] = (file[sum + 8 + length] ?? 0) ^ 1;
  return file;
}

test("A PNG that a look has found damaged comes made anew, and as it is where it is whole", async () => {
  const spoilt = await spoiltPng();
  const [damaged, whole] = [await storeImage(spoilt, { notes }), await storeImage(spoilt)];
  const anew = await ask(damaged.path);
  expect([anew.status, anew.headers.get("Content-Type")]).toEqual([200, "image/png"]);
  const sumOf = (file: Buffer) => {
    const at = file.indexOf(firstPixels) - 4;
    return file.readUInt32BE(at + 8 + file.readUInt32BE(at));
  };
  expect(sumOf(await bytesFrom(await ask(whole.path)))).toBe(sumOf(Buffer.from(spoilt)));
  expect(sumOf(await bytesFrom(anew))).not.toBe(sumOf(Buffer.from(spoilt)));
});

test("What stands in the place of a progressive JPEG's end does not go out with it", async () => {
  const file = Buffer.from(await fixtureBytes("progressive.jpg"));
  const end = file.lastIndexOf(Buffer.from([0xff, 0xd9]));
  const secret = Buffer.from("47.6235 N, 12.3476 E, taken by somebody");
  const { path } = await storeImage(Uint8Array.from(Buffer.concat([file.subarray(0, end), secret])));
  for (const query of ["", "?w=100000", "?quality=100"]) {
    const answer = await ask(`${path}${query}`);
    expect(answer.status).toBe(200);
    expect((await bytesFrom(answer)).includes("12.3476"), query).toBe(false);
  }
});

test("A trailer stays away whoever asked first how long the plain answer is", async () => {
  const file = Buffer.from(await fixtureBytes("coffee.jpg"));
  const end = file.lastIndexOf(Buffer.from([0xff, 0xd9]));
  const secret = Buffer.from("47.6235 N, 12.3476 E, taken by somebody");
  const { path } = await storeImage(Uint8Array.from(Buffer.concat([file.subarray(0, end), secret])));
  // A lower quality that saves nothing leaves the file as it is: that one is measured first.
  const asked = await ask(`${path}?quality=100`);
  expect(asked.status).toBe(200);
  expect((await bytesFrom(asked)).includes("12.3476")).toBe(false);
  expect((await bytesFrom(await ask(path))).includes("12.3476")).toBe(false);
});
