// HEICs with whatever writers in the world put into them, one feature each; of one coded picture and of a grid.
import { fixture } from "../fixtures.ts";
import { type HeifFeature, saying, tails } from "./heif-features.ts";
import { mirror, rotation } from "./heif-file.ts";
import { apertureAt, cleanAperture, type HeifParts, nameOf, putTogether, takeApart } from "./heif-parts.ts";

const whole = takeApart(fixture("photo.heic"));
const isTurn = (property: Uint8Array) => ["irot", "imir"].includes(nameOf(property));
/** As stored: 1200 x 900 in tiles of 512. */
const grid: HeifParts = {
  ...whole,
  items: whole.items
    .filter(({ type }) => type === "grid" || type === "hvc1")
    .map((item) => ({ ...item, properties: item.properties.filter((one) => !isTurn(one)) })),
  references: whole.references.filter(({ type }) => type === "dimg"),
};
const gridSize = { width: 1200, height: 900 } as const;

/** One of its tiles by itself. */
const tile = grid.items.filter(({ type }) => type === "hvc1").at(1);
if (!tile) throw new Error("photo.heic is no grid any more");
const one: HeifParts = { brand: "heic", primary: tile.id, items: [tile], references: [] };
const side = { width: 512, height: 512 } as const;
const clap = (x: number, y: number, width: number, height: number) =>
  apertureAt(side, { x, y, width, height });
const cut = (left: number, top: number, width: number, height: number) => ({
  cut: { left, top, width, height },
});

function renumbered(parts: HeifParts): HeifParts {
  const last = Math.max(...parts.items.map(({ id }) => id)) + 1;
  const other = (id: number) => (id === parts.primary ? id : last - id + 1);
  return {
    ...parts,
    items: parts.items
      .map((item) => ({ ...item, id: other(item.id) }))
      .toSorted((first, second) => first.id - second.id),
    references: parts.references.map(({ type, from, to }) => ({ type, from, to: to.map(other) })),
  };
}

/** The first is the plain picture. */
export const heicFeatures: readonly HeifFeature[] = [
  { what: "one coded picture", bytes: putTogether(one), seen: [] },
  { what: "irot 1", bytes: saying(one, rotation(1)), seen: [{ turn: 270 }] },
  { what: "irot 2", bytes: saying(one, rotation(2)), seen: [{ turn: 180 }] },
  { what: "irot 3", bytes: saying(one, rotation(3)), seen: [{ turn: 90 }] },
  { what: "imir 0", bytes: saying(one, mirror(0)), seen: ["flip"] },
  { what: "imir 1", bytes: saying(one, mirror(1)), seen: ["flop"] },
  { what: "irot 1, then imir 0", bytes: saying(one, rotation(1), mirror(0)), seen: [{ turn: 270 }, "flip"] },
  { what: "imir 0, then irot 1", bytes: saying(one, mirror(0), rotation(1)), seen: ["flip", { turn: 270 }] },
  { what: "clap", bytes: saying(one, clap(40, 60, 300, 200)), seen: [cut(40, 60, 300, 200)] },
  { what: "clap of odd size", bytes: saying(one, clap(41, 61, 301, 199)), seen: [cut(41, 61, 301, 199)] },
  {
    what: "clap of fractions",
    bytes: saying(one, cleanAperture([601, 2], [401, 2], [1, 4], [1, 3])),
    seen: [cut(106, 156, 301, 201)],
  },
  {
    what: "clap, then irot 1",
    bytes: saying(one, clap(40, 60, 300, 200), rotation(1)),
    seen: [cut(40, 60, 300, 200), { turn: 270 }],
  },
  {
    what: "irot 1, then clap",
    bytes: saying(one, rotation(1), clap(40, 60, 300, 200)),
    seen: [{ turn: 270 }, cut(40, 60, 300, 200)],
  },
  {
    what: "clap, irot 3 and imir 1",
    bytes: saying(one, clap(41, 61, 301, 199), rotation(3), mirror(1)),
    seen: [cut(41, 61, 301, 199), { turn: 90 }, "flop"],
  },
  { what: "data first", bytes: putTogether({ ...one, order: "data first" }), seen: [] },
  { what: "data in the description", bytes: putTogether({ ...one, isInMeta: true }), seen: [] },
  { what: "data in three pieces", bytes: putTogether({ ...one, extents: 3 }), seen: [] },
  ...tails.map(([what, tail]) => ({
    what: `${what} behind its end`,
    bytes: Buffer.concat([putTogether(one), tail]),
    seen: [],
  })),
  { what: "no pitm", bytes: putTogether({ ...one, primary: null }), seen: null },
];

/** The first is the plain picture. */
export const heicGridFeatures: readonly HeifFeature[] = [
  { what: "a grid", bytes: putTogether(grid), seen: [] },
  { what: "its tiles numbered backwards", bytes: putTogether(renumbered(grid)), seen: [] },
  {
    what: "clap across its tiles",
    bytes: saying(grid, apertureAt(gridSize, { x: 301, y: 203, width: 555, height: 444 })),
    seen: [cut(301, 203, 555, 444)],
  },
  {
    what: "clap, then irot 3",
    bytes: saying(grid, apertureAt(gridSize, { x: 301, y: 203, width: 555, height: 444 }), rotation(3)),
    seen: [cut(301, 203, 555, 444), { turn: 90 }],
  },
  {
    what: "an MP4 behind its end",
    bytes: Buffer.concat([
      putTogether(grid),
      ...tails.flatMap(([what, tail]) => (what === "an MP4" ? [tail] : [])),
    ]),
    seen: [],
  },
];
