// What `npm run import` makes of folders, lists, tables and the exports of other hosts.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Entry } from "../../../cli/import/entry.ts";
import { hosts, readSource, type SourceOptions } from "../../../cli/import/sources/index.ts";

const folder = mkdtempSync(join(tmpdir(), "edgepix-import-"));
afterAll(() => rmSync(folder, { recursive: true }));

function put(name: string, content: string | object): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const plain = { caption: null, labels: {}, metadata: {}, isPublic: true, nsfw: false };
const read = async (path: string, options: SourceOptions = {}) => (await readSource(path, options)).entries;
const address = (url: string) => ({ kind: "address", url });

test("a folder's pictures are called by their paths, and labelled by the folders they lie in", async () => {
  for (const name of [
    "a.jpg",
    "trips/Rome, 2024/b.PNG",
    "trips/Rome, 2024/notes.txt",
    ".thumbs/c.jpg",
    "trips/.d.jpg",
  ])
    put(`pictures/${name}`, "x");
  const { entries, others } = await readSource(join(folder, "pictures"), {});
  expect(entries).toEqual([
    {
      ...plain,
      name: "a.jpg",
      filename: "a.jpg",
      from: { kind: "file", path: join(folder, "pictures/a.jpg") },
    },
    {
      ...{
        ...plain,
        name: "trips/Rome, 2024/b.PNG",
        filename: "b.PNG",
        labels: { folder: "trips/Rome 2024" },
      },
      from: { kind: "file", path: join(folder, "pictures/trips/Rome, 2024/b.PNG") },
    },
  ]);
  expect(others).toBe(1);
});

test("a list's addresses are pictures; the second of two that are alike is left out", async () => {
  const path = put(
    "list.txt",
    "# holidays\nhttps://a.example/x%20y.jpg\r\n\nhttps://b.example/\nhttps://a.example/x%20y.jpg\n",
  );
  expect(await read(path)).toEqual([
    {
      ...plain,
      name: "https://a.example/x%20y.jpg",
      filename: "x y.jpg",
      from: address("https://a.example/x%20y.jpg"),
    },
    { ...plain, name: "https://b.example/", filename: "", from: address("https://b.example/") },
  ]);
});

test("a table says a picture a row, by the names of its columns", async () => {
  const path = put(
    "sub/table.csv",
    '\ufeffURL,Title,public,nsfw,label.trip,camera\nhttps://a.example/1.jpg,"Sea, evening",no,1,rome,X100\npics/2.jpg,,,,,\n',
  );
  const [first, second] = await read(path);
  expect(first).toEqual({
    ...{ name: "https://a.example/1.jpg", filename: "1.jpg", from: address("https://a.example/1.jpg") },
    ...{
      caption: "Sea, evening",
      isPublic: false,
      nsfw: true,
      labels: { trip: "rome" },
      metadata: { camera: "X100" },
    },
  });
  expect(second).toEqual({
    ...{ ...plain, name: "pics/2.jpg", filename: "2.jpg" },
    from: { kind: "file", path: join(folder, "sub/pics/2.jpg") },
  });
});

type Case = [host: string, file: string | object, options: SourceOptions, entries: readonly Partial<Entry>[]];

