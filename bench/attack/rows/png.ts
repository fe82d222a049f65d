// PNGs: what is inflated, and what is claimed.

import { ascii, bytes, join, repeat } from "../../../test/harness/hostile/files/bytes.ts";
import * as png from "../../../test/harness/hostile/files/png.ts";
import { type Attack, file } from "../attack.ts";

const quick = true;
const square = (side: number) => ({ width: side, height: side });

export const pngRows: readonly Attack[] = [
  file("PNG of zeros, 17000 x 17000 in 1 MB", () => png.zerosPng(square(17_000)), { quick }),
  file("PNG of zeros, 30000 x 30000", () => png.zerosPng(square(30_000))),
  file("PNG of zeros, 100000 x 3000", () => png.zerosPng({ width: 100_000, height: 3_000 })),
  file("PNG of zeros, 3000 x 100000", () => png.zerosPng({ width: 3_000, height: 100_000 })),
  file("PNG of zeros, 6000 x 6000 in 16 bits with alpha", () =>
    png.zerosPng({ ...square(6_000), depth: 16, colour: 6 }),
  ),
  file(
    "PNG of zeros, 11000 x 11000 in 16 bits with alpha, trimmed and cut by eye",
    () => png.zerosPng({ ...square(11_000), depth: 16, colour: 6 }),
    { views: ["w=100&trim=10&format=jpg", "w=100&h=90&fit=cover&gravity=auto"] },
  ),
  file("PNG of zeros, 17000 x 17000 in 16 bits with alpha", () =>
    png.zerosPng({ ...square(17_000), depth: 16, colour: 6 }),
  ),
  file("interlaced PNG of zeros, 5000 x 5000", () => png.zerosPng({ ...square(5_000), isInterlaced: true }), {
    quick,
  }),
  file("interlaced PNG of zeros, 16000 x 16000 in RGBA", () =>
    png.zerosPng({ ...square(16_000), colour: 6, isInterlaced: true }),
  ),
  file("palette PNG of 1 bit, 60000 x 5000, without a palette", () =>
    png.zerosPng({ width: 60_000, height: 5_000, depth: 1, colour: 3 }),
  ),
  file("PNG with a profile that inflates to 600 MB", () => png.carrying(png.profile(600_000_000)), { quick }),
  file("PNG with a text that inflates to 600 MB", () => png.carrying(png.compressedText(600_000_000))),
  file("PNG with XMP that inflates to 600 MB", () => png.carrying(png.internationalText(600_000_000)), {
    views: ["w=320&format=jpg", "metadata=keep"],
  }),
  file("PNG of 64 x 64 whose data goes on for 2 GB", () => png.longData(2_000_000_000), { quick }),
  file("PNG with each byte in a chunk of its own", () => png.crumbs(300, 0)),
  file("PNG with 1.6 million empty data chunks", () => png.crumbs(20, 3_700)),
  file("PNG with 1.6 million empty text chunks", () =>
    png.carrying(repeat(png.chunk("tEXt", ascii("a\0")), 1_400_000)),
  ),
  file("PNG with a chunk that says 2 GB", () => png.carrying(png.lyingChunk("tEXt", 0x7fffffff))),
  file("PNG with a chunk that says 4 GB", () => png.carrying(png.lyingChunk("iCCP", 0xffffffff))),
  file("PNG of 64 x 64 that says 2147483647 x 1", () => png.saying({ width: 0x7fffffff, height: 1 })),
  file("PNG of 64 x 64 that says 1 x 2147483647", () => png.saying({ width: 1, height: 0x7fffffff })),
  file("PNG of 64 x 64 that says 0 x 0", () => png.saying(square(0))),
  file("PNG of 64 x 64 that says 17000 x 17000", () => png.saying(square(17_000))),
  file("PNG with a second header of 17000 x 17000", () => png.twoHeaders(17_000)),
  file("PNG whose rows have filters that don't exist", png.oddFilters),
  file("PNG that says four billion frames", () => png.carrying(png.animation(0xffffffff))),
  file("animated PNG of 10,000 frames", () => png.framesPng(10_000, 1)),
  file("animated PNG whose frames are larger than itself", () => png.framesPng(5, 4_000)),
  file("PNG with a palette of 10 MB", () => png.carrying(png.chunk("PLTE", new Uint8Array(9_999_999)))),
  file("PNG with 15 MB of EXIF", () =>
    png.carrying(png.chunk("eXIf", join(ascii("MM\0*"), bytes(0, 0, 0, 4), new Uint8Array(15_000_000)))),
  ),
];
