// What the walkers say and leave of the files that docs/formats.md tells of, and what decoders are told of those that we read ourselves.
import { createHash } from "node:crypto";
import type { SourceFormat } from "../../schema/facts.ts";
import { bmpFrontBytes, bmpPicture } from "../../workers/formats/bmp/picture.ts";
import { ByteReader, joined } from "../../workers/formats/bytes/byte-reader.ts";
import { crc32 } from "../../workers/formats/bytes/crc32.ts";
import { Damage } from "../../workers/formats/damage.ts";
import { readBlocks, readScreen } from "../../workers/formats/gif/frames.ts";
import { inOurContainer } from "../../workers/formats/heif/ours.ts";
import { largestIcoEntry } from "../../workers/formats/ico/entry.ts";
import { sharedTables, wholeJpeg } from "../../workers/formats/jpeg/abbreviated.ts";
import { checkedChunks } from "../../workers/formats/png/checked-chunks.ts";
import { readPicture } from "../../workers/formats/tiff/picture.ts";
import { pictureOf } from "../../workers/formats/webp/picture-chunks.ts";
import { createFactsReader } from "../../workers/shared/image-facts.ts";
import { chunksOf } from "./fixtures.ts";
import { loadMadeFiles } from "./made-files/index.ts";
import { readFrom, strip } from "./strip.ts";

/** Longer ones take their time, and hold no structure of their own. */
const MOST_BYTES = 30_000;

const sheet = (style: string) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><style>${style}</style><rect width="9" height="9"/></svg>`,
  );
const rect = (attributes: string) =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><rect ${attributes}/></svg>`);
const asUtf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");

/** What a style may say, and what it may not: each alone, so that no other refusal hides it. */
const drawings: Readonly<Record<string, Buffer>> = {
  "an escape in a sheet": sheet("rect{fill:r\\65 d;stroke:red}"),
  "an escape that spells a link": sheet("rect{fill:\\75rl(//a.example/x);stroke:red}"),
  "an escape in an attribute": rect('fill="r\\65 d" stroke="red"'),
  "a rule behind an import": sheet('@import "x";rect{fill:red}'),
  "two rules and a comment": sheet("/* who */rect{fill:red}circle{fill:blue}"),
  "rules within rules": sheet("@media print{rect{fill:red}@supports (a:b){rect{fill:blue}}}circle{fill:red}"),
  "rules too deep": sheet("@media a{@media b{@media c{@media d{@media e{@media f{rect{fill:red}}}}}}}"),
  "a font": sheet("@font-face{font-family:a;src:url(//a.example/x)}rect{fill:red}"),
  "a string with a brace": sheet('rect{content:"}"}circle{fill:red}'),
  "a string cut in two": sheet("rect{font-family:'a;b';fill:red}"),
  "a sheet that ends early": sheet("rect{fill:red}circle{fill:"),
  "a link within": rect('fill="url(#a)" style="stroke:url(\'#b\');clip-path:url(x#c);marker-end:url( #d )"'),
  "functions known and not": rect('style="fill:rgb(1,2,3);stroke:image(x);width:calc(1px + min(2px,(3px)))"'),
  "variables of its own": rect('style="--ink:red;fill:var(--ink);-a-b:c;---d:e;9:f"'),
  "a declaration and UTF-16": asUtf16(
    '<?xml version="1.0" encoding="utf-16"?><svg xmlns="http://www.w3.org/2000/svg" width="6" height="4"/>',
  ),
  "latin1 as it says": Buffer.from(
    '<?xml version="1.0" encoding="iso-8859-1"?><svg xmlns="http://www.w3.org/2000/svg" width="6" height="4"><text>\xe9</text></svg>',
    "latin1",
  ),
};

const short = (...parts: readonly (string | Uint8Array)[]) =>
  parts
    .reduce((hash, part) => hash.update(part), createHash("sha256"))
    .digest("hex")
    .slice(0, 12);