const cases: readonly Case[] = [
  [
    "cloudflare-images",
    {
      success: true,
      result: {
        images: [
          {
            id: "2cdc28f0-017a",
            filename: "logo.png",
            uploaded: "2024-02-02T02:02:02Z",
            requireSignedURLs: true,
            meta: { owner: "ann", size: 3 },
            variants: [
              "https://imagedelivery.net/h/2cdc28f0-017a/thumb",
              "https://imagedelivery.net/h/2cdc28f0-017a/public",
            ],
          },
        ],
      },
    },
    {},
    [
      {
        ...{ name: "2cdc28f0-017a", filename: "logo.png", isPublic: false },
        from: { kind: "address", url: "https://imagedelivery.net/h/2cdc28f0-017a/public" },
        metadata: {
          owner: "ann",
          size: "3",
          cloudflare_id: "2cdc28f0-017a",
          uploaded: "2024-02-02T02:02:02Z",
        },
      },
    ],
  ],
  [
    "imgur",
    {
      data: [
        {
          id: "AbC12",
          link: "https://i.imgur.com/AbC12.jpg",
          title: "Cat",
          description: null,
          name: "IMG_1",
          datetime: 1_500_000_000,
          nsfw: true,
          section: "aww",
        },
        { id: "XyZ", link: "https://i.imgur.com/XyZ.png", title: null, description: null },
      ],
      success: true,
    },
    {},
    [
      {
        ...{ name: "AbC12", filename: "IMG_1.jpg", caption: "Cat", nsfw: true, labels: { section: "aww" } },
        metadata: { imgur_id: "AbC12", uploaded: "2017-07-14T02:40:00.000Z" },
      },
      {
        name: "XyZ",
        filename: "XyZ.png",
        caption: null,
        nsfw: false,
        labels: {},
        metadata: { imgur_id: "XyZ" },
      },
    ],
  ],
  [
    "chevereto",
    "image_id,image_name,image_extension,image_date,image_title,image_description,image_nsfw,image_original_filename,image_album_id,image_storage_mode\n" +
      '7,sea-1,jpg,2021-03-04 05:06:07,Sea,"Blue, calm",1,DSC_1.JPG,3,datefolder\n8,old,png,2019-01-01 00:00:00,NULL,NULL,0,,NULL,old\n9,flat,gif,2019-01-01 00:00:00,,,0,,,direct\n',
    { base: "https://chev.example/images" },
    [
      {
        ...{
          name: "2021/03/04/sea-1.jpg",
          filename: "DSC_1.JPG",
          caption: "Sea\n\nBlue, calm",
          nsfw: true,
          labels: { album: "3" },
        },
        from: { kind: "address", url: "https://chev.example/images/2021/03/04/sea-1.jpg" },
        metadata: { chevereto_id: "7", uploaded: "2021-03-04 05:06:07" },
      },
      {
        from: { kind: "address", url: "https://chev.example/images/old/old.png" },
        caption: null,
        labels: {},
      },
      { from: { kind: "address", url: "https://chev.example/images/flat.gif" } },
    ],
  ],
  [
    "zipline",
    '{"page":[{"id":"c1","name":"aBc.png","originalName":"shot.png","type":"image/png","url":"/u/aBc.png","createdAt":"2024-01-01T00:00:00Z","password":true,"tags":[{"name":"work stuff"}]},{"id":"c2","name":"v.mp4","type":"video/mp4","url":"/u/v.mp4"}]}\n' +
      '{"page":[{"id":"c3","name":"d e.gif","type":"image/gif"}]}\n',
    { base: "https://zip.example" },
    [
      {
        ...{ name: "c1", filename: "shot.png", isPublic: false, labels: { work_stuff: "yes" } },
        from: { kind: "address", url: "https://zip.example/u/aBc.png" },
        metadata: { zipline_name: "aBc.png", uploaded: "2024-01-01T00:00:00Z" },
      },
      { name: "c3", filename: "d e.gif", from: { kind: "address", url: "https://zip.example/u/d%20e.gif" } },
    ],
  ],
  [
    "s3",
    {
      Contents: [
        { Key: "2024/a b#1.jpg", Size: 5, LastModified: "2024-05-01T00:00:00Z" },
        { Key: "2024/", Size: 0 },
        { Key: "top.png", Size: 9 },
      ],
    },
    { base: "https://bucket.example/public" },
    [
      {
        ...{ name: "2024/a b#1.jpg", filename: "a b#1.jpg", labels: { folder: "2024" } },
        from: { kind: "address", url: "https://bucket.example/public/2024/a%20b%231.jpg" },
        metadata: { uploaded: "2024-05-01T00:00:00Z" },
      },
      { name: "top.png", labels: {}, metadata: {} },
    ],
  ],
  [
    "wordpress",
    `<?xml version="1.0"?><rss xmlns:wp="w" xmlns:excerpt="e"><channel>
      <item><title>A post</title><wp:post_type>post</wp:post_type></item>
      <item><title>Harbour</title><excerpt:encoded><![CDATA[Boats & <b>reeds</b>]]></excerpt:encoded><wp:post_id>12</wp:post_id>
        <wp:post_date_gmt>2020-02-02 10:00:00</wp:post_date_gmt><wp:post_type>attachment</wp:post_type>
        <wp:attachment_url>https://blog.example/wp-content/uploads/2020/02/harbour.jpg</wp:attachment_url>
        <wp:postmeta><wp:meta_key>_wp_attached_file</wp:meta_key><wp:meta_value>2020/02/harbour.jpg</wp:meta_value></wp:postmeta>
        <wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>A harbour</wp:meta_value></wp:postmeta></item>
      <item><title>Paper</title><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://blog.example/a.pdf</wp:attachment_url></item>
    </channel></rss>`,
    {},
    [
      {
        ...{ filename: "harbour.jpg", caption: "Boats & <b>reeds</b>" },
        from: { kind: "address", url: "https://blog.example/wp-content/uploads/2020/02/harbour.jpg" },
        metadata: { wordpress_id: "12", alt: "A harbour", uploaded: "2020-02-02 10:00:00" },
      },
    ],
  ],
];

