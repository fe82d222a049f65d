// Forms: fields without end, boundaries that match nothing, uploads that hang or crawl.

import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join as joinPath } from "node:path";
import { join, repeat } from "../../../test/harness/hostile/files/bytes.ts";
import { type Answer, type Attack, ask } from "../attack.ts";
import type { World } from "../world.ts";

const quick = true;
const photo = readFileSync(joinPath(import.meta.dirname, "../../../test/fixtures/coffee.jpg"));
const boundary = "edge";
const lots = (length: number) => "a".repeat(length);
const line = (text: string) => Buffer.from(`${text}\r\n`);
const part = (headers: string, body: Uint8Array | string) =>
  join(line(`--${boundary}`), line(headers), line(""), Buffer.from(body), line(""));
const field = (name: string, value: Uint8Array | string) =>
  part(`Content-Disposition: form-data; name="${name}"`, value);
const picture = (filename = "a.jpg", more = "") =>
  part(`Content-Disposition: form-data; name="file"; filename="${filename}"${more}`, photo);
const end = line(`--${boundary}--`);

interface Form {
  readonly quick?: boolean;
  readonly may?: readonly number[];
  readonly type?: string;
}

const refused = [400, 413, 422];
const either = [201, ...refused];

/** The body is made when the row is run: some are large. */
const form = (
  name: string,
  make: () => Uint8Array,
  { quick: isQuick = false, may = refused, type = `multipart/form-data; boundary=${boundary}` }: Form = {},
): Attack => ({
  name,
  quick: isQuick,
  make,
  run: async (world, body) => [
    await world.ask("/v1/images", {
      key: true,
      method: "POST",
      body: Buffer.from(body),
      headers: { "Content-Type": type },
      may,
    }),
  ],
});

const fields = (count: number, bytes: number) =>
  join(...Array.from({ length: count }, (_, at) => field(`f${at}`, lots(bytes))));

const headOf = (world: World, length: number | string, type: string) =>
  `POST /v1/images HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${world.key}\r\nCF-Connecting-IP: ${world.newAddress()}\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`;

const wait = (milliseconds: number) => new Promise((go) => setTimeout(go, milliseconds));

/** `count` uploads send `bytes` of a picture and then nothing; meanwhile others must be served, and at last all hang up. */
const hanging = (count: number, bytes: number): Attack => ({
  name: `${count} uploads that hang after ${bytes / 1e6} MB`,
  alone: true,
  async run(world) {
    const body = join(
      photo.subarray(0, 2),
      repeat(Buffer.from([0xff, 0xfe, 0xff, 0xff, ...Buffer.alloc(65_533)]), Math.ceil(bytes / 65_537)),
    );
    const sockets = Array.from({ length: count }, () =>
      connect(world.apiPort, "127.0.0.1")
        .on("error", () => undefined)
        .resume(),
    );
    for (const socket of sockets)
      socket.write(headOf(world, 69_000_000, "image/jpeg")) && socket.write(body.subarray(0, bytes));
    await wait(3_000);
    const answers: Answer[] = [
      await world.upload(photo, { may: [201, 503] }),
      await world.view(`${world.imagePath}?w=100`, { may: [200] }),
    ];
    for (const socket of sockets) socket.destroy();
    await wait(500);
    return [...answers, await world.upload(photo, { may: [201] })];
  },
});

/** One byte at a time, as a stream. */
const crawling: Attack = {
  name: "upload in pieces of one byte",
  quick,
  make: () => photo.subarray(0, 40_000),
  async run(world, bytes) {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent === bytes.length) controller.close();
        else controller.enqueue(bytes.subarray(sent, ++sent));
      },
    });
    return [
      await world.ask("/v1/images", {
        key: true,
        method: "POST",
        body,
        duplex: "half",
        headers: { "Content-Type": "image/jpeg" },
        may: either,
      }),
    ];
  },
};

const cutShort: Attack = {
  name: "upload that hangs up half-way",
  async run(world) {
    for (let turn = 0; turn < 5; turn++) {
      const socket = connect(world.apiPort, "127.0.0.1").on("error", () => undefined);
      socket.write(headOf(world, 10_000_000, "image/jpeg"));
      socket.write(photo);
      await wait(100);
      socket.destroy();
    }
    return [await world.upload(photo, { may: [201] })];
  },
};

