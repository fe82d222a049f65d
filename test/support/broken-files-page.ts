// docs/broken-files.md: what becomes of broken JPEGs and PNGs, as tried.
import type { BrokenRow } from "./broken-rows.ts";

const outcomes = {
  refused: "refused: it has no head",
  garbage: "refused: no row of it can be read",
  damaged: "as far as it goes, with a note",
  whole: "whole",
} as const;

const figure = (value: number | null) => (value === null ? "" : value.toFixed(1));

export function brokenFilesPage(rows: readonly BrokenRow[]): string {
  const lines = rows.map(({ kind, name, outcome, chromium, shown, vips }) =>
    [
      `${kind}: ${name}`,
      outcomes[outcome],
      outcome === "refused" || outcome === "garbage" ? "" : `${Math.round(shown * 100)} %`,
      figure(chromium),
      figure(vips),
    ].join(" | "),
  );
  return `<!-- Written by \`npm run docs:broken-files\` from files made for it, through the decoders and Chromium. Don't edit. -->
# Broken files

Cameras leave out ends, downloads stop in the middle, editors add bytes, cards lose some. What browsers show of such a file is accepted, rendered
as far as it goes, and its plain URL shows as much; the image object says so in a note (\`damaged\`). What has no whole row of a picture is
refused with 422.

- Of a JPEG what is missing is gray, as libjpeg has it. A plain URL ends a JPEG that had no end, behind its picture: what a phone left there
  instead does not go out.
- Of a PNG what is missing is clear, or black where nothing of it is clear; of an interlaced one it is what has come, coarser.
- A checksum that fails counts against a chunk that is no pixels, as in Chromium: a transparency or an orientation that fails is not there.
  Pixels are shown nevertheless.
- Of what is damaged in such a way Chromium shows nothing: PNGs whose pixels fail their checksum, or end before their IEND, and JPEGs with a scan for
  each of their colours that break off. A plain URL answers a damaged PNG, and such a JPEG, made anew of what can be read; so it does where
  something is hidden behind the last row of a PNG's pixels, or may be behind a progressive JPEG without an end.
- An animation whose first frame is not the picture in IDAT is rendered as its first frame, which is what browsers show. One whose frames are not there,
  or whose first is smaller than the picture, stands still.

Differences are means of samples of 0 to 255 where something is shown; "plain" is the part of the picture that Chromium shows of the plain URL.

| file | rendered | plain | from Chromium | from libvips |
| --- | --- | ---: | ---: | ---: |
${lines.map((line) => `| ${line} |`).join("\n")}
`;
}