test.each(cases)(
  "an export of %s keeps names, words, days and what is hidden",
  async (host, file, options, expected) => {
    const entries = await read(put(`${host}.export`, file), { ...options, from: host });
    expect(entries).toHaveLength(expected.length);
    for (const [index, entry] of expected.entries()) expect(entries[index]).toMatchObject(entry);
    for (const [index, { labels, metadata }] of expected.entries()) {
      if (labels) expect(entries[index]?.labels).toEqual(labels);
      if (metadata) expect(entries[index]?.metadata).toEqual(metadata);
    }
  },
);

test("every host that the command names has a case here, but for img.pro, which e2e walks", () => {
  expect(cases.map(([host]) => host).sort()).toEqual(hosts.filter((host) => host !== "img.pro").sort());
});

const wrong: readonly [file: string, options: SourceOptions, sentence: RegExp][] = [
  ["<html>not found</html>", { from: "imgur" }, /Line 1 is no JSON/],
  ['{"data":[]}', { from: "imgur" }, /no such export/],
  ['{"error":"no"}', { from: "zipline", base: "https://z.example" }, /no such export/],
  ["{}", { from: "zipline" }, /--base/],
  ["a,b\n1,2\n", { from: "chevereto", base: "https://c.example" }, /Row 2 has no image_name/],
  ["<rss><channel></channel></rss>", { from: "wordpress" }, /No attachment/],
  ["<rss>", { from: "wordpress" }, /no export of WordPress/],
  ["ftp://a.example/x.jpg", {}, /is no address/],
  ["x", { from: "photobucket" }, /--from takes one of/],
];

test.each(wrong)("%j with %j is refused in words", async (file, options, sentence) => {
  await expect(read(put("wrong.txt", file), options)).rejects.toThrow(sentence);
});

test("words that the API would not take are brought to what it takes", async () => {
  const path = put(
    "odd.csv",
    `url,caption,label.a b,${"k".repeat(80)}\nhttps://a.example/1.jpg,${"c".repeat(3_000)},"x, y",${"v".repeat(3_000)}\n`,
  );
  const [entry] = await read(path);
  expect(entry?.caption).toHaveLength(2_000);
  expect(entry?.labels).toEqual({ a_b: "x y" });
  expect(entry?.metadata).toEqual({ ["k".repeat(64)]: "v".repeat(2_000) });
});
