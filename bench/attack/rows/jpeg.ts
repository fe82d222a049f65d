// JPEGs that lie about their size, are made of nothing, or cost far more than they weigh.

import { bytes, join, repeat } from "../../../test/harness/hostile/files/bytes.ts";
import * as jpeg from "../../../test/harness/hostile/files/jpeg.ts";
import { type Attack, file } from "../attack.ts";

const emptySegment = jpeg.segment(0xfe, bytes());
const emptyApp = jpeg.segment(0xe1, bytes());
const quick = true;

export const jpegRows: readonly Attack[] = [
  file("JPEG of 64 x 64 that says 65500 x 65500", () => jpeg.sized(65_500, 65_500), { quick }),
  file("JPEG of 64 x 64 that says 16000 x 16000", () => jpeg.sized(16_000, 16_000)),
  file("JPEG of 64 x 64 that says 65535 x 1", () => jpeg.sized(65_535, 1)),
  file("JPEG of 64 x 64 that says 1 x 65535", () => jpeg.sized(1, 65_535)),
  file("JPEG of no height at all", () => jpeg.sized(64, 0)),
  file("JPEG whose height of 65000 comes after its scan", () => jpeg.heightBehind(65_000), { quick }),
  file("JPEG of 64 x 64 with a second frame header of 12000 x 12000", () => jpeg.twoFrames(64, 12_000)),
  file("JPEG of 12000 x 12000 with a second frame header of 64 x 64", () => jpeg.twoFrames(12_000, 64)),
  file("JPEG of 4.5 million empty segments", () => jpeg.opened(repeat(emptySegment, 4_500_000)), { quick }),
  file("JPEG of 3 million empty APP1 segments", () => jpeg.opened(repeat(emptyApp, 3_000_000))),
  file("JPEG with 18 MB of fill bytes before its frame", () => jpeg.opened(repeat(bytes(0xff), 18_000_000))),
  file("JPEG with 9 million restart markers in its scan", () =>
    jpeg.inScan(repeat(bytes(0xff, 0xd0), 9_000_000)),
  ),
  file("JPEG with 18 MB of stuffed FF in its scan", () => jpeg.inScan(repeat(bytes(0xff, 0), 9_000_000))),
  file("JPEG with 18 MB of zeros in its scan", () => jpeg.inScan(new Uint8Array(18_000_000))),
  file("JPEG with 18 MB behind its end", async () =>
    join(await jpeg.plainJpeg(), new Uint8Array(18_000_000)),
  ),
  file("JPEG with a restart at each block of 8000 x 8000", () => jpeg.restartEachBlock(8_000)),
  file("progressive JPEG of 3000 x 3000 with 1,000 scans", () => jpeg.manyScans(3_000, 100), { quick }),
  file("progressive JPEG of 8000 x 8000 with 1,000 scans", () => jpeg.manyScans(8_000, 100)),
  file("progressive JPEG of 2000 x 2000 with 30,000 scans", () => jpeg.manyScans(2_000, 3_000)),
  file("progressive JPEG of 4:4:4 that says 12000 x 12000", () =>
    jpeg.sized(12_000, 12_000, { progressive: true, chromaSubsampling: "4:4:4" }),
  ),
  file("progressive JPEG of noise, 12 MP in 4:4:4", () =>
    jpeg.noisyJpeg(4_000, 3_000, { progressive: true, chromaSubsampling: "4:4:4" }),
  ),
  file("JPEG with arithmetic coding", () => jpeg.frameByte(1, 0xc9)),
  file("lossless JPEG", () => jpeg.frameByte(1, 0xc3)),
  file("hierarchical JPEG", () => jpeg.frameByte(1, 0xc5)),
  file("JPEG of 12 bits", () => jpeg.frameByte(4, 12)),
  file("JPEG of 255 components", () => jpeg.frameByte(9, 255)),
  file("JPEG without components", () => jpeg.frameByte(9, 0)),
  file("JPEG that samples its luma 15 x 15", () => jpeg.frameByte(11, 0xff)),
  file("JPEG that samples its luma 0 x 0", () => jpeg.frameByte(11, 0)),
  file("JPEG with 100,000 quantisation tables", () =>
    jpeg.opened(repeat(jpeg.segment(0xdb, join(bytes(0), repeat(bytes(1), 64))), 100_000)),
  ),
  file("JPEG whose EXIF directories go round in a circle", () => jpeg.opened(jpeg.loopingExif(1))),
  file("JPEG whose EXIF says 65535 entries", () => jpeg.opened(jpeg.loopingExif(65_535))),
  file("JPEG with a colour profile of 16 MB", () => jpeg.opened(jpeg.hugeProfile()), { quick }),
  file("JPEG of noise, 12 MP at quality 100", () => jpeg.noisyJpeg(4_000, 3_000), {
    quick,
    views: [
      "q=100&w=4000&format=jpg&blur=1",
      "w=2750&q=100&format=webp",
      "format=webp&lossless=true",
      "format=avif&q=100",
    ],
  }),
  file("JPEG of noise to PNG of 12000 px", () => jpeg.noisyJpeg(1_500, 600), {
    views: ["w=12000&h=4000&fit=squeeze&format=png", "w=12000&h=4000&fit=squeeze&format=jpg&q=100"],
  }),
  file("JPEG of noise, 108 MP", () => jpeg.noisyJpeg(12_000, 9_000, { quality: 20 }), {
    views: ["w=12000&format=png", "w=800"],
  }),
  file("JPEG cut off in its frame header", async () => (await jpeg.plainJpeg()).subarray(0, 160)),
];