export const formRows: readonly Attack[] = [
  form("form of 198 fields of 262 KB", () => join(fields(198, 262_000), picture(), end), { quick }),
  form("form of 100,000 fields", () => join(fields(100_000, 1), picture(), end)),
  form("form with a field of 20 MB", () => join(field("caption", lots(20_000_000)), picture(), end)),
  form("form whose fields come after the file", () => join(picture(), fields(150, 262_000), end)),
  form("form of 200,000 empty parts", () => join(repeat(part("A: b", ""), 200_000), end)),
  form("form with 1 MB in one header line", () =>
    join(part(`Content-Disposition: form-data; name="${lots(1_000_000)}"`, "a"), end),
  ),
  form("form with 50,000 headers in one part", () =>
    join(part(Array.from({ length: 50_000 }, (_, at) => `X-${at}: a`).join("\r\n"), "a"), end),
  ),
  form("form of 20 MB without a boundary in it", () => join(photo, new Uint8Array(20_000_000)), { quick }),
  form("form of 20 MB of almost boundaries", () =>
    join(
      line(`--${boundary}`),
      line('Content-Disposition: form-data; name="file"; filename="a"'),
      line(""),
      repeat(Buffer.from("\r\n--edg"), 2_800_000),
    ),
  ),
  form("form with a boundary of 60 KB", () => join(line(`--${lots(60_000)}`), photo), {
    type: `multipart/form-data; boundary=${lots(60_000)}`,
    may: [400, 422, 431],
  }),
  form("form with a boundary of no length", () => join(line("--"), photo), {
    type: "multipart/form-data; boundary=",
  }),
  form("form without a boundary's name", () => photo, { type: "multipart/form-data" }),
  form("form with a boundary of signs that mean something", () => join(line("--(.*)+$"), photo), {
    type: 'multipart/form-data; boundary="(.*)+$"',
  }),
  form("form of nothing", () => new Uint8Array()),
  form("form that ends in a header", () => join(line(`--${boundary}`), Buffer.from("Content-Dispos"))),
  form("form with two files", () => join(picture(), picture(), end), { may: either }),
  form("form without a file", () => join(field("caption", "a"), end)),
  form("form with a form inside", () =>
    join(part("Content-Type: multipart/mixed; boundary=inner", "--inner\r\n\r\na\r\n--inner--"), end),
  ),
  form("form with a file in base64", () =>
    join(
      part(
        'Content-Disposition: form-data; name="file"; filename="a"\r\nContent-Transfer-Encoding: base64',
        photo.toString("base64"),
      ),
      end,
    ),
  ),
  form("form with a file name of 200 KB", () => join(picture(lots(200_000)), end), { may: either }),
  form("form with a file name that climbs", () => join(picture("../../../etc/passwd\0.jpg"), end), {
    may: either,
    quick,
  }),
  form("form with a file name that reads backwards", () => join(picture("photo\u202egpj.exe"), end), {
    may: either,
  }),
  form(
    "form with a broken second file name",
    () => join(picture("a.jpg", "; filename*=utf-9''%ff%zz"), end),
    { may: either },
  ),
  form(
    "form with fields named after the prototype",
    () => join(field("__proto__", "a"), field("constructor", "b"), picture(), end),
    { may: either },
  ),
  form("form with labels 100,000 deep", () => join(field("labels", "[".repeat(100_000)), picture(), end)),
  form("form with 10,000 labels", () =>
    join(
      field(
        "labels",
        JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`k${at}`, "v"]))),
      ),
      picture(),
      end,
    ),
  ),
  form(
    "form with one field 190 times",
    () => join(repeat(field("caption", lots(1_000)), 190), picture(), end),
    { may: either },
  ),
  form("form with a life of nonsense", () => join(field("ttl", "1e9d"), picture(), end)),
  form(
    "form of a file of 68 MB of line breaks",
    () => {
      const comment = join(Buffer.from([0xff, 0xfe, 0xff, 0xff]), repeat(Buffer.from("\r"), 65_533));
      const file = join(photo.subarray(0, 2), repeat(comment, 1_040), photo.subarray(2));
      return join(part('Content-Disposition: form-data; name="file"; filename="a.jpg"', file), end);
    },
    { may: either },
  ),
  form(
    "form of a file of 71 MB",
    () =>
      join(
        part(
          'Content-Disposition: form-data; name="file"; filename="a.jpg"',
          join(photo.subarray(0, -2), new Uint8Array(71_000_000)),
        ),
        end,
      ),
    // Eight at once are more than an isolate takes in.
    { may: [...refused, 503] },
  ),
  ask("picture that says it is a form in JSON", "/v1/images", {
    method: "POST",
    body: photo,
    headers: { "Content-Type": "application/json; multipart/form-data" },
    may: refused,
  }),
  ask("picture of a type that doesn't exist", "/v1/images", {
    method: "POST",
    body: photo,
    headers: { "Content-Type": "image/\u00e4" },
    may: [201, 400, 415, 422],
  }),
  crawling,
  cutShort,
  hanging(20, 1_000_000),
  hanging(40, 4_000_000),
  hanging(60, 9_000_000),
];
