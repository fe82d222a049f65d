// The jobs whose memory is held against its plan: every format in and out, small and large, easy and hard to pack.

import { type Content, type Made, sourceOf } from "./sources.ts";

export interface Row {
  readonly source: Made;
  readonly query: string;
}

const contents: readonly Content[] = ["photo", "noise"];

/** What comes out, of a large JPEG. */
const outputs = [
  "jpg&q=80",
  "jpg&q=100",
  "png",
  "webp&q=80",
  "webp&q=100",
  "webp&lossless=true",
  "avif&q=80",
  "avif&q=100",
  "gif",
];

/** What goes in, and comes out small. */
const inputs = [
  "jpg",
  "progressive",
  "png",
  "interlaced",
  "webp",
  "lossless",
  "avif",
  "gif",
  "tiff",
  "bmp",
] as const;

const takesAlpha = ["png", "interlaced", "webp", "lossless", "avif", "tiff"] as const;

/** The largest that may be asked for. */
const enlarged = [
  "w=12000&fit=contain&format=png",
  "w=12000&fit=contain&format=jpg&q=100",
  "w=2750&format=webp&q=100",
];

export function gridOf(size: "small" | "full"): Row[] {
  const widths = size === "small" ? [200, 400] : [320, 1000, 2000, 4000];
  const large = size === "small" ? { width: 640, height: 480 } : { width: 4000, height: 3000 };
  const inputSizes =
    size === "small"
      ? [{ width: 400, height: 300 }]
      : [
          { width: 640, height: 480 },
          { width: 1600, height: 1200 },
          { width: 2800, height: 2100 },
        ];
  const out = contents.flatMap((content) =>
    outputs.flatMap((format) =>
      widths.map((width) => ({
        source: sourceOf("jpg", content, large),
        query: `w=${width}&format=${format}`,
      })),
    ),
  );
  const clear = contents.flatMap((content) =>
    ["png", "webp&q=80"].flatMap((format) =>
      widths.slice(0, -1).map((width) => ({
        source: sourceOf("png", content, { ...large, height: large.height / 2, hasAlpha: true }),
        query: `w=${width}&format=${format}`,
      })),
    ),
  );
  const read = contents.flatMap((content) =>
    inputs.flatMap((kind) =>
      inputSizes.flatMap((picture) =>
        [false, true]
          .filter((hasAlpha) => !hasAlpha || takesAlpha.some((other) => other === kind))
          .map((hasAlpha) => ({
            source: sourceOf(kind, content, { ...picture, hasAlpha }),
            query: "w=300&format=jpg",
          })),
      ),
    ),
  );
  const huge = size === "small" ? [] : enlarged;
  const most = contents.flatMap((content) =>
    huge.map((query) => ({ source: sourceOf("jpg", content, large), query })),
  );
  return [...most, ...read, ...out, ...clear];
}
