// GIFs: frames larger than their screen, more of them than anybody can watch, and sub-blocks without end.

import { ascii, bytes, join, noise, repeat } from "../../../test/harness/hostile/files/bytes.ts";
import { control, frame, frames, fullFrame, gif } from "../../../test/harness/hostile/files/gif.ts";
import { type Attack, file } from "../attack.ts";

const quick = true;
const views = ["w=320", "", "w=320&format=webp", "anim=false&format=jpg"];

export const gifRows: readonly Attack[] = [
  file(
    "GIF of 64 x 64 with a frame of 12200 x 12200",
    () => gif(64, 64, frame({ width: 12_200, height: 12_200 })),
    {
      quick,
      views,
    },
  ),
  file(
    "GIF of 64 x 64 with 20 full frames of 4000 x 4000",
    () => {
      const big = frame({ width: 4_000, height: 4_000, data: fullFrame(4_000, 4_000) });
      return gif(64, 64, repeat(big, 20));
    },
    { views },
  ),
  file(
    "GIF of 64 x 64 whose second frame is 16000 x 16000",
    () => {
      const first = frame({ width: 64, height: 64 });
      return gif(
        64,
        64,
        first,
        frame({ width: 16_000, height: 16_000, data: fullFrame(16_000, 16_000), isInterlaced: true }),
      );
    },
    { views },
  ),
  file("GIF of 65535 x 65535", () => frames(65_535, 1), { views }),
  file(
    "GIF of 16000 x 16000, full",
    () => gif(16_000, 16_000, frame({ width: 16_000, height: 16_000, data: fullFrame(16_000, 16_000) })),
    { views: ["w=320&format=jpg", "size=l&format=webp"] },
  ),
  file("GIF of 10,000 frames", () => frames(64, 10_000), { views }),
  file("GIF of 200,000 frames", () => frames(1, 200_000), { quick, views }),
  file("GIF of 1 x 1 with 1,000 frames, made 1900 px wide", () => frames(1, 1_000), {
    quick,
    views: ["w=1900&h=1900&fit=contain&format=webp", "w=1900&h=1900&fit=contain"],
  }),
  file("GIF of 1 x 1 with 1,000 frames, made 12000 px wide", () => frames(1, 1_000), {
    views: [
      "w=12000&h=4000&fit=squeeze&format=webp",
      "w=12000&h=4000&fit=squeeze",
      "w=12000&h=12000&fit=pad",
    ],
  }),
  file("GIF of 2000 x 2000 with 300 frames that restore what was before", () => frames(2_000, 300, 3), {
    views,
  }),
  file(
    "GIF of 300 x 300 with 1,000 full frames",
    () => {
      const full = frame({ width: 300, height: 300, data: fullFrame(300, 300) });
      return gif(300, 300, repeat(join(control(2), full), 1_000));
    },
    { quick, views: ["w=290", "w=290&format=webp", "w=290&format=avif"] },
  ),
  file(
    "GIF with 9 million empty sub-blocks' worth of comments",
    () => gif(64, 64, repeat(bytes(0x21, 0xfe, 0), 6_000_000), frame({ width: 64, height: 64 })),
    { views },
  ),
  file(
    "GIF with 9 million sub-blocks of one byte",
    () =>
      gif(
        64,
        64,
        frame({ width: 64, height: 64, data: join(bytes(2), repeat(bytes(1, 0), 9_000_000), bytes(0)) }),
      ),
    { views },
  ),
  file(
    "GIF whose codes never clear the table",
    () => {
      const block = join(bytes(255), noise(255));
      return gif(
        2_000,
        2_000,
        frame({ width: 2_000, height: 2_000, data: join(bytes(8), repeat(block, 40_000), bytes(0)) }),
      );
    },
    { views },
  ),
  file(
    "GIF whose code size is 0",
    () => gif(64, 64, frame({ width: 64, height: 64, data: bytes(0, 1, 0, 0) })),
    { views },
  ),
  file(
    "GIF whose code size is 255",
    () => gif(64, 64, frame({ width: 64, height: 64, data: bytes(255, 1, 0, 0) })),
    { views },
  ),
  file(
    "GIF with 5,000 palettes of its own",
    () => gif(64, 64, repeat(frame({ width: 64, height: 64, localPalette: true }), 5_000)),
    { views },
  ),
  file(
    "GIF whose frames all lie outside",
    () => gif(64, 64, repeat(frame({ left: 60_000, top: 60_000, width: 5_000, height: 5_000 }), 100)),
    { views },
  ),
  file(
    "GIF of no size with a frame of 4000 x 4000",
    () => gif(0, 0, frame({ width: 4_000, height: 4_000 })),
    { views },
  ),
  file(
    "GIF with 15 MB of XMP",
    () =>
      gif(
        64,
        64,
        bytes(0x21, 0xff, 11),
        ascii("XMP DataXMP"),
        repeat(join(bytes(255), new Uint8Array(255)), 58_000),
        bytes(0),
        frame({ width: 64, height: 64 }),
      ),
    { views },
  ),
  file("GIF that ends in its first frame", () => frames(64, 2).subarray(0, 40), { views }),
];
