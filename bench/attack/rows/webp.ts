// WebPs: canvases, frames and bitstreams that disagree, and chunks without end.

import { bytes, join, repeat } from "../../../test/harness/hostile/files/bytes.ts";
import * as webp from "../../../test/harness/hostile/files/webp.ts";
import { type Attack, file } from "../attack.ts";

const quick = true;
const { extended, flags, frame, animated, riff } = webp;
const views = ["w=320&format=jpg", "", "w=64", "size=l&format=avif"];

export const webpRows: readonly Attack[] = [
  file(
    "WebP of 2.2 million empty chunks",
    async () =>
      riff(extended(0, 64, 64), await webp.imageChunk(64), repeat(webp.chunk("JUNK", bytes()), 2_200_000)),
    { quick, views },
  ),
  file(
    "WebP of 1 million chunks before its picture",
    async () =>
      riff(extended(0, 64, 64), repeat(webp.chunk("JUNK", bytes(1)), 1_000_000), await webp.imageChunk(64)),
    { views },
  ),
  file("lossy WebP that says 16383 x 16383", () => riff(webp.lossyHeader(16_383, 16_383)), { quick, views }),
  file("lossless WebP that says 16384 x 16384", () => riff(webp.losslessHeader(16_384, 16_384)), {
    views,
  }),
  file(
    "WebP with a canvas of 16777216 x 16777216",
    async () => riff(extended(0, 0x1000000, 0x1000000), await webp.imageChunk(64)),
    { views },
  ),
  file(
    "WebP with a canvas of 64 x 64 over a frame that says 8000 x 8000",
    () => riff(extended(0, 64, 64), webp.lossyHeader(8_000, 8_000)),
    { quick, views },
  ),
  file(
    "WebP with a canvas of 64 x 64 over 8000 x 8000 of one colour",
    async () => riff(extended(0, 64, 64), await webp.imageChunk(8_000, { lossless: true })),
    { views },
  ),
  file(
    "WebP with a canvas of 8000 x 8000 over a frame of 64 x 64",
    async () => riff(extended(0, 8_000, 8_000), await webp.imageChunk(64)),
    { views },
  ),
  file("lossless WebP of one colour, 8000 x 8000", () => webp.plainWebp(8_000, { lossless: true }), {
    views,
  }),
  file("lossless WebP of one colour, 16383 x 16383", () => webp.plainWebp(16_383, { lossless: true }), {
    views,
  }),
  file("lossy WebP of one colour, 12000 x 12000", () => webp.plainWebp(12_000), { views }),
  file(
    "animated WebP of 1,000 frames of 1 x 1, made 1900 px wide",
    async () => animated(1, repeat(frame(1, 1, await webp.imageChunk(1)), 1_000)),
    {
      quick,
      views: [
        "w=1900&h=1900&fit=contain",
        "w=12000&h=4000&fit=squeeze",
        "w=1900&h=1900&fit=contain&format=gif",
      ],
    },
  ),
  file(
    "animated WebP of 500 frames of 2000 x 2000",
    async () =>
      animated(2_000, repeat(frame(2_000, 2_000, await webp.imageChunk(2_000, { lossless: true })), 500)),
    { quick, views },
  ),
  file(
    "animated WebP of 64 x 64 with frames of 8000 x 8000",
    async () =>
      animated(64, repeat(frame(8_000, 8_000, await webp.imageChunk(8_000, { lossless: true })), 4)),
    { views },
  ),
  file(
    "animated WebP whose frames of 64 x 64 hold 8000 x 8000",
    async () => animated(64, repeat(frame(64, 64, await webp.imageChunk(8_000, { lossless: true })), 4)),
    { views },
  ),
  file(
    "animated WebP of 300,000 frames",
    async () => animated(1, repeat(frame(1, 1, await webp.imageChunk(1, { lossless: true })), 300_000)),
    { views },
  ),
  file(
    "animated WebP with animations in its frames",
    async () => {
      let inner = await webp.imageChunk(1);
      for (let depth = 0; depth < 2_000; depth++) inner = frame(1, 1, inner);
      return animated(1, inner);
    },
    { views },
  ),
  file(
    "WebP whose alpha says another size",
    async () =>
      riff(
        extended(flags.alpha, 64, 64),
        webp.chunk("ALPH", join(bytes(1), new Uint8Array(200))),
        await webp.imageChunk(64),
      ),
    { views },
  ),
  file(
    "WebP with 18 MB of raw alpha",
    async () =>
      riff(
        extended(flags.alpha, 64, 64),
        webp.chunk("ALPH", new Uint8Array(18_000_000)),
        await webp.imageChunk(64),
      ),
    { views },
  ),
  file(
    "WebP with a colour profile of 15 MB",
    async () =>
      riff(
        extended(flags.profile, 64, 64),
        webp.chunk("ICCP", new Uint8Array(15_000_000)),
        await webp.imageChunk(64),
      ),
    { quick, views },
  ),
  file(
    "WebP with 100,000 blocks of EXIF",
    async () =>
      riff(
        extended(flags.exif, 64, 64),
        await webp.imageChunk(64),
        repeat(webp.chunk("EXIF", bytes(77, 77, 0, 42)), 100_000),
      ),
    { views: [...views, "metadata=keep"] },
  ),
  file("WebP that says it has no length", async () => webp.sayingLength(await webp.plainWebp(64), 0), {
    views,
  }),
  file("WebP that says it has 4 GB", async () => webp.sayingLength(await webp.plainWebp(64), 0xffffffff), {
    views,
  }),
];
