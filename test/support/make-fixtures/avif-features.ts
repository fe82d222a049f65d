// AVIFs with whatever writers in the world put into them, one feature each.
import sharp, { type AvifOptions, type Sharp } from "sharp";
import type { Size } from "../../../schema/facts.ts";
import { fixture } from "../fixtures.ts";
import { type HeifFeature, saying, tails } from "./heif-features.ts";
import { box, fullBox, gridPayload, imageSize, mirror, rotation, uint32 } from "./heif-file.ts";
import { apertureAt, cleanAperture, type HeifParts, nameOf, putTogether, takeApart } from "./heif-parts.ts";

const size = { width: 160, height: 128 } as const;
const png = await sharp(fixture("coffee.jpg"))
  .resize({ ...size, fit: "fill" })
  .png()
  .toBuffer();
const encode = (picture: Sharp, options: AvifOptions = {}) =>
  picture.avif({ quality: 85, effort: 0, chromaSubsampling: "4:4:4", ...options }).toBuffer();

const file = await encode(sharp(png));
const plain = takeApart(file);
const subsampled = takeApart(await encode(sharp(png), { chromaSubsampling: "4:2:0" }));

const mask = Buffer.from(
  '<svg width="160" height="128"><ellipse cx="80" cy="64" rx="70" ry="50" fill="#fff"/></svg>',
);
const seeThrough = sharp(png)
  .ensureAlpha()
  .composite([{ input: mask, blend: "dest-in" }]);
const clear = takeApart(await encode(seeThrough));
const alpha = clear.items.find(({ id }) => id !== clear.primary);
if (!alpha) throw new Error("sharp writes alpha in another way now");

function without(parts: HeifParts, type: string): HeifParts {
  const items = parts.items.map((item) => ({
    ...item,
    properties: item.properties.filter((property) => nameOf(property) !== type),
  }));
  return { ...parts, items };
}

const clap = (x: number, y: number, width: number, height: number) =>
  apertureAt(size, { x, y, width, height });
const cut = (left: number, top: number, width: number, height: number) => ({
  cut: { left, top, width, height },
});

/** The picture in four pieces, its tiles numbered as told. */
async function gridOf(numbers: readonly number[], { width, height }: Size = size): Promise<HeifParts> {
  const quarters = [0, 1, 2, 3].map((place) =>
    sharp(png).extract({ left: (place % 2) * 80, top: place > 1 ? 64 : 0, width: 80, height: 64 }),
  );
  const tiles = (await Promise.all(quarters.map((quarter) => encode(quarter)))).flatMap((one, at) =>
    takeApart(one).items.map((item) => ({ ...item, id: numbers[at] ?? 0 })),
  );
  const shared = (tiles[0]?.properties ?? []).filter((one) => ["pixi", "colr"].includes(nameOf(one)));
  const grid = {
    id: 1,
    type: "grid",
    payload: gridPayload(2, 2, width, height),
    properties: [imageSize(width, height), ...shared],
  };
  const items = [grid, ...tiles.toSorted((one, other) => one.id - other.id)];
  return { brand: "avif", primary: 1, items, references: [{ type: "dimg", from: 1, to: numbers }] };
}
const grid = await gridOf([2, 3, 4, 5]);

/** With another picture beside it, of a kind that has a name. */
function beside(parts: HeifParts, name: string): HeifParts {
  const properties = alpha?.properties.filter((one) => nameOf(one) !== "auxC") ?? [];
  const kind = fullBox("auxC", 0, 0, Buffer.from(`${name}\0`));
  const item = { id: 9, type: "av01", payload: alpha?.payload ?? png, properties: [...properties, kind] };
  const reference = { type: "auxl", from: 9, to: [parts.primary ?? 1] };
  return { ...parts, items: [...parts.items, item], references: [...parts.references, reference] };
}

const depth = "urn:mpeg:mpegB:cicp:systems:auxiliary:depth";
const turned = {
  ...clear,
  items: clear.items.map((item) => ({ ...item, properties: [...item.properties, rotation(1)] })),
};
const multiplied = { type: "prem", from: clear.primary ?? 1, to: [alpha.id] };

const asInChromium = (rows: readonly (readonly [string, Buffer])[]): HeifFeature[] =>
  rows.map(([what, bytes]) => ({ what, bytes, seen: "as in Chromium" }));

