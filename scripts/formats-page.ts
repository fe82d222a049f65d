// The page docs/formats.md: what is taken of each format, what is shown of it, and how near our renders come to others'.
import type { SourceFormat } from "../schema/facts.ts";
import { sourceFormats } from "../schema/facts.ts";
import type { MadeRow } from "../test/support/made-files/rows.ts";
import { isShownAsItIs } from "../workers/shared/shown-as.ts";

const intro = `# What is read of each format

Written by \`npm run docs:formats\`: every row is a file that a test made and put through both Workers.

- **Accepted**: \`yes\`, \`damaged\` (shown as far as it goes, and its object says so), \`plain only\` (\`transformable: false\`: the plain URL serves it as it was
  uploaded), or \`no\` (422 with the reason, and nothing is kept).
- **Plain**: what the URL without parameters answers.
- **Chromium** and **libvips**: how far our render lies from what they make of the file, as the mean distance of all samples at 32x32 pixels, of 255.
  Up to 5 is the rounding of resizing and colours. \`–\`: one of us shows nothing.

No accepted file has a URL that answers an error, a size that its bytes don't have, or hidden metadata in its plain answer: the trial holds all of
them to that.
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
  return [intro, ...sourceFormats.map((format) => section(format, rows))].join("\n");
}

function section(format: SourceFormat, rows: readonly MadeRow[]): string {
  const own = rows.filter((row) => row.format === format);
  const kept = own.filter(({ accepted }) => accepted !== "no").length;
  return [
    `## ${names[format]}\n`,
    `${own.length} files, ${kept} kept.${isShownAsItIs(format) ? "" : " No browser shows it: its plain URL answers JPEG."}\n`,
    "| feature | accepted | plain | rendered | Chromium | libvips |",
    "| --- | --- | --- | --- | --- | --- |",
    ...own.map(line),
    "",
  ].join("\n");
}

function line({ feature, accepted, plain, rendered, chromium, libvips, isShown }: MadeRow): string {
  const eye = chromium ?? (isShown ? "shows it" : "–");
  return `| ${[feature, accepted, plain ?? "–", rendered ? "yes" : "–", eye, libvips ?? "–"].join(" | ")} |`;
}
