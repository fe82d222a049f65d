// The page docs/formats.md: what is taken of each format, what is shown of it, and how near our renders come to others'.
import type { SourceFormat } from "../schema/facts.ts";
import { sourceFormats } from "../schema/facts.ts";
import type { MadeRow } from "../test/support/made-files/rows.ts";
import { isShownAsItIs } from "../workers/shared/shown-as.ts";

const intro = `<!-- Written by \`npm run docs:formats\` from files made for it, through both Workers and Chromium. Don't edit. -->
# What becomes of your files

**You can upload** JPEG, PNG, GIF, WebP, AVIF, HEIC, TIFF, BMP, ICO and SVG, told by their bytes and not by their names.

**The plain URL** (\`https://…/abc.jpg\`, without a query) answers the file as you sent it, without its hidden metadata: no place, no camera, no author.
HEIC and TIFF, which browsers don't show, come as JPEG. Files of which browsers would show
nothing, or whose end only a decoder can tell, are made anew in their own format: damaged PNGs, damaged JPEGs with a scan for each colour, progressive
JPEGs without an end. What was cut away from a HEIC or AVIF without touching its pixels stays away.

**Sizes and effects** work for all of these but SVG, which needs none. Animations of GIF and WebP stay animations.

**Broken files** are taken as far as a browser would show something of them; the image object then has a note with the code \`damaged\`. What is
refused is answered with 422 and the reason, and nothing of it is kept. [More on broken JPEGs and PNGs](broken-files.md).

Nothing that is accepted has a URL that answers an error, a size that its bytes don't have, or hidden metadata in its plain answer: most of the files
named here are uploaded to both Workers whenever the tests run, all of them when this page is written, and they are held to that.

**Known to fall short**: of a BMP that is clear all over sizes show the colours, and Chromium shows nothing. Of a BMP whose runs leap out of it, and of
some broken AVIFs, there is the plain URL alone, and Chromium may show nothing of it; nor does it of one whose runs of 4 bits are longer than their line.

## How to read the tables

- **accepted**: \`yes\`; \`damaged\`, as far as it goes and with a note; \`plain only\`, the plain URL serves it and there are no sizes; \`no\`, 422.
- **plain**: what the plain URL answers, \`as it is\`, in the format that it has, or the type that it was made into.
- **rendered**: whether there are sizes and effects.
- **Chromium**, **libvips**: how far our picture lies from theirs of the same file, as the mean colour difference Delta E (CIE 1976) over its pixels: under 1
  nobody sees, above 5 everybody does. Of damaged files only what both show counts. \`shows nothing\`: it can't read the file. \`shows it\`: it can, and there
  is no render of ours. \`another size\`: it shows the file in another size: Chromium all of what an AVIF says is cut away, libvips a WebP turned by its EXIF.
`;

const names: Readonly<Record<SourceFormat, string>> = {
  jpg: "JPEG",
  png: "PNG",
  gif: "GIF",
  webp: "WebP",
  avif: "AVIF",
  heic: "HEIC",
  bmp: "BMP",
  ico: "ICO",
  tiff: "TIFF",
  svg: "SVG",
};

export function formatsPage(rows: readonly MadeRow[]): string {
  return [intro, summary(rows), ...sourceFormats.map((format) => section(format, rows))].join("\n");
}

const own = (format: SourceFormat, rows: readonly MadeRow[]) => rows.filter((row) => row.format === format);
const count = (rows: readonly MadeRow[], accepted: MadeRow["accepted"]) =>
  rows.filter((row) => row.accepted === accepted).length;

function summary(rows: readonly MadeRow[]): string {
  const outcomes = ["yes", "damaged", "plain only", "no"] as const;
  const line = (name: string, some: readonly MadeRow[]) =>
    `| ${[name, some.length, ...outcomes.map((outcome) => count(some, outcome))].join(" | ")} |`;
  return [
    "| format | files | yes | damaged | plain only | no |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
    ...sourceFormats.map((format) => line(names[format], own(format, rows))),
    line("all", rows),
    "",
  ].join("\n");
}

function section(format: SourceFormat, rows: readonly MadeRow[]): string {
  return [
    `## ${names[format]}\n`,
    ...(isShownAsItIs(format) ? [] : ["No browser shows it: its plain URL answers JPEG.\n"]),
    "| feature | accepted | plain | rendered | Chromium | libvips |",
    "| --- | --- | --- | --- | --- | --- |",
    ...own(format, rows).map(line),
    "",
  ].join("\n");
}

function line({ feature, accepted, plain, rendered, chromium, libvips }: MadeRow): string {
  const cells = [feature, accepted, plain ?? "–", rendered ? "yes" : "–", figure(chromium), figure(libvips)];
  return `| ${cells.join(" | ")} |`;
}

const figure = (comparison: MadeRow["chromium"]) =>
  typeof comparison === "number" ? comparison.toFixed(1) : comparison;