/** Buffers by what they hold, and failures by their words. */
const inWords = (told: unknown) =>
  JSON.stringify(told, (_name, value) => {
    if (value instanceof Uint8Array) return short(value);
    return value instanceof Damage ? `${value.code}: ${value.message}` : value;
  }) ?? "nothing";

async function orRefused(tell: () => unknown): Promise<string> {
  try {
    return inWords(await tell());
  } catch (error) {
    return `refused: ${error instanceof Error ? error.message : "?"}`;
  }
}

export function factsIn(bytes: Uint8Array): string {
  const reader = createFactsReader();
  for (const chunk of chunksOf(bytes, 20_000)) reader.push(chunk);
  return inWords(reader.end());
}

async function left(format: SourceFormat, bytes: Uint8Array): Promise<string> {
  const told: string[] = [];
  for (const metadata of ["none", "copyright", "keep_with_location"] as const)
    told.push(await orRefused(() => strip(format, bytes, { metadata, readRange: readFrom(bytes) }, 20_000)));
  return short(...told);
}

/** The pieces of a TIFF as the JPEG decoder is handed them. */
async function asJpegs(bytes: Uint8Array) {
  const { compression, places, jpegTables, profile } = await readPicture(readFrom(bytes));
  if (compression !== 7) return null;
  const tables = jpegTables && sharedTables(jpegTables);
  return places.map(({ offset, length }) =>
    wholeJpeg(bytes.slice(offset, offset + Math.min(length, bytes.length)), {
      tables,
      transform: 1,
      profile,
    }),
  );
}

/** A screen, and each frame's place, colours and time. */
function gifBlocks(bytes: Uint8Array) {
  const screen = readScreen(bytes);
  return screen.ok ? [screen.value, ...readBlocks(bytes, screen.value)] : screen;
}

function pngPieces(bytes: Uint8Array) {
  const reader = new ByteReader();
  reader.feed(bytes);
  reader.end();
  return [...checkedChunks(reader, (before, more) => crc32(more, before))];
}

export async function decoderTold(format: SourceFormat, bytes: Uint8Array): Promise<string> {
  if (format === "bmp") return orRefused(() => bmpPicture(Uint8Array.from(bytes.subarray(0, bmpFrontBytes))));
  if (format === "gif") return orRefused(() => gifBlocks(bytes));
  if (format === "png") return orRefused(() => pngPieces(bytes));
  if (format === "ico") return orRefused(() => largestIcoEntry(Uint8Array.from(bytes)));
  if (format === "avif" || format === "heic")
    return orRefused(() => joined(...inOurContainer(bytes, format)));
  if (format === "webp") return orRefused(() => pictureOf(bytes));
  if (format !== "tiff") return "";
  return (await orRefused(() => readPicture(readFrom(bytes)))) + (await orRefused(() => asJpegs(bytes)));
}

async function figure(format: SourceFormat, bytes: Uint8Array): Promise<string> {
  const decoder = await decoderTold(format, bytes);
  const parts = [short(factsIn(bytes)), `left ${await left(format, bytes)}`];
  return [...parts, ...(decoder === "" ? [] : [`for its decoder ${short(decoder)}`])].join(", ");
}

/** The file itself and breaks of files of a few frames only: of films a GIF writer takes seconds. */
const isQuick = ({ format, feature }: { readonly format: string; readonly feature: string }) =>
  !(format === "gif" && /^(moving,|larger than)/.test(feature));

export async function madeFigures(): Promise<Record<string, string>> {
  const figures: Record<string, string> = {};
  for (const file of (await loadMadeFiles()).filter(isQuick)) {
    const bytes = await file.make();
    if (bytes.length <= MOST_BYTES)
      figures[`${file.format}: ${file.feature}`] = await figure(file.format, bytes);
  }
  for (const [name, bytes] of Object.entries(drawings)) figures[`svg: ${name}`] = await figure("svg", bytes);
  return figures;
}
