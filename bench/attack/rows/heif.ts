// AVIF and HEIC: second sizes, tiles of nothing, and boxes without end.

import { ascii, big16, big32, bytes, join, repeat } from "../../../test/harness/hostile/files/bytes.ts";
import * as heif from "../../../test/harness/hostile/files/heif.ts";
import { gridsOfGrids } from "../../../test/harness/hostile/files/heif-grids.ts";
import { type Attack, file } from "../attack.ts";

const quick = true;
const { box, made } = heif;
const turn = box("irot", bytes(1));
const grid = (rows: number, columns: number, side: number) =>
  join(bytes(0, 1, rows - 1, columns - 1), big32(side), big32(side));

export const heifRows: readonly Attack[] = [
  file(
    "AVIF of 8000 x 8000 that says 64 x 64",
    async () => heif.sayingSize(await heif.plainAvif(8_000), 64, 64),
    { quick },
  ),
  file("AVIF of 64 x 64 that says 17000 x 17000", async () =>
    heif.sayingSize(await heif.plainAvif(64), 17_000, 17_000),
  ),
  file("AVIF of 64 x 64 that says 4294967295 x 4294967295", async () =>
    heif.sayingSize(await heif.plainAvif(64), 0xffffffff, 0xffffffff),
  ),
  file("AVIF of 64 x 64 that says 0 x 0", async () => heif.sayingSize(await heif.plainAvif(64), 0, 0)),
  file("AVIF whose alpha says 16000 x 16000", () => heif.lyingAlpha(16_000), { quick }),
  file("AVIF of one colour, 8000 x 8000", () => heif.plainAvif(8_000)),
  file("AVIF of one colour, 4000 x 4000 in 4:4:4", () =>
    heif.plainAvif(4_000, { chromaSubsampling: "4:4:4" }),
  ),
  file("AVIF of one colour, 3000 x 3000 in 12 bits", () => heif.plainAvif(3_000, { bitdepth: 12 })),
  file("AVIF of 2 million empty boxes", () => heif.opened(repeat(box("free"), 2_000_000)), { quick }),
  file("AVIF with boxes 1,000,000 deep", () => heif.opened(heif.nested(1_000_000))),
  file("AVIF with a box of no length", () => heif.opened(join(big32(0), ascii("free")))),
  file("AVIF with a box of 2 bytes", () => heif.opened(join(big32(2), ascii("free")))),
  file("AVIF with a box of 9 exabytes", () =>
    heif.opened(join(big32(1), ascii("free"), bytes(0x7f), repeat(bytes(0xff), 7))),
  ),
  file("AVIF without a size", () => heif.without("ispe")),
  file("AVIF without a codec's header", () => heif.without("av1C")),
  file("AVIF without a place for its data", () => heif.without("iloc")),
  file("AVIF sequence without a track", async () => {
    const avif = await heif.plainAvif(64);
    return Buffer.from(Buffer.from(avif).toString("latin1").replaceAll("avif", "avis"), "latin1");
  }),
  file("HEIC that says 30000 x 30000", () => heif.sayingSize(heif.plainHeic(), 30_000, 30_000), { quick }),
  file("HEIC that says 16 x 16", () => heif.sayingSize(heif.plainHeic(), 16, 16)),
  file("HEIC of 1280 x 960 that says it is 1 px wide", () => heif.sayingSize(heif.plainHeic(), 1, 30_000)),
  file(
    "HEIC of 10 KB whose grids of grids are a thousand tiles",
    () =>
      gridsOfGrids([
        { side: 2, says: 1_024 },
        { side: 4, says: 512 },
        { side: 4, says: 512 },
      ]),
    { quick },
  ),
  file("HEIC of grids of grids that are a million tiles", () =>
    gridsOfGrids([
      { side: 16, says: 512 },
      { side: 16, says: 512 },
      { side: 4, says: 512 },
    ]),
  ),
  file("HEIC whose 4,000 tiles lie outside it", () => gridsOfGrids([{ side: 63, says: 512 }])),
  file("HEIC whose grid of 256 x 256 has one tile", () =>
    made({
      items: 2,
      refersTo: [2],
      width: 32_000,
      height: 32_000,
      data: grid(256, 256, 32_000),
      extentBytes: 12,
    }),
  ),
  file("HEIC whose grid is made of itself", () =>
    made({ refersTo: [1], data: grid(1, 1, 64), extentBytes: 12 }),
  ),
  file("HEIC whose grid refers to the same tile 65,535 times", () =>
    made({
      items: 2,
      refersTo: Array.from({ length: 65_535 }, () => 2),
      data: grid(256, 256, 16_000),
      extentBytes: 12,
    }),
  ),
  file("HEIC of 65,535 items", () => made({ items: 65_535, itemType: "hvc1" })),
  file(
    "HEIC whose item is the same megabyte 65,535 times",
    () =>
      made({ itemType: "hvc1", extents: 65_535, extentBytes: 1_000_000, data: new Uint8Array(1_000_000) }),
    { quick },
  ),
  file("HEIC turned 250 times", () =>
    made({ itemType: "hvc1", properties: Array.from({ length: 250 }, () => turn) }),
  ),
  file("HEIC with a clean aperture of n / 0", () =>
    made({ itemType: "hvc1", properties: [box("clap", ...[1, 0, 1, 0, 0xffffffff, 0, 1, 0].map(big32))] }),
  ),
  file("AVIF made of 9 MB of the same box", () =>
    made({
      brand: "avif",
      itemType: "av01",
      properties: Array.from({ length: 20_000 }, () => box("pasp", big32(1), big32(1), new Uint8Array(400))),
    }),
  ),
  file("AVIF with 65,535 extents of nothing", () =>
    made({ brand: "avif", itemType: "av01", extents: 65_535, extentBytes: 0 }),
  ),
  file("AVIF with a video of 15 MB behind it", async () =>
    join(await heif.plainAvif(64), box("mpvd", new Uint8Array(15_000_000))),
  ),
  file("HEIC whose reference says 65,535 and ends", () =>
    join(made({ items: 1, refersTo: [2] }).subarray(0, -20), big16(65_535)),
  ),
];