/** The first is the plain picture. */
export const avifFeatures: readonly HeifFeature[] = [
  ...asInChromium([
    ["as sharp writes it", file],
    ["put together anew", putTogether(plain)],
    ["no pixi", putTogether(without(plain, "pixi"))],
    ["pixi by another name", Buffer.from(file.toString("latin1").replace("pixi", "pixx"), "latin1")],
    ["no pixi, and alpha", putTogether(without(clear, "pixi"))],
    ["alpha", putTogether(clear)],
    ["irot 1", saying(plain, rotation(1))],
    ["irot 2", saying(plain, rotation(2))],
    ["irot 3", saying(plain, rotation(3))],
    ["imir 0", saying(plain, mirror(0))],
    ["imir 1", saying(plain, mirror(1))],
    ["irot 1, then imir 0", saying(plain, rotation(1), mirror(0))],
    ["imir 0, then irot 1", saying(plain, mirror(0), rotation(1))],
    ["clap at the corner", saying(plain, clap(0, 0, 100, 80))],
    ["clap of odd size at the corner", saying(plain, clap(0, 0, 99, 77))],
    ["clap of odd size at the corner, 4:2:0", saying(subsampled, clap(0, 0, 99, 77))],
    ["clap of nothing", saying(plain, cleanAperture([0, 1], [0, 1], [0, 1], [0, 1]))],
    ["clap over zero", saying(plain, cleanAperture([100, 0], [80, 0], [0, 0], [0, 0]))],
    ["clap of the whole", saying(plain, clap(0, 0, 160, 128))],
    ["clap wholly outside", saying(plain, clap(300, 300, 100, 80))],
    ["clap at the corner, then irot 1", saying(plain, clap(0, 0, 100, 80), rotation(1))],
    ["clap at the corner, irot 1, imir 0", saying(plain, clap(0, 0, 100, 80), rotation(1), mirror(0))],
    ["irot 1, then clap at the corner", saying(plain, rotation(1), clap(0, 0, 100, 80))],
    ["a grid", putTogether(grid)],
    ["a grid, its tiles numbered backwards", putTogether(await gridOf([5, 4, 3, 2]))],
    ["a grid with no pixi", putTogether(without(grid, "pixi"))],
    ["a grid with a clap at the corner", saying(grid, clap(0, 0, 100, 80))],
    ["a grid, turned", saying(grid, rotation(1))],
    ["a grid smaller than its tiles", putTogether(await gridOf([2, 3, 4, 5], { width: 150, height: 110 }))],
    ["a depth map", putTogether(beside(plain, depth))],
    ["a depth map by its older name", putTogether(beside(plain, "urn:mpeg:hevc:2015:auxid:2"))],
    ["alpha by its older name", putTogether(beside(plain, "urn:mpeg:hevc:2015:auxid:1"))],
    ["a depth map and alpha", putTogether(beside(clear, depth))],
    ["multiplied alpha", putTogether({ ...clear, references: [...clear.references, multiplied] })],
    ["alpha turned with its picture", putTogether(turned)],
    ["its colours turned and not its alpha", saying(clear, rotation(1))],
    ["data first", putTogether({ ...plain, order: "data first" })],
    ["data in the description", putTogether({ ...plain, isInMeta: true })],
    ["data in three pieces", putTogether({ ...plain, extents: 3 })],
    ["ten bits", await encode(sharp(png), { bitdepth: 10 })],
    ["twelve bits", await encode(sharp(png), { bitdepth: 12 })],
    ["gray", await encode(sharp(png).grayscale())],
    ["4:2:0", putTogether(subsampled)],
    ...tails.map(([what, tail]) => [`${what} behind its end`, Buffer.concat([file, tail])] as const),
    ["another AVIF behind its end", Buffer.concat([file, file])],
    [
      "data first, and text behind its end",
      Buffer.concat([putTogether({ ...plain, order: "data first" }), Buffer.from("not a box at all")]),
    ],
  ]),
  // Chromium shows the whole of these: what their makers cut away stays hidden here.
  {
    what: "clap in the middle",
    bytes: saying(plain, clap(20, 10, 100, 80)),
    seen: [cut(20, 10, 100, 80)],
  },
  { what: "clap of odd size", bytes: saying(plain, clap(21, 11, 99, 77)), seen: [cut(21, 11, 99, 77)] },
  {
    what: "clap of fractions",
    bytes: saying(plain, cleanAperture([201, 2], [161, 2], [1, 4], [1, 3])),
    seen: [cut(30, 24, 101, 81)],
  },
  {
    what: "clap half outside",
    bytes: saying(plain, clap(150, 108, 100, 80)),
    seen: [cut(150, 108, 10, 20)],
  },
  {
    what: "clap in the middle, then irot 1",
    bytes: saying(plain, clap(20, 10, 100, 80), rotation(1)),
    seen: [cut(20, 10, 100, 80), { turn: 270 }],
  },
  {
    what: "a grid with a clap across its tiles",
    bytes: saying(grid, clap(33, 21, 90, 70)),
    seen: [cut(33, 21, 90, 70)],
  },
  // No browser shows these.
  { what: "no pitm", bytes: putTogether({ ...plain, primary: null }), seen: null },
  { what: "a pitm of no item", bytes: putTogether({ ...plain, primary: 7 }), seen: null },
  { what: "clap too short", bytes: saying(plain, box("clap", uint32(5))), seen: null },
];
